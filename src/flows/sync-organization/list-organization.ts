/** Lists projects and repositories, writes them down, and applies the instance's choice: future ones appear here. */
import { getSourceControl, listProjects } from "#azure-devops/projects.ts";
import { listRepositories } from "#azure-devops/repositories.ts";
import type { ProjectId } from "#model/ids.ts";
import type { RemoteRepository, Repository } from "#model/repository.ts";
import { lockInstance } from "#store/instances/instances.ts";
import { type ListedProject, listProjects as listKnownProjects, upsertProjects } from "#store/instances/projects.ts";
import { listChosenRepositories, setChosen, upsertRepositories } from "#store/instances/repositories.ts";
import { archiveIssues } from "#store/issues/archive-issues.ts";
import { notifyLive } from "#store/live.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { inLanes } from "../in-lanes.ts";
import { remoteAnswer } from "../remote-answer.ts";
import type { SyncContext } from "./sync-context.ts";

const callsAtOnce = 4;

/** The chosen repositories of this organization; undefined if the instance was paused or deleted meanwhile. */
export async function listOrganization(app: App, context: SyncContext): Promise<readonly Repository[] | undefined> {
  const { client, organization, instance } = context;
  const known = (await listKnownProjects(app.db, instance.id)).filter(
    ({ organizationId }) => organizationId === organization.id,
  );
  const listed = await listRepositories(client);
  const projects = await listAllProjects(context, known, listed);
  const rows = await readSourceControl(context, { projects, known, repositories: listed });
  return inTransaction(app.db, async (tx) => {
    // Listing takes a while: somebody may have changed the choice meanwhile, and nobody changes it from here on.
    const now = await lockInstance(tx, instance.id);
    if (!now || now.state === "disabled") return undefined;
    await upsertProjects(tx, organization, rows, app.now());
    const here = new Set<string>(rows.map(({ id }) => id));
    const repositories = listed.filter(({ projectId }) => here.has(projectId));
    const { added, gone } = await upsertRepositories(tx, organization.id, repositories, app.now());
    // "Everything there is" means at the moment of connecting: only an organization's first listing chooses.
    await setChosen(tx, instance.id, now.takes, organization.syncedAt ? {} : { choosing: organization.id });
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

/** Something may slip from one page to another while they are read: what seems to be missing is asked for once more. */
async function listAllProjects(
  { client }: SyncContext,
  known: readonly { readonly id: ProjectId }[],
  repositories: readonly RemoteRepository[],
): Promise<readonly ListedProject[]> {
  const found = new Map((await listProjects(client)).map((project) => [project.id, project]));
  const expected = [...known.map(({ id }) => id), ...repositories.map(({ projectId }) => projectId)];
  if (expected.every((id) => found.has(id))) return [...found.values()];
  for (const project of await listProjects(client)) found.set(project.id, project);
  return [...found.values()];
}

/** Only a project without git repositories that nobody asked about before costs a call. */
async function readSourceControl(
  { client }: SyncContext,
  about: {
    readonly projects: readonly ListedProject[];
    readonly known: readonly ListedProject[];
    readonly repositories: readonly RemoteRepository[];
  },
): Promise<readonly ListedProject[]> {
  const withGit = new Set(about.repositories.map(({ projectId }) => projectId));
  const known = new Map(about.known.map(({ id, sourceControl }) => [id, sourceControl]));
  return inLanes(about.projects, callsAtOnce, async ({ id, name }) => {
    if (withGit.has(id)) return { id, name, sourceControl: "git" };
    const before = known.get(id);
    if (before) return { id, name, sourceControl: before };
    const answer = await remoteAnswer(() => getSourceControl(client, id));
    return { id, name, ...(answer.is === "answer" ? { sourceControl: answer.value } : {}) };
  });
}
