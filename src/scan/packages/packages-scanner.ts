/**
 * What a repository depends on. Each lock file or project is a unit with the files that complete it; what they say is
 * kept, and judged elsewhere: knowledge of the world changes without the files.
 */
import type { Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import { emptyResult } from "../file-scanner.ts";
import { withoutAccess } from "../formats/without-access.ts";
import type { SurveyedFile, TreeResult, TreeScanner, TreeUnit } from "../tree-scanner.ts";
import { type Completing, claimedFiles } from "./claimed-files.ts";
import { manifestWithoutAccess } from "./manifest-without-access.ts";
import { namedPackages } from "./named-packages.ts";
import type { PackageReader } from "./package-reader.ts";
import { packageReaders, packageReadersVersion } from "./readers.generated.ts";
import { problemAt, textFileOf } from "./reading/manifest-text.ts";
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
  const surveyed = [...new Map(files.flatMap((file) => (isSurveyed(file) ? [[file.path, file]] : []))).values()];
  const paths = surveyed.map(({ path }) => path);
  const positions = new Map(paths.map((path, position) => [path, position]));
  const readers = paths.map(readerOf);
  const asked = pathsOf(paths);
  const known: (readonly number[])[] = [];
  const completing = (file: number): readonly number[] => {
    const path = paths[file] ?? "";
    known[file] ??= [
      ...(readers[file]?.claims?.(path, asked) ?? []),
      ...Object.values(surveyed[file]?.survey ?? {}).flat(),
    ].flatMap((one) => positions.get(one) ?? []);
    return known[file];
  };
  const roots = [...paths.keys()].filter((file) => readers[file]?.alone !== "never");
  const claimed = claimedFiles(paths, roots, completing);
  const closureOf = closures(paths.length, completing);
  let left = mostCompleting;
  return roots.flatMap((file) => {
    const [reader, root] = [readers[file], paths[file]];
    if (!reader || root === undefined || (reader.alone !== "always" && claimed[file] === 1)) return [];
    const own = left > 0 ? closureOf(file).map((one) => paths[one] ?? "") : [root];
    left -= own.length;
    return [{ language: reader.format, root, paths: own }];
  });
}

function isSurveyed({ survey }: SurveyedFile): boolean {
  return Object.keys(survey).length > 0;
}

/** A file and all that completes it, directly or not. */
function closures(count: number, completing: Completing): (root: number) => readonly number[] {
  const foundFor = new Int32Array(count).fill(-1);
  return (root) => {
    const found = [root];
    foundFor[root] = root;
    for (const file of found) {
      for (const other of completing(file)) {
        if (foundFor[other] === root || found.length >= largestUnit) continue;
        foundFor[other] = root;
        found.push(other);
      }
    }
    return found;
  };
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
  const all = bounded([...conflictsIn(file, problems), ...problems, ...named.flatMap((one) => one.problems)], root);
  return {
    ...emptyResult,
    evaluations: [],
    manifests: named.map((one) => manifestWithoutAccess(one.manifest)),
    problems: all.map((problem) => ({ ...problem, message: withoutAccess(problem.message) })),
  };
}

/** Of a format whose reader does not step over its marks: what stands between them may be lost. */
function conflictsIn(file: SourceFile, told: readonly Problem[]): readonly Problem[] {
  const { buffer, byteOffset, length } = file.bytes();
  const isMarked = Buffer.from(buffer, byteOffset, length).includes("<<<<<<< ");
  if (!isMarked || told.some(({ code }) => code === "merge-conflict")) return [];
  const text = textFileOf(file)?.text ?? "";
  const start = lineThatBegins(text, "<<<<<<<", 0);
  if (start < 0 || lineThatBegins(text, ">>>>>>>", start) < 0) return [];
  const place = { file: { path: file.path, text }, start, end: start + 7 };
  const message =
    "Here an unresolved merge conflict begins. Packages in it may not have been read; resolve it and commit the file again.";
  return [problemAt(place, "merge-conflict", message)];
}

function lineThatBegins(text: string, mark: string, from: number): number {
  if (from === 0 && text.startsWith(`${mark} `)) return 0;
  const at = text.indexOf(`\n${mark} `, from);
  return at < 0 ? -1 : at + 1;
}

/** Nobody reads more of one unit; a file that is none of its kind may have one on each line. */
const mostProblems = 100;

function bounded(problems: readonly Problem[], path: string): readonly Problem[] {
  if (problems.length <= mostProblems) return problems;
  const left = problems.length - mostProblems;
  const message = `${left} more places could not be read. Only the first ${mostProblems} are listed.`;
  return [...problems.slice(0, mostProblems), { scanner: "packages", code: "unreadable", message, path }];
}
