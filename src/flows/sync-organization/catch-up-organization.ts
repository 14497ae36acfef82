/** The look of every minute where nothing tells of changes: without hooks at all, or in projects whose hooks do not work. */
import { listUnheardProjects } from "#store/hooks/hook-subscriptions.ts";
import { listChosenRepositories } from "#store/instances/repositories.ts";
import type { App } from "../app.ts";
import type { JobData } from "../jobs/queues.ts";
import { headsPerLook, projectsPerLook, takeTurn } from "./cadence.ts";
import { catchUpPullRequests } from "./catch-up-pull-requests.ts";
import { lookForCommands } from "./comments-heard.ts";
import { isScannable } from "./list-organization.ts";
import { lookAtHeads } from "./look-at-heads.ts";
import { openContext } from "./sync-context.ts";

export async function catchUpOrganization(app: App, job: JobData["catch-up"], signal: AbortSignal): Promise<void> {
  const context = await openContext(app, job.organization, signal);
  // What was never listed is listed by a sync first.
  if (!context?.organization.syncedAt) return;
  const unheard =
    app.delivery.is === "polling" ? undefined : new Set(await listUnheardProjects(app.db, job.organization));
  const repositories = (await listChosenRepositories(app.db, context.instance.id)).filter(
    (one) =>
      one.organizationId === job.organization &&
      isScannable(one) &&
      (unheard === undefined || unheard.has(one.projectId)),
  );
  const because = { is: "schedule" } as const;
  const now = app.now();
  // What cannot be read is said by the next sync, and what could not be scanned is tried again by it.
  const heads = repositories.filter(({ headCheckedAt }) => headCheckedAt !== undefined);
  await lookAtHeads(app, context, heads, {
    because,
    isUrgent: () => false,
    dueBefore: now,
    most: headsPerLook,
  });
  const projects = [...new Set(repositories.map(({ projectId }) => projectId))].sort();
  const turn = new Set(takeTurn(projects, projectsPerLook, now));
  const ofTurn = repositories.filter(({ projectId }) => turn.has(projectId));
  await catchUpPullRequests(app, context, ofTurn, { because, isTriedAgain: false });
  await lookForCommands(app, context, turn);
}
