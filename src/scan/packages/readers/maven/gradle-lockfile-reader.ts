/** `gradle.lockfile`, `buildscript-gradle.lockfile` and the older files below `gradle/dependency-locks`. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { problemAt, readAsText } from "../../reading/manifest-text.ts";
import { linesOf, placeOfLine } from "../../reading/text-lines.ts";
import { isDevelopmentConfiguration } from "./gradle-configuration.ts";
import { claimedByBuild, directNames } from "./gradle-project.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "gradle.lockfile",
    ecosystem: "Maven",
    matches: (path) =>
      path.endsWith(".lockfile") &&
      /(?:^|\/)(?:(?:[^/]*-)?gradle\.lockfile|gradle\/dependency-locks\/[^/]+\.lockfile)$/.test(path),
    alone: "always",
    claims: claimedByBuild,
    read: (file, files) => readAsText(file, (text) => read(text, files)),
  },
];

function read(file: TextFile, files: UnitFiles): PackagesRead {
  const name = fileNameOf(file.path);
  const isBuild = name.startsWith("buildscript-");
  // The older files are named for the one configuration that they lock.
  const only = /gradle\/dependency-locks\//.test(file.path) ? [name.replace(/\.lockfile$/, "")] : [];
  const direct = isBuild ? undefined : directNames(file.path, files);
  const packages: PackageUse[] = [];
  let wrong: ReturnType<typeof placeOfLine> | undefined;
  for (const line of linesOf(file.text)) {
    const match = /^\s*([^\s:=#]+:[^\s:=]+):([^\s:=]+)(?:=(.*))?$/.exec(line.text);
    const [, packageName, version, written = ""] = match ?? [];
    if (packageName === undefined || version === undefined) {
      const isOther = /^\s*(?:#.*|empty=.*)?$/.test(line.text);
      if (!isOther) wrong ??= placeOfLine(file, line);
      continue;
    }
    const groups =
      only.length > 0
        ? only
        : written
            .split(",")
            .map((group) => group.trim())
            .filter((group) => group !== "");
    const at = placeOfLine(file, line);
    const versionStart =
      line.start + line.text.indexOf(`:${version}`, line.text.indexOf(packageName) + packageName.length) + 1;
    packages.push({
      ecosystem: "Maven",
      name: packageName,
      version,
      at: spanOf(at),
      versionAt: spanOf({ file, start: versionStart, end: versionStart + version.length }),
      relation: direct ? (direct.has(packageName) ? "direct" : "transitive") : "unknown",
      isDevelopment: isBuild || (groups.length > 0 && groups.every(isDevelopmentConfiguration)),
      ...(groups.length > 0 ? { groups } : {}),
    });
  }
  const message =
    "A line such as group:artifact:1.0=compileClasspath was expected. Lines that are none are left out, the others are read.";
  return {
    manifests: [{ path: file.path, format: "gradle.lockfile", ecosystem: "Maven", isLocked: true, packages }],
    problems: wrong ? [problemAt(wrong, "syntax", message)] : [],
  };
}
