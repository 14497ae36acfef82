/**
 * Brings what we know of an organization up to date: what it is called, what there is, what is chosen, the hooks that tell
 * us of changes, and whatever was missed while they did not. Runs after connecting, every ten minutes, and whenever
 * something surprises.
 */
import type { Repository } from "#model/repository.ts";
import { listChosenRepositories } from "#store/instances/repositories.ts";
import type { App } from "../app.ts";
import type { JobData } from "../jobs/queues.ts";
import { catchUp } from "./catch-up.ts";
import { catchUpBuilds } from "./catch-up-builds.ts";
import { lookForCommands } from "./comments-heard.ts";
import { keepHooks } from "./keep-hooks.ts";
import { listOrganization } from "./list-organization.ts";
import { settleInstance } from "./settle-instance.ts";
import { openContext, type SyncContext } from "./sync-context.ts";
import { vanishedReasons } from "./vanished-reason.ts";

export async function syncOrganization(
  app: App,
  job: JobData["sync-organization"],
  signal: AbortSignal,
): Promise<void> {
  const started = app.now();
  const context = await openContext(app, job.organization, signal);
  if (!context) return;
  const before = await listChosenRepositories(app.db, context.instance.id);
  const repositories = await listOrganization(app, context);
  if (!repositories) return;
  const { reasons: hookReasons, unheard } = await keepHooks(app, context, repositories);
  const missedReasons = await catchUp(app, context, repositories, {
    unheard,
    changed: changedSince(before, repositories),
    lookedSince: job.lookedSince === undefined ? outageBefore(context, started) : new Date(job.lookedSince),
  });
  await lookForCommands(app, context, unheard);
  await catchUpBuilds(app, context, repositories);
  const vanished = await vanishedReasons(app, context, repositories.length);
  await settleInstance(app, context, { reasons: [...hookReasons, ...missedReasons, ...vanished], started });
}

/**
 * A push into a repository changes its size sooner or later, and a new default branch is unscanned. One that was disabled
 * could not be looked at when its size changed.
 */
function changedSince(before: readonly Repository[], repositories: readonly Repository[]): ReadonlySet<string> {
  const known = new Map(before.map((one) => [one.id, one]));
  const changed = repositories.filter((one) => {
    const former = known.get(one.id);
    if (!former || former.isDisabled !== one.isDisabled) return true;
    return former.size !== one.size || former.defaultBranch !== one.defaultBranch;
  });
  return new Set(changed.map(({ id }) => id));
}

/** After a time in which the organization could not be asked, everything may have changed. */
function outageBefore({ instance, organization }: SyncContext, now: Date): Date | undefined {
  const isAfterOutage = instance.reasons.some(
    ({ level, organization: name, code }) =>
      name === organization.name && (level === "error" || code === "unreachable"),
  );
  return isAfterOutage ? now : undefined;
}
