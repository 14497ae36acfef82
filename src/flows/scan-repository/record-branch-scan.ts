/** Writes all that a branch scan found out in one transaction: either all of it is there, or nothing is. */
import { applyBranchFindings } from "#store/apply-branch-findings.ts";
import { notifyLive } from "#store/live.ts";
import { setScannedCommit } from "#store/repositories.ts";
import { finishScan } from "#store/scans.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { endOfScan } from "../end-of-scan.ts";
import type { ScannableRepository } from "../find-scannable-repository.ts";
import type { BegunScan } from "../recorded-scan.ts";
import type { FilesResult } from "../scan-blobs.ts";
import type { ScanPlan } from "./plan-scan.ts";
import { scannersVersion } from "./scanners-version.ts";

export async function recordBranchScan(
  app: App,
  done: {
    readonly scan: BegunScan;
    readonly repository: ScannableRepository;
    readonly plan: ScanPlan & { readonly is: "scan" };
    readonly result: FilesResult;
    /** When the branch was looked at. */
    readonly seenAt: Date;
  },
): Promise<void> {
  const { scan, repository, plan, result, seenAt } = done;
  const { id: repositoryId, instanceId } = repository;
  const at = app.now();
  await inTransaction(app.db, async (tx) => {
    // False if another process took this scan over while this one was thought dead: then that one's result counts.
    const isOurs = await finishScan(tx, scan.id, endOfScan(scan, plan.files.length, result, at));
    if (!isOurs) return;
    const common = { instanceId, repositoryId, scanId: scan.id, at };
    if (plan.formerRef) {
      await applyBranchFindings(tx, { ...common, branch: plan.formerRef, replaced: "all", findings: [] });
    }
    const { replaced, ref } = plan;
    const applied = await applyBranchFindings(tx, { ...common, branch: ref, replaced, findings: result.findings });
    await setScannedCommit(tx, repositoryId, {
      ref,
      commit: plan.head,
      scannersVersion: scannersVersion(),
      at: seenAt,
    });
    await notifyLive(tx, { is: "scan-changed", scanId: scan.id, instanceId, repositoryId });
    if (applied.opened.length + applied.reopened.length + applied.fixed.length > 0 || plan.formerRef) {
      await notifyLive(tx, { is: "issues-changed", instanceId, repositoryId });
    }
  });
}
