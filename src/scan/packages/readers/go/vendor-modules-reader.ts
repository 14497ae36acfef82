/** `vendor/modules.txt` without a `go.mod` above it. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf } from "../../../formats/text-file.ts";
import type { PackageReader } from "../../package-reader.ts";
import { readAsText } from "../../reading/manifest-text.ts";
import { type VendoredModule, vendoredModules } from "./vendored-modules.ts";

const format = "vendor/modules.txt";

const vendorReader: PackageReader = {
  format,
  ecosystem: "Go",
  matches: (path) => /(?:^|\/)vendor\/modules\.txt$/.test(path),
  alone: "unless-claimed",
  read: (file) =>
    readAsText(file, (text) => {
      const packages = vendoredModules(text).map(vendoredUse);
      return { manifests: [{ path: file.path, format, ecosystem: "Go", isLocked: true, packages }], problems: [] };
    }),
};

export function vendoredUse({ name, version, path, isExplicit, at }: VendoredModule): PackageUse {
  return {
    ecosystem: "Go",
    name,
    ...(version !== undefined && { version }),
    at: spanOf(at),
    relation: isExplicit ? "direct" : "transitive",
    isDevelopment: false,
    ...(path !== undefined && { source: { is: "path", path } }),
  };
}

export const readers: readonly PackageReader[] = [vendorReader];
