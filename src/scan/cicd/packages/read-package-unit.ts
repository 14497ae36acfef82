/** Reads the files of a unit. A lock file far away only tells that there is one; it is looked at with its own folder. */
import { fileNameOf, folderOf } from "../../packages/paths.ts";
import type { LockFile, PackageUnit, Project, Source } from "./package-unit.ts";
import { readLock } from "./read-locks.ts";
import { type ProjectRead, readProject } from "./read-project.ts";
import { isSettings, readSources } from "./read-sources.ts";

const lockName = /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/;

/** `paths` are all that is there, `texts` what of it can be read. */
export function readPackageUnit(
  root: string,
  paths: readonly string[],
  texts: ReadonlyMap<string, string>,
): PackageUnit {
  const lockPaths = paths.filter((path) => lockName.test(fileNameOf(path)));
  const read = [...texts].flatMap(([path, text]): readonly ProjectRead[] =>
    fileNameOf(path) === "package.json" ? [readProject({ path, text })] : [],
  );
  const folders = new Set([folderOf(root), ...read.map(({ project }) => folderOf(project.path))]);
  const lockFolders = new Set(lockPaths.map(folderOf));
  const isShared = [...lockFolders].some((folder) => folder === folderOf(root) || !folders.has(folder));
  const locks: LockFile[] = [];
  const sources: Source[] = read.flatMap((one) => one.sources);
  for (const [path, text] of texts) {
    if (isSettings(path)) sources.push(...readSources({ path, text }));
    if (!lockName.test(fileNameOf(path)) || !folders.has(folderOf(path))) continue;
    const lock = readLock({ path, text });
    locks.push({ path, weak: lock.weak });
    sources.push(...lock.sources);
  }
  const projects = read.map(
    ({ project }): Project => ({ ...project, isLocked: isShared || lockFolders.has(folderOf(project.path)) }),
  );
  return { root, projects, locks, sources };
}
