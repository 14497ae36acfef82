/** A `Package.swift` without `Package.resolved`: what is asked for. */
import { spanOf } from "../../../formats/text-file.ts";
import type { PackageReader } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { notLocked, readByHand } from "../../reading/manifest-text.ts";
import { packageUse } from "../../reading/package-use.ts";
import { swiftRequests } from "./swift-requests.ts";

const format = "Package.swift";

const packageSwiftReader: PackageReader = {
  format,
  ecosystem: "SwiftURL",
  matches: (path) => fileNameOf(path) === format,
  alone: "unless-claimed",
  read: (file) =>
    readByHand(file, (text) => {
      const packages = swiftRequests(text).map(({ name, requirement, version, versionAt, isExact, path, at }) =>
        packageUse({
          ecosystem: "SwiftURL",
          name,
          version: isExact ? version : undefined,
          requirement,
          at: spanOf(at),
          versionAt: versionAt && spanOf(versionAt),
          relation: "direct",
          source: path === undefined ? undefined : { is: "path", path },
        }),
      );
      if (packages.length === 0) return { manifests: [], problems: [] };
      const manifest = { path: file.path, format, ecosystem: "SwiftURL", isLocked: false, packages } as const;
      return { manifests: [manifest], problems: [notLocked(text, "Package.resolved")] };
    }),
};

export const readers: readonly PackageReader[] = [packageSwiftReader];
