/** Keeps what a branch depends on and imports, and what its settings allow, and judges it if that changed. */
import type { Allow } from "#model/allow.ts";
import type { Renames } from "#model/follow-renames.ts";
import type { ScanId } from "#model/ids.ts";
import type { Db } from "#store/database.ts";
import { replaceAllows } from "#store/instances/branch-allows.ts";
import type { Branch } from "#store/issues/occurrences.ts";
import { replaceManifests } from "#store/packages/manifests.ts";
import { replaceImports } from "#store/packages/source-imports.ts";
import { addScanProblems } from "#store/scans/scans.ts";
import type { App } from "../app.ts";
import { askForFacts } from "../jobs/ask.ts";
import type { ChangesResult, TreeResult } from "../scan-tree/scan-tree.ts";
import { type Judged, judgeBranch } from "./judge-branch.ts";
import { nameOfUnit, unitManifests } from "./unit-manifests.ts";

export async function recordPackages(
  app: Pick<App, "jobs" | "knowledge" | "factsSources">,
  tx: Db,
  branch: Branch,
  {
    result,
    allows,
    scanId,
    at,
    renames,
  }: {
    readonly result: TreeResult & Partial<Pick<ChangesResult, "replaced">>;
    /** What the settings file says that was read with it. */
    readonly allows: readonly Allow[];
    readonly scanId: ScanId;
    readonly at: Date;
    /** Files that were moved as they are, new path to old. */
    readonly renames?: Renames | undefined;
  },
): Promise<Judged> {
  const { replaced = "all", packages, packagesGone, packagesUnread, imports } = result;
  const unread = new Set(packagesUnread.map(nameOfUnit));
  const gone = packagesGone.map(nameOfUnit).filter((name) => !unread.has(name));
  const units = replaced === "all" ? "all" : gone;
  const read = packages.map(unitManifests);
  await replaceManifests(tx, branch, { replaced: units, kept: [...unread], read, at });
  const areOtherImports = await replaceImports(tx, branch, { replaced, files: imports });
  const areOtherAllows = await replaceAllows(tx, branch, allows);
  const isSame = units !== "all" && units.length + read.length === 0;
  if (isSame && !areOtherImports && !areOtherAllows) return { areChanged: false, problems: [] };
  if (read.length > 0) await askForFacts(app, tx, branch);
  const judged = await judgeBranch(app, tx, branch, { scanId, at, renames });
  await addScanProblems(tx, scanId, judged.problems);
  return judged;
}

/** Of a branch that is not watched any more. */
export async function forgetPackages(tx: Db, branch: Branch): Promise<void> {
  await replaceManifests(tx, branch, { replaced: "all", read: [], at: new Date(0) });
  await replaceImports(tx, branch, { replaced: "all", files: [] });
  await replaceAllows(tx, branch, []);
}
