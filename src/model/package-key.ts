import type { Ecosystem } from "./ecosystem.ts";

/** The name under which an ecosystem knows a package, however it is written. */
export function packageKey(ecosystem: Ecosystem, name: string): string {
  if (ecosystem === "PyPI") return name.toLowerCase().replace(/[-_.]+/g, "-");
  return foldsCase.has(ecosystem) ? name.toLowerCase() : name;
}

const foldsCase: ReadonlySet<Ecosystem> = new Set([
  "NuGet",
  "Packagist",
  "GitHub Actions",
  "Azure Pipelines",
  "Hex",
  "Pub",
]);
