/** Scans the default branch of a repository: what changed since its last scan, or everything if there is nothing to compare with. */
import type { App } from "../app.ts";
import { fetchMirror } from "../fetch-mirror.ts";
import { findScannableRepository } from "../find-scannable-repository.ts";
import type { JobData } from "../queues.ts";
import { recordedScan } from "../recorded-scan.ts";
import { scanBlobs } from "../scan-blobs.ts";
import { planScan } from "./plan-scan.ts";
import { recordBranchScan } from "./record-branch-scan.ts";

export async function scanRepository(app: App, job: JobData["scan-repository"], signal: AbortSignal): Promise<void> {
  const repository = await findScannableRepository(app, job.repository);
  if (!repository) return;
  const target = { is: "branch", ref: repository.defaultBranch } as const;
  const seenAt = app.now();
  const mirror = await fetchMirror(app, repository, { signal });
  try {
    const plan = await planScan(mirror, repository, job.because);
    if (plan.is === "nothing-new") return;
    const { head, files } = plan;
    await recordedScan(app, { ...job, repository, target, commit: head }, async (scan) => {
      const result = await scanBlobs(app, { ...repository, mirror, files, signal, onProgress: scan.onProgress });
      await recordBranchScan(app, { scan, repository, plan, result, seenAt });
    });
  } finally {
    mirror.release();
  }
}
