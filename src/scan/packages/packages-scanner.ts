/**
 * What a repository depends on. Each lock file or project is a unit with the files that complete it; what they say is
 * kept, and judged elsewhere: knowledge of the world changes without the files.
 */
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import { emptyResult } from "../file-scanner.ts";
import type { SurveyedFile, TreeResult, TreeScanner, TreeUnit } from "../tree-scanner.ts";
import { claimedFiles } from "./claimed-files.ts";
import { namedPackages } from "./named-packages.ts";
import type { PackageReader } from "./package-reader.ts";
import { packageReaders, packageReadersVersion } from "./readers.generated.ts";
import { pathsOf } from "./repository-paths.ts";

export const packagesScanner: TreeScanner = {
  name: "packages",
  version: packageReadersVersion,
  selects: (path) => readerOf(path) !== undefined,
  survey: (file) => {
    const reader = readerOf(file.path);
    return reader ? { [reader.format]: reader.pullsIn?.(file) ?? [] } : {};
  },
  units: unitsOf,
  scan: scanUnit,
};

function readerOf(path: string): PackageReader | undefined {
  return packageReaders.find((reader) => reader.matches(path));
}

/** More files in one unit are an attack, or a mistake of ours: nobody's project is completed by so many. */
const largestUnit = 5000;

/** The same of all units together; those beyond it are read without what would complete them. */
const mostCompleting = 2_000_000;

function unitsOf(files: readonly SurveyedFile[]): readonly TreeUnit[] {
  const surveyed = new Map(files.flatMap((file) => (Object.keys(file.survey).length > 0 ? [[file.path, file]] : [])));
  const paths = pathsOf([...surveyed.keys()]);
  const known = new Map<string, readonly string[]>();
  const completing = (path: string): readonly string[] => {
    const before = known.get(path);
    if (before) return before;
    const pulledIn = Object.values(surveyed.get(path)?.survey ?? {}).flat();
    const found = [...(readerOf(path)?.claims?.(path, paths) ?? []), ...pulledIn].filter((one) => surveyed.has(one));
    known.set(path, found);
    return found;
  };
  const roots = [...surveyed.keys()].filter((path) => readerOf(path)?.alone !== "never");
  const claimed = claimedFiles(roots, completing);
  let left = mostCompleting;
  return roots.flatMap((root) => {
    const reader = readerOf(root);
    if (!reader || (reader.alone !== "always" && claimed.has(root))) return [];
    const own = left > 0 ? [...closure(root, completing)] : [root];
    left -= own.length;
    return [{ language: reader.format, root, paths: own }];
  });
}

function closure(root: string, completing: (path: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set([root]);
  for (const path of found) {
    for (const other of completing(path)) if (found.size < largestUnit) found.add(other);
  }
  return found;
}

function scanUnit({ root }: TreeUnit, files: readonly SourceFile[]): TreeResult {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const file = byPath.get(root);
  const reader = file && readerOf(root);
  if (!reader) return { ...emptyResult, evaluations: [] };
  const { manifests, problems } = reader.read(file, {
    get: (path) => byPath.get(path),
    paths: files.map(({ path }) => path),
  });
  const named = manifests.map(namedPackages);
  const all = [...problems, ...named.flatMap((one) => one.problems)];
  return { ...emptyResult, evaluations: [], manifests: named.map((one) => one.manifest), problems: bounded(all, root) };
}

/** Nobody reads more of one unit; a file that is none of its kind may have one on each line. */
const mostProblems = 100;

function bounded(problems: readonly Problem[], path: string): readonly Problem[] {
  if (problems.length <= mostProblems) return problems;
  const left = problems.length - mostProblems;
  const message = `${left} more places could not be read. Only the first ${mostProblems} are listed.`;
  return [...problems.slice(0, mostProblems), { scanner: "packages", code: "unreadable", message, path }];
}
