/** Writes all that a branch scan found out in one transaction: either all of it is there, or nothing is. */
import type { Allow } from "#model/allow.ts";
import { packageJudges } from "#scan/packages/package-judges.ts";
import type { SecretSettings } from "#scan/secrets/secret-settings.ts";
import type { Db } from "#store/database.ts";
import { setScannedCommit } from "#store/instances/repositories.ts";
import { type RepositoryOwners, saveRepositoryOwners } from "#store/instances/repository-owners.ts";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import type { Branch } from "#store/issues/occurrences.ts";
import { notifyLive } from "#store/live.ts";
import { finishScan } from "#store/scans/scans.ts";
import { recordUnreadParts } from "#store/scans/unread-parts.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askAboutFixes } from "../fixes/ask-about-fixes.ts";
import { askForHistoryScan, askToApplyPolicies } from "../jobs/ask.ts";
import { askForLiveChecksOf } from "../live-checks/ask-for-live-checks.ts";
import { judgeExpiredOf } from "../live-checks/judge-expired.ts";
import { forgetPackages, recordPackages } from "../packages/record-packages.ts";
import type { ScannableRepository } from "../repositories/find-scannable-repository.ts";
import { exactRenames } from "../scan-tree/exact-renames.ts";
import type { ChangesResult, TreeResult } from "../scan-tree/scan-tree.ts";
import { secretsVersion } from "../secrets/history-version.ts";
import { type Found, scoreBranch } from "../urgency/score-issues.ts";
import { endOfScan } from "./end-of-scan.ts";
import type { ScanPlan } from "./plan-scan.ts";
import type { BegunScan } from "./recorded-scan.ts";

export async function recordBranchScan(
  app: App,
  done: {
    readonly scan: BegunScan;
    readonly repository: ScannableRepository;
    /** What its history would be read with now. */
    readonly newHistory: string;
    readonly secrets: SecretSettings | undefined;
    /** What its settings file says; the result is under it already, the packages are not. */
    readonly allows: readonly Allow[];
    readonly plan: Exclude<ScanPlan, { readonly is: "nothing-new" }>;
    readonly result: TreeResult & Partial<Pick<ChangesResult, "replaced">>;
    /** Of the scanners that did it. */
    readonly version: string;
    /** When the branch was looked at. */
    readonly seenAt: Date;
    /** What changed, and whose it is. */
    readonly found: Omit<Found, "at"> & { readonly owners: RepositoryOwners | undefined };
  },
): Promise<void> {
  const { scan, repository, plan, result, allows, version, seenAt, secrets, newHistory, found: context } = done;
  const { ref } = plan;
  const formerRef = plan.is === "whole" ? plan.formerRef : undefined;
  const { id: repositoryId, instanceId } = repository;
  const at = app.now();
  await inTransaction(app.db, async (tx) => {
    // False if another process took this scan over while this one was thought dead: then that one's result counts.
    const isOurs = await finishScan(tx, scan.id, endOfScan(scan, filesOf(plan), result, at));
    if (!isOurs) return;
    const common = { instanceId, repositoryId, scanId: scan.id, at };
    if (formerRef) {
      await applyBranchFindings(tx, { ...common, branch: formerRef, replaced: "all", findings: [] });
      await forgetPackages(tx, { instanceId, repositoryId, branch: formerRef });
    }
    const { replaced = "all", findings, silenced, unjudged } = result;
    const renames = plan.is === "changes" ? exactRenames(plan.changes) : undefined;
    const here = { ...common, branch: ref };
    const kept = { notOf: packageJudges, unjudged, renames };
    // What another scanner found may be nothing to this one: its history tells.
    const secretsFoundBy = plan.is === "changes" ? secretsVersion(secrets) : "";
    const found = { replaced, findings, silenced, secretsFoundBy } as const;
    const applied = await applyBranchFindings(tx, { ...here, ...kept, ...found });
    const judged = await recordPackages(app, tx, here, { result, allows, scanId: scan.id, at, renames });
    await recordUnreadParts(tx, here, { looked: lookedAt(plan, replaced), failed: result.failed ?? [], at });
    await saveRepositoryOwners(tx, repository, context.owners);
    await scoreBranch(tx, here, { ...context, at });
    await judgeExpiredOf(app, tx, { instanceId, findings });
    const scanned = { ref, commit: plan.head, scannersVersion: version, at: seenAt };
    await setScannedCommit(tx, repositoryId, scanned);
    if (newHistory !== repository.historyVersion) await askForHistoryScan(app, tx, repository);
    await askWhatFollows(app, tx, here);
    await notifyLive(tx, { is: "scan-changed", scanId: scan.id, instanceId, repositoryId });
    const areOthers = judged.areChanged || Object.values(applied).some(({ length }) => length > 0);
    if (areOthers || formerRef) await notifyLive(tx, { is: "issues-changed", instanceId, repositoryId });
  });
}

function lookedAt(plan: ScanPlan, replaced: "all" | readonly string[]): "all" | readonly string[] {
  return replaced === "all" || plan.is !== "changes" ? "all" : [...replaced, ...plan.tried];
}

function filesOf(plan: Exclude<ScanPlan, { readonly is: "nothing-new" }>): number {
  if (plan.is === "whole") return plan.files.length;
  return plan.changes.filter(({ objectId }) => objectId).length + plan.again.length;
}

/** What is found may end fixes, be asked about, and be what a policy waits for. */
async function askWhatFollows(app: App, tx: Db, { instanceId, repositoryId, branch }: Branch): Promise<void> {
  await askAboutFixes(app, tx, { repositoryId });
  await askForLiveChecksOf(app, tx, instanceId);
  await askToApplyPolicies(app, tx, { instanceId, repositoryId, branch }, "push");
}
