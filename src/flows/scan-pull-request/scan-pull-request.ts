/** Scans what a pull request brings in: only findings that its source has and its base had not. */
import { fingerprintsInFiles } from "#store/pull-requests/pull-request-findings.ts";
import type { App } from "../app.ts";
import type { JobData } from "../jobs/queues.ts";
import { fetchMirror } from "../repositories/fetch-mirror.ts";
import { findScannableRepository } from "../repositories/find-scannable-repository.ts";
import { recordedScan } from "../scan-repository/recorded-scan.ts";
import { announceScan } from "./announce-scan.ts";
import { findIntroduced } from "./find-introduced.ts";
import { findRange } from "./find-range.ts";
import { readPullRequest } from "./read-pull-request.ts";
import { recordPullRequestScan } from "./record-pull-request-scan.ts";
import { settleScanned } from "./settle-scanned.ts";

export async function scanPullRequest(app: App, job: JobData["scan-pull-request"], signal: AbortSignal): Promise<void> {
  const repository = await findScannableRepository(app, job.repository);
  const current = repository && (await readPullRequest(app, repository, job.number));
  if (!current || (await settleScanned(app, current, job.because))) return;
  await announceScan(app, current);
  const mirror = await fetchMirror(app, repository, { signal });
  try {
    const range = await findRange(app, mirror, current);
    const target = { is: "pull-request", number: job.number, iteration: current.iteration.id } as const;
    await recordedScan(app, { repository, target, commit: range.to, because: job.because }, async (scan) => {
      const solved = await fingerprintsInFiles(app.db, repository.id, job.number);
      const introduced = await findIntroduced(app, { current, mirror, range, scan, solved, signal });
      await recordPullRequestScan(app, { scan, current, introduced });
    });
  } finally {
    mirror.release();
  }
}
