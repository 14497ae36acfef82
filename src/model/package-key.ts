import type { Ecosystem } from "./ecosystem.ts";

/** The name under which an ecosystem knows a package, however it is written. */
export function packageKey(ecosystem: Ecosystem, name: string): string {
  switch (ecosystem) {
    case "PyPI":
      return name.toLowerCase().replace(/[-_.]+/g, "-");
    case "NuGet":
    case "Packagist":
    case "GitHub Actions":
    case "Azure Pipelines":
    case "Hex":
    case "Pub":
      return name.toLowerCase();
    default:
      return name;
  }
}
