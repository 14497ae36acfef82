/** Scans the default branch of a repository: what changed since its last scan, or everything if there is nothing to compare with. */
import type { App } from "../app.ts";
import { fetchMirror } from "../fetch-mirror.ts";
import { findScannableRepository } from "../find-scannable-repository.ts";
import type { JobData } from "../queues.ts";
import { readSecretRules } from "../read-secret-rules.ts";
import { recordedScan } from "../recorded-scan.ts";
import { scanChanges, scanWholeTree } from "../scan-tree/scan-tree.ts";
import { planScan } from "./plan-scan.ts";
import { recordBranchScan } from "./record-branch-scan.ts";
import { scannersVersion } from "./scanners-version.ts";

export async function scanRepository(app: App, job: JobData["scan-repository"], signal: AbortSignal): Promise<void> {
  const repository = await findScannableRepository(app, job.repository);
  if (!repository) return;
  const target = { is: "branch", ref: repository.defaultBranch } as const;
  const seenAt = app.now();
  const mirror = await fetchMirror(app, repository, { signal });
  try {
    const version = await scannersVersion(app);
    const plan = await planScan(mirror, repository, job.because, version);
    if (plan.is === "nothing-new") return;
    await recordedScan(app, { ...job, repository, target, commit: plan.head }, async (scan) => {
      const secrets = await readSecretRules(mirror, plan.head);
      const tree = { instanceId: repository.instanceId, mirror, signal, secrets, onProgress: scan.onProgress };
      const result =
        plan.is === "whole" ? await scanWholeTree(app, tree, plan.files) : await scanChanges(app, tree, plan);
      await recordBranchScan(app, { scan, repository, plan, result, version, seenAt });
    });
  } finally {
    mirror.release();
  }
}
