/** Records builds that ended since the last look, in case their deliveries were lost. A token without the scope for builds goes without. */
import { listBuilds } from "#azure-devops/builds.ts";
import type { ProjectId } from "#model/ids.ts";
import type { Repository } from "#model/repository.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { inLanes } from "../in-lanes.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { recordBuild, scanUnscannedBuilds } from "../service-hooks/record-build.ts";
import type { SyncContext } from "./sync-context.ts";

const projectsAtOnce = 4;
/** Looks a little further back than the last look: a build ends before it is listed. */
const overlapMilliseconds = 5 * 60_000;

export async function catchUpBuilds(
  app: App,
  context: SyncContext,
  repositories: readonly Repository[],
): Promise<void> {
  const { syncedAt } = context.organization;
  // What happened before the organization was connected is not ours to know.
  if (!syncedAt) return;
  const finishedAfter = new Date(syncedAt.getTime() - overlapMilliseconds);
  const projects = [...new Set(repositories.map(({ projectId }) => projectId))];
  await inLanes(projects, projectsAtOnce, (projectId) => catchUpProject(app, context, projectId, finishedAfter));
  await scanUnscannedBuilds(app, context.organization.id);
}

async function catchUpProject(
  app: App,
  { client, organization, instance }: SyncContext,
  projectId: ProjectId,
  finishedAfter: Date,
): Promise<void> {
  const answer = await remoteAnswer(() => listBuilds(client, projectId, { finishedAfter }));
  if (answer.is === "no") {
    if (answer.error.code === "forbidden" || answer.error.code === "not-found") return;
    throw answer.error;
  }
  await inTransaction(app.db, async (tx) => {
    for (const { buildNumber, status: _status, result = "unknown", ...build } of answer.value) {
      const owner = { organizationId: organization.id, instanceId: instance.id, projectId };
      await recordBuild(app, tx, { ...build, ...owner, number: buildNumber, result }, { is: "schedule" });
    }
  });
}
