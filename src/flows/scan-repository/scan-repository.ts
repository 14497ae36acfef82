/** Scans the default branch of a repository: what changed since its last scan, or everything if there is nothing to compare with. */
import type { Mirror } from "#git/mirror.ts";
import { contentGivenUp, pathsToTryAgain } from "#store/scans/unread-parts.ts";
import type { App } from "../app.ts";
import { askForHistoryScan } from "../jobs/ask.ts";
import type { JobData } from "../jobs/queues.ts";
import { askForPoliciesOf } from "../policies/read-policy-source.ts";
import { fetchMirror } from "../repositories/fetch-mirror.ts";
import { findScannableRepository, type ScannableRepository } from "../repositories/find-scannable-repository.ts";
import {
  noRepositorySettings,
  type RepositorySettings,
  readScanSettings,
} from "../scan-settings/read-scan-settings.ts";
import { allowsOf, endOfSettings, underSettings } from "../scan-settings/under-settings.ts";
import { scanChanges, scanWholeTree } from "../scan-tree/scan-tree.ts";
import { historyVersion } from "../secrets/history-version.ts";
import type { Changed } from "../urgency/novelty-of.ts";
import { committersOf, ownersFor } from "../urgency/read-owners.ts";
import { planScan, type ScanPlan } from "./plan-scan.ts";
import { recordBranchScan } from "./record-branch-scan.ts";
import { recordedScan } from "./recorded-scan.ts";
import { scannersVersion, versionUntil } from "./scanners-version.ts";

export async function scanRepository(app: App, job: JobData["scan-repository"], signal: AbortSignal): Promise<void> {
  const repository = await findScannableRepository(app, job.repository);
  if (!repository) return;
  // A push that nobody told of.
  await askForPoliciesOf(app, app.db, repository.id);
  const target = { is: "branch", ref: repository.defaultBranch } as const;
  const seenAt = app.now();
  const mirror = await fetchMirror(app, repository, { signal });
  try {
    const version = await scannersVersion(app);
    const head = await mirror.resolve(repository.defaultBranch);
    const settings = head === undefined ? noRepositorySettings : await readScanSettings(mirror, head);
    const { secrets } = settings;
    const again = await pathsToTryAgain(app.db, repository.id, seenAt);
    const facts = { because: job.because, version, settings, now: seenAt, again };
    const plan = await planScan(mirror, repository, facts);
    if (plan.is === "nothing-new") return await askIfBranchesMoved(app, repository, { mirror, head, settings });
    await recordedScan(app, { ...job, repository, target, commit: plan.head }, async (scan) => {
      const tree = { instanceId: repository.instanceId, mirror, signal, secrets, onProgress: scan.onProgress };
      const scanned =
        plan.is === "whole"
          ? await scanWholeTree(app, tree, plan.files)
          : await scanChanges(app, { ...tree, givenUp: await contentGivenUp(app.db, repository.id) }, plan);
      // The next try begins with another mirror.
      if (scanned.problems.some(({ code }) => code === "missing")) app.mirrors.distrust(repository.id);
      const result = underSettings(scanned, settings, seenAt);
      const newHistory = await historyVersion(mirror, settings, seenAt);
      const changed = changedIn(plan);
      const owners = await ownersFor(app, { mirror, repository, commit: plan.head, changed, readAt: seenAt });
      const committers = await committersOf(mirror, plan.head, { findings: result.findings, owners, changed });
      const found = { changed: changed ?? { is: "nothing" }, committers, owners } as const;
      const kept = versionUntil(version, endOfSettings(settings.settings, seenAt));
      const allows = allowsOf(settings.settings);
      const about = { scan, repository, plan, version: kept, seenAt, secrets, newHistory } as const;
      await recordBranchScan(app, { ...about, result, allows, found });
    });
  } finally {
    mirror.release();
  }
}

/** The default branch is as it was; another one may hold what was never seen. */
async function askIfBranchesMoved(
  app: App,
  repository: ScannableRepository,
  {
    mirror,
    head,
    settings,
  }: { readonly mirror: Mirror; readonly head: string | undefined; readonly settings: RepositorySettings },
): Promise<void> {
  if (head === undefined) return;
  if ((await historyVersion(mirror, settings, app.now())) !== repository.historyVersion) {
    await askForHistoryScan(app, app.db, repository);
  }
}

/** Undefined on the first look at a branch: then all that is there was there before. */
function changedIn(plan: Exclude<ScanPlan, { readonly is: "nothing-new" }>): Changed | undefined {
  const changes = plan.is === "changes" ? plan.changes : plan.changed;
  return changes && { is: "files", paths: new Set(changes.map(({ path }) => path)) };
}
