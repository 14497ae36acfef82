/**
 * Looks as if there were no hooks: compares chosen repositories' heads and active pull requests with what was scanned,
 * and asks for the scans that are missing. This is what makes a lost delivery harmless. What it costs: cadence.ts.
 */
import type { ProjectId } from "#model/ids.ts";
import type { StateReason } from "#model/instance.ts";
import type { Repository } from "#model/repository.ts";
import type { Because } from "#model/scan.ts";
import type { App } from "../app.ts";
import { askForRepositoryScans } from "../jobs/ask.ts";
import { dueMilliseconds, headsPerSync } from "./cadence.ts";
import { catchUpPullRequests } from "./catch-up-pull-requests.ts";
import { isScannable } from "./list-organization.ts";
import { lookAtHeads } from "./look-at-heads.ts";
import type { SyncContext } from "./sync-context.ts";

/** More of one kind say nothing more to whoever reads them. */
const mostReasons = 20;

interface Suspicion {
  /** Projects in which something may have been missed since the last look. */
  readonly unheard: ReadonlySet<ProjectId>;
  /** Repositories whose size or default branch is another than before. */
  readonly changed: ReadonlySet<string>;
  /** Everything that was not looked at since then may have changed. */
  readonly lookedSince?: Date | undefined;
}

export async function catchUp(
  app: App,
  context: SyncContext,
  repositories: readonly Repository[],
  suspicion: Suspicion,
): Promise<readonly StateReason[]> {
  const isFirst = context.organization.syncedAt === undefined;
  const because: Because = { is: isFirst ? "connected" : "schedule" };
  const scannable = repositories.filter(isScannable);
  // The scan itself reads the head; to ask for it before would be a call for each of thousands.
  const unseen = isFirst ? scannable.filter(({ scannedCommit }) => scannedCommit === undefined) : [];
  await askForRepositoryScans(app, app.db, unseen, because);
  const others = isFirst ? scannable.filter(({ scannedCommit }) => scannedCommit !== undefined) : scannable;
  const headReasons = await lookAtHeads(app, context, others, {
    because,
    isUrgent: (repository) => isSuspect(repository, suspicion),
    dueBefore: new Date(app.now().getTime() - dueMilliseconds),
    most: headsPerSync,
  });
  const pullRequestReasons = await catchUpPullRequests(app, context, scannable, { because, isTriedAgain: true });
  return [...headReasons, ...pullRequestReasons].slice(0, mostReasons);
}

function isSuspect(repository: Repository, { unheard, changed, lookedSince }: Suspicion): boolean {
  const { id, projectId, headCheckedAt } = repository;
  const isOld = lookedSince !== undefined && (headCheckedAt === undefined || headCheckedAt < lookedSince);
  return isOld || unheard.has(projectId) || changed.has(id);
}
