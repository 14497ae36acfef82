/** Scans the commit that a build was made of, whole. What it finds stays with the scan: issues are those of the default branch. */
import { setBuildScan } from "#store/hooks/builds.ts";
import { notifyLive } from "#store/live.ts";
import { findScanOfCommit, finishScan, recordFailedScan } from "#store/scans/scans.ts";
import { contentGivenUp } from "#store/scans/unread-parts.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import type { JobData } from "../jobs/queues.ts";
import { judgeTree } from "../packages/judge-tree.ts";
import { fetchMirror } from "../repositories/fetch-mirror.ts";
import { findScannableRepository } from "../repositories/find-scannable-repository.ts";
import { isSymbolicLink } from "../repositories/is-symbolic-link.ts";
import { readScanSettings } from "../scan-settings/read-scan-settings.ts";
import { underSettings } from "../scan-settings/under-settings.ts";
import { scanWholeTree } from "../scan-tree/scan-tree.ts";
import { endOfScan } from "./end-of-scan.ts";
import { recordedScan } from "./recorded-scan.ts";

/** More are counted: nobody reads ten thousand of them. */
const keptFindings = 1000;

export async function scanCommit(app: App, job: JobData["scan-commit"], signal: AbortSignal): Promise<void> {
  const { commit, build, because } = job;
  const repository = await findScannableRepository(app, job.repository);
  if (!repository) return;
  const { id: repositoryId, instanceId } = repository;
  const built = { repositoryId, commit };
  const known = await findScanOfCommit(app.db, repositoryId, commit);
  // A pull request or a push brought it here meanwhile.
  if (known) return setBuildScan(app.db, built, known);
  const target = { is: "commit", build } as const;
  const mirror = await fetchMirror(app, repository, { signal });
  try {
    if (!(await mirror.resolve(`${commit}^{commit}`))) {
      const scan = { instanceId, repositoryId, target, commit, because, started: app.now() };
      const message = "The commit that was built is on no branch of the repository any more.";
      return await setBuildScan(app.db, built, await recordFailedScan(app.db, scan, message));
    }
    const files = (await mirror.listTree(commit)).filter((entry) => !isSymbolicLink(entry));
    await recordedScan(app, { repository, target, commit, because }, async (scan) => {
      await setBuildScan(app.db, built, scan.id);
      const settings = await readScanSettings(mirror, commit);
      const givenUp = await contentGivenUp(app.db, repositoryId);
      const tree = { instanceId, mirror, signal, secrets: settings.secrets, givenUp, onProgress: scan.onProgress };
      const judged = await judgeTree(app, instanceId, await scanWholeTree(app, tree, files));
      const result = underSettings(judged, settings, scan.started);
      const end = endOfScan(scan, files.length, result, app.now());
      await inTransaction(app.db, async (tx) => {
        await finishScan(tx, scan.id, { ...end, findings: result.findings.slice(0, keptFindings) });
        await notifyLive(tx, { is: "scan-changed", scanId: scan.id, instanceId, repositoryId });
      });
    });
  } finally {
    mirror.release();
  }
}
