/** Lists projects and repositories, writes them down, and applies the instance's choice: future ones appear here. */
import { listProjects } from "#azure-devops/projects.ts";
import { listRepositories } from "#azure-devops/repositories.ts";
import type { RemoteRepository, Repository } from "#model/repository.ts";
import { archiveIssues } from "#store/archive-issues.ts";
import { notifyLive } from "#store/live.ts";
import { upsertProjects } from "#store/projects.ts";
import { listChosenRepositories, setChosen, upsertRepositories } from "#store/repositories.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import type { SyncContext } from "./sync-context.ts";

/** The chosen repositories of this organization. */
export async function listOrganization(app: App, context: SyncContext): Promise<readonly Repository[]> {
  const { client, organization, instance } = context;
  const [projects, listed] = await Promise.all([listProjects(client), listRepositories(client)]);
  return inTransaction(app.db, async (tx) => {
    await upsertProjects(tx, organization, projects, app.now());
    const known = new Set<string>(projects.map(({ id }) => id));
    const rows = listed.filter(({ projectId }) => known.has(projectId));
    const { added, gone } = await upsertRepositories(tx, organization.id, rows, app.now());
    // "Everything there is" means at the moment of connecting: only an organization's first listing chooses.
    await setChosen(tx, instance.id, instance.takes, organization.syncedAt ? {} : { choosing: organization.id });
    await archiveIssues(tx, instance.id);
    if (added.length + gone.length > 0) await notifyLive(tx, { is: "instance-changed", instanceId: instance.id });
    const chosen = await listChosenRepositories(tx, instance.id);
    return chosen.filter(({ organizationId }) => organizationId === organization.id);
  });
}

/** Whether git and the API answer for it. */
export function isScannable(repository: RemoteRepository): boolean {
  return !repository.isDisabled && repository.defaultBranch !== undefined;
}
