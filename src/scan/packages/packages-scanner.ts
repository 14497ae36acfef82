/**
 * What a repository depends on. Each lock file or project is a unit with the files that complete it; what they say is
 * kept, and judged elsewhere: knowledge of the world changes without the files.
 */
import type { SourceFile } from "#model/source-file.ts";
import { emptyResult } from "../file-scanner.ts";
import type { SurveyedFile, TreeResult, TreeScanner, TreeUnit } from "../tree-scanner.ts";
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

function unitsOf(files: readonly SurveyedFile[]): readonly TreeUnit[] {
  const surveyed = new Map(files.flatMap((file) => (Object.keys(file.survey).length > 0 ? [[file.path, file]] : [])));
  const paths = pathsOf([...surveyed.keys()]);
  const completing = (path: string): readonly string[] => {
    const pulledIn = Object.values(surveyed.get(path)?.survey ?? {}).flat();
    return [...(readerOf(path)?.claims?.(path, paths) ?? []), ...pulledIn].filter((one) => surveyed.has(one));
  };
  const units = new Map<string, ReadonlySet<string>>();
  const claimants = new Map<string, string[]>();
  for (const path of surveyed.keys()) {
    if (readerOf(path)?.alone === "never") continue;
    const own = closure(path, completing);
    units.set(path, own);
    for (const other of own) {
      if (other === path) continue;
      const known = claimants.get(other);
      if (known) known.push(path);
      else claimants.set(other, [path]);
    }
  }
  return [...units].flatMap(([root, own]) => {
    const reader = readerOf(root);
    // Of files that name each other the first is read for all of them.
    const isClaimed = (claimants.get(root) ?? []).some((other) => !own.has(other) || other < root);
    const isUnit = reader && (reader.alone === "always" || !isClaimed);
    return isUnit ? [{ language: reader.format, root, paths: [...own] }] : [];
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
  return { ...emptyResult, evaluations: [], manifests, problems };
}
