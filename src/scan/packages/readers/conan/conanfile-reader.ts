/** `conanfile.txt` and `conanfile.py`: what is asked for, where `conan.lock` is not beside it. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { fileNameOf, folderOf, joinPath } from "../../paths.ts";
import { notLocked, readByHand } from "../../reading/manifest-text.ts";
import { packageUse } from "../../reading/package-use.ts";
import { conanReference, versionPlace } from "./conan-reference.ts";
import { conanEntries } from "./conan-sections.ts";
import { conanfilePackages } from "./conanfile-py.ts";

const format = "conanfile.txt";

export const readers: readonly PackageReader[] = [
  conanfileReader(format, (file) => readConanfile(file)),
  conanfileReader("conanfile.py", (file) => readOf(file, "conanfile.py", conanfilePackages(file))),
];

function conanfileReader(name: string, read: (file: TextFile) => PackagesRead): PackageReader {
  return {
    format: name,
    ecosystem: "ConanCenter",
    matches: (path) => fileNameOf(path) === name,
    alone: "always",
    claims: (path, paths) => [lockBeside(path)].filter((one) => paths.has(one)),
    read: (file, files) =>
      files.get(lockBeside(file.path)) ? { manifests: [], problems: [] } : readByHand(file, read),
  };
}

function lockBeside(path: string): string {
  return joinPath(folderOf(path), "conan.lock") ?? "conan.lock";
}

const sections = new Set(["requires", "build_requires", "tool_requires", "test_requires"]);

function readConanfile(file: TextFile): PackagesRead {
  const packages = conanEntries(file).flatMap(({ section, text, at }) => {
    const reference = sections.has(section) ? conanReference(text) : undefined;
    if (!reference) return [];
    const versionAt = versionPlace(file, at.start, text, reference);
    return [
      packageUse({
        ecosystem: "ConanCenter",
        name: reference.name,
        version: reference.version,
        requirement: reference.requirement,
        at: spanOf(at),
        versionAt: versionAt && spanOf(versionAt),
        relation: "direct",
        isDevelopment: section !== "requires",
        groups: section === "requires" ? [] : [section],
        integrity: reference.revision,
      }),
    ];
  });
  return readOf(file, format, packages);
}

function readOf(file: TextFile, name: string, packages: readonly PackageUse[]): PackagesRead {
  if (packages.length === 0) return { manifests: [], problems: [] };
  const manifest = { path: file.path, format: name, ecosystem: "ConanCenter", isLocked: false, packages } as const;
  return { manifests: [manifest], problems: [notLocked(file, "conan.lock")] };
}
