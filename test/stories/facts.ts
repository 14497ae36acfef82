/** What a story looks at afterwards, in few words. */
import type { RepositoryId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import { listHookEvents } from "#store/hooks/hook-events.ts";
import { getRepository } from "#store/instances/repositories.ts";
import type { IssueRow } from "#store/issues/issues.ts";
import { listIssues } from "#store/issues/list-issues.ts";
import { listScans, type ScanRow } from "#store/scans/scans.ts";
import type { PullRequestState, RepositoryState } from "../../emulator/world.ts";
import type { House } from "./house.ts";

export const everything: Scope = { is: "everything" };
const page = { offset: 0, limit: 1000 };

export function idOf(repository: RepositoryState): RepositoryId {
  return repository.id as RepositoryId;
}

export async function issuesOf(house: House, repository: RepositoryState): Promise<readonly IssueRow[]> {
  return (await listIssues(house.app.db, everything, { ...page, repositoryId: idOf(repository) })).rows;
}

/** `state path` of every issue of what the default branch holds or held, sorted. */
export async function issueLines(house: House, repository: RepositoryState): Promise<readonly string[]> {
  return linesOf((await issuesOf(house, repository)).filter(({ onlyInHistory }) => !onlyInHistory));
}

/** The same, of secrets that only the history holds. */
export async function historyLines(house: House, repository: RepositoryState): Promise<readonly string[]> {
  return linesOf((await issuesOf(house, repository)).filter(({ onlyInHistory }) => onlyInHistory));
}

function linesOf(issues: readonly IssueRow[]): readonly string[] {
  return issues.map(({ state, finding }) => `${state.is} ${"path" in finding.at ? finding.at.path : ""}`).toSorted();
}

export async function scansOf(house: House, repository: RepositoryState): Promise<readonly ScanRow[]> {
  return (await listScans(house.app.db, everything, { ...page, repositoryId: idOf(repository) })).rows;
}

export async function scannedCommit(house: House, repository: RepositoryState): Promise<string | undefined> {
  return (await getRepository(house.app.db, idOf(repository)))?.scannedCommit;
}

/** `type state` of every event, oldest first. */
export async function eventLines(house: House): Promise<readonly string[]> {
  const { rows } = await listHookEvents(house.app.db, everything, page);
  return rows.toReversed().map(({ eventType, state }) => `${eventType} ${state}`);
}

/** The statuses that say what the whole of Sallyport thinks of a pull request, oldest first; those of single kinds of scans are left out. */
export function rollUpOf({ statuses }: Pick<PullRequestState, "statuses">): PullRequestState["statuses"] {
  return statuses.filter(({ context }) => (context as { readonly name: string }).name === "security");
}
