/** Finds the units of a source and scans them; of a range only those that it touches, for what they had not before. */
import type { BlobToScan, ScanPool, UnitToScan } from "#flows/scan-files/scan-pool.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { joinUnitResults, type UnitResult } from "#scan/join-unit-results.ts";
import { feedSettings } from "#scan/packages/feed-settings.ts";
import {
  compareUnits,
  type PlannedUnit,
  planUnits,
  type SurveyedTreeFile,
  type UnitsOfTree,
} from "#scan/plan-units.ts";
import { tooLargeForTree } from "#scan/too-large-for-tree.ts";
import type { TreeFile } from "#scan/tree-keys.ts";
import { largestTreeFile, type TreeScanner, type TreeUnit } from "#scan/tree-scanner.ts";
import { openProgress } from "./progress.ts";
import type { RunOptions } from "./run-scanners.ts";
import type { ScanSource } from "./sources/scan-source.ts";
import type { SurveyedFiles } from "./sources/surveyed-files.ts";

type Joined = ReturnType<typeof joinUnitResults>;

export async function runTreeScanners(
  pool: ScanPool,
  source: ScanSource,
  surveyed: SurveyedFiles,
  options: RunOptions,
): Promise<Joined & { readonly manifestsBefore: readonly Manifest[] }> {
  const { scanners } = options;
  const { trees } = source;
  if (trees) await surveyTrees(pool, source, surveyed, [...(trees.before ?? []), ...trees.after], scanners);
  const loaded = await pool.treeScanners({ scanners, paths: pathsIn(source, surveyed) });
  const plans = loaded.map((scanner) => planTrees(scanner, source, surveyed));
  const wanted = plans.flatMap(({ wanted: units }) => units);
  const former = plans.flatMap(({ former: units }) => units);
  const besideResults = await scanAll(
    pool,
    source,
    surveyed,
    plans.flatMap(({ beside }) => beside),
    { quiet: true },
  );
  const known = joinUnitResults([
    ...(await scanAll(pool, source, surveyed, former, { quiet: true })),
    ...besideResults,
  ]);
  const joined = joinUnitResults(await scanAll(pool, source, surveyed, wanted, options));
  const before = new Set(known.findings.map(({ fingerprint }) => fingerprint));
  return {
    ...joined,
    findings: joined.findings.filter(({ fingerprint }) => !before.has(fingerprint)),
    problems: [...surveyed.problems, ...plans.flatMap(({ problems }) => problems), ...joined.problems],
    manifests: [...joined.manifests, ...feedSettings(joinUnitResults(besideResults).manifests)],
    manifestsBefore: known.manifests,
  };
}

function pathsIn({ trees }: ScanSource, surveyed: SurveyedFiles): readonly string[] {
  return trees ? trees.after.map(({ path }) => path) : surveyed.paths();
}

interface Plan {
  readonly wanted: readonly PlannedUnit[];
  readonly former: readonly PlannedUnit[];
  /** What is as it was, and shares files with what is not. */
  readonly beside: readonly PlannedUnit[];
  readonly problems: readonly Problem[];
}

function planTrees(scanner: TreeScanner, { trees }: ScanSource, surveyed: SurveyedFiles): Plan {
  const files = surveyed.of(scanner.name);
  if (!trees) return planOf(planUnits(scanner, files));
  const byName = new Map(files.map((file) => [nameOf(file), file]));
  const planned = (tree: readonly TreeFile[]) =>
    planUnits(
      scanner,
      tree.flatMap((file): readonly SurveyedTreeFile[] => {
        const found = byName.get(nameOf(file));
        return found ? [found] : [];
      }),
    );
  const after = planned(trees.after);
  if (!trees.before) return planOf(after);
  const { touched, former, beside } = compareUnits(planned(trees.before).units, after.units);
  return { wanted: touched, former, beside, problems: after.problems };
}

function planOf({ units, problems }: UnitsOfTree): Plan {
  return { wanted: units, former: [], beside: [], problems };
}

async function surveyTrees(
  pool: ScanPool,
  source: ScanSource,
  surveyed: SurveyedFiles,
  files: readonly TreeFile[],
  scanners: RunOptions["scanners"],
): Promise<void> {
  if (files.length === 0) return;
  const loaded = await pool.treeScanners({ scanners, paths: files.map(({ path }) => path) });
  const distinct = [...new Map(files.map((file) => [nameOf(file), file])).values()];
  const options = { scanners: loaded.map(({ name }) => name), surveys: true };
  for await (const blob of pool.scan(surveyed.keeping(source.read(distinct)), options)) surveyed.add(blob);
}

async function scanAll(
  pool: ScanPool,
  source: ScanSource,
  surveyed: SurveyedFiles,
  planned: readonly PlannedUnit[],
  { includePassed = false, quiet = false }: RunOptions,
): Promise<readonly UnitResult[]> {
  const unread: UnitResult[] = [];
  const results = new Map<TreeUnit, UnitResult>();
  const progress = await openProgress(planned.length, quiet, "units");
  try {
    for await (const { unit, result } of pool.scanUnits(readUnits(source, surveyed, planned, unread), {
      includePassed,
    })) {
      progress.step();
      results.set(unit, result);
    }
  } finally {
    progress.end();
  }
  // In the order of the plan and not in that of the threads: of what several units say, the first one's words are kept.
  return [...planned.flatMap(({ unit }) => results.get(unit) ?? []), ...unread];
}

async function* readUnits(
  source: ScanSource,
  surveyed: SurveyedFiles,
  planned: readonly PlannedUnit[],
  unread: UnitResult[],
): AsyncGenerator<UnitToScan> {
  for (const { scanner, unit, files: all } of planned) {
    const found = new Map<string, BlobToScan>();
    const absent = all.filter((file) => {
      const blob = surveyed.bytesOf(file);
      if (blob) found.set(file.path, blob);
      return blob === undefined;
    });
    if (absent.length > 0) for await (const blob of source.read(absent)) found.set(blob.path, blob);
    const read = all.flatMap(({ path }) => found.get(path) ?? []);
    const largest = scanner.largestFile?.(unit) ?? largestTreeFile;
    const files = read.filter(({ bytes }) => bytes.byteLength <= largest);
    const problems = read
      .filter(({ bytes }) => bytes.byteLength > largest)
      .map(({ path, bytes }) => tooLargeForTree(scanner.name, path, bytes.byteLength, largest));
    if (problems.length > 0) unread.push({ findings: [], problems });
    yield { scanner: scanner.name, unit, files };
  }
}

function nameOf({ path, objectId }: TreeFile): string {
  return `${objectId} ${path}`;
}
