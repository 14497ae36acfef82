/** `bun.lockb`, which Bun wrote before version 1.2: an undocumented binary format that every version may change. It is told, not read. */
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import { isInstalled } from "./installed-path.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "bun.lockb",
    ecosystem: "npm",
    matches: (path) => fileNameOf(path) === "bun.lockb" && !isInstalled(path),
    alone: "always",
    claims: (path, paths) => [textLockBeside(path)].filter((one) => paths.has(one)),
    read,
  },
];

function textLockBeside(path: string): string {
  const folder = folderOf(path);
  return folder === "" ? "bun.lock" : `${folder}/bun.lock`;
}

/** Beside a `bun.lock` nothing is missing: Bun reads that one. */
function read({ path }: SourceFile, files: UnitFiles): PackagesRead {
  if (files.get(textLockBeside(path))) return { manifests: [], problems: [] };
  const message =
    "The binary lock file of Bun before version 1.2 is not read, so only what package.json asks for is known. Run 'bun install --save-text-lockfile --frozen-lockfile --lockfile-only' and commit bun.lock in its place.";
  const problem: Problem = { scanner: "packages", code: "unsupported", message, path, isNotice: true };
  return { manifests: [], problems: [problem] };
}
