/** Which units a change touches, and how they were before it: the tree of before is that of now with the change undone. */
import type { TreeChange } from "#git/mirror.ts";
import type { Problem } from "#model/scan-result.ts";
import { compareUnits, type PlannedUnit, planUnits, type UnitChanges } from "#scan/plan-units.ts";
import type { TreeFile } from "#scan/tree-keys.ts";
import type { TreeScanner } from "#scan/tree-scanner.ts";
import { isSymbolicLink } from "../repositories/is-symbolic-link.ts";
import type { Scanning } from "./scan-blobs.ts";
import { type SurveyedFiles, surveyFiles, type Unsurveyed } from "./survey-files.ts";
import type { TreeScan } from "./tree-scan.ts";

export interface TouchedUnits extends UnitChanges {
  /** The whole tree, by path; empty if nothing is touched. */
  readonly tree: ReadonlyMap<string, TreeFile>;
  readonly problems: readonly Problem[];
  /** Files that nobody could survey, as they are and as they were. */
  readonly unsurveyed: readonly Unsurveyed[];
  readonly unsurveyedBefore: readonly Unsurveyed[];
}

export async function touchedUnits(
  app: Scanning,
  scan: TreeScan,
  head: string,
  changes: readonly TreeChange[],
  again: ReadonlySet<string> = new Set(),
): Promise<TouchedUnits> {
  const own = changes.flatMap(({ path, oldPath }) => (oldPath === undefined ? [path] : [path, oldPath]));
  const changed = [...own, ...again];
  const asked = await app.scanPool.treeScanners({ paths: changed });
  const scanners = asked.filter((scanner) => changed.some((path) => scanner.selects(path)));
  if (scanners.length === 0) {
    const nothing = { tree: new Map(), problems: [], unsurveyed: [], unsurveyedBefore: [] };
    return { ...compareUnits([], [], changed), ...nothing };
  }
  const entries = (await scan.mirror.listTree(head)).filter((entry) => !isSymbolicLink(entry));
  const tree = new Map<string, TreeFile>(entries.map((entry) => [entry.path, entry]));
  const undone = undo(tree, changes);
  const before: PlannedUnit[] = [];
  const after: PlannedUnit[] = [];
  const problems: Problem[] = [];
  const unsurveyed: Unsurveyed[] = [];
  for (const scanner of scanners) {
    // Nearly all of before is there now, too: everything is asked for once.
    const former = [...undone.values()].filter((file) => tree.get(file.path)?.objectId !== file.objectId);
    const surveyed = await surveyFiles(app, scan, scanner, selectedBy(scanner, [...tree.values(), ...former]));
    const now = planUnits(
      scanner,
      surveyed.files.filter((file) => isIn(tree, file)),
    );
    const then = planUnits(
      scanner,
      surveyed.files.filter((file) => isIn(undone, file)),
    );
    after.push(...now.units);
    before.push(...then.units);
    problems.push(...surveyed.problems, ...now.problems);
    unsurveyed.push(...surveyed.unsurveyed);
  }
  const within = (files: ReadonlyMap<string, TreeFile>) =>
    unsurveyed.filter(({ path, content }) => files.get(path)?.objectId === content);
  const units = compareUnits(before, after, changed, again);
  return { ...units, tree, problems, unsurveyed: within(tree), unsurveyedBefore: within(undone) };
}

function isIn(tree: ReadonlyMap<string, TreeFile>, { path, objectId }: TreeFile): boolean {
  return tree.get(path)?.objectId === objectId;
}

function selectedBy(scanner: TreeScanner, files: readonly TreeFile[]): readonly TreeFile[] {
  return files.filter(({ path }) => scanner.selects(path));
}

export async function unitsOf(
  app: Scanning,
  scan: TreeScan,
  scanner: TreeScanner,
  tree: ReadonlyMap<string, TreeFile>,
): Promise<Pick<SurveyedFiles, "problems" | "unsurveyed"> & { readonly units: readonly PlannedUnit[] }> {
  const surveyed = await surveyFiles(app, scan, scanner, selectedBy(scanner, [...tree.values()]));
  const planned = planUnits(scanner, surveyed.files);
  const { unsurveyed } = surveyed;
  return { units: planned.units, problems: [...surveyed.problems, ...planned.problems], unsurveyed };
}

function undo(tree: ReadonlyMap<string, TreeFile>, changes: readonly TreeChange[]): ReadonlyMap<string, TreeFile> {
  const undone = new Map(tree);
  for (const { path } of changes) undone.delete(path);
  for (const { path: newPath, oldPath, oldObjectId: objectId, ...change } of changes) {
    const path = oldPath ?? newPath;
    if (objectId !== undefined && !isSymbolicLink(change)) undone.set(path, { path, objectId });
  }
  return undone;
}
