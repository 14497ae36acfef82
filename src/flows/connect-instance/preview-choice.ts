/** Says what a choice of repositories would cover, before anybody saves it: how many, which first, and what it would leave out or give up. */
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { Takes } from "#model/instance.ts";
import { type LeftOutBecause, narrow, nothingNarrowed } from "#model/narrowing.ts";
import { listChoosable } from "#store/instances/repositories.ts";
import { countLiveIssues } from "#store/issues/archive-issues.ts";
import type { App } from "../app.ts";
import type { Connector } from "./check-connection.ts";
import { listDraftRepositories } from "./list-draft-repositories.ts";

export interface ChoicePreview {
  readonly taken: number;
  readonly total: number;
  readonly leftOut: Readonly<Record<LeftOutBecause, number>>;
  /** `project/repository`: the first of those that are taken. */
  readonly names: readonly string[];
  /** What is watched now and would be no longer. */
  readonly removed: { readonly repositories: number; readonly issues: number };
}

const firstNames = 20;

/** Undefined if the draft is unknown, expired or saved already. */
export async function previewDraft(app: Connector, draft: string, takes: Takes): Promise<ChoicePreview | undefined> {
  const listed = await listDraftRepositories(app, draft);
  if (!listed) return undefined;
  const { taken: _taken, ...counted } = countChoice(listed.repositories, takes);
  return { ...counted, taken: _taken.size, removed: { repositories: 0, issues: 0 } };
}

export async function previewInstance(app: Pick<App, "db">, id: InstanceId, takes: Takes): Promise<ChoicePreview> {
  const repositories = await listChoosable(app.db, id);
  const { taken, ...counted } = countChoice(repositories, takes);
  const removed = repositories.filter((one) => one.chosen && !taken.has(one.id)).map((one) => one.id);
  const issues = removed.length === 0 ? 0 : await countLiveIssues(app.db, id, removed);
  return { ...counted, taken: taken.size, removed: { repositories: removed.length, issues } };
}

interface Choosable {
  readonly id: RepositoryId;
  readonly name: string;
  readonly project: string;
  readonly isDisabled: boolean;
  readonly isEmpty: boolean;
  readonly isFork: boolean;
}

function countChoice(repositories: readonly Choosable[], takes: Takes) {
  const leftOut: Record<LeftOutBecause, number> = { fork: 0, disabled: 0, empty: 0, "not-included": 0, excluded: 0 };
  const listed = takes.is === "list" ? new Set(takes.repositories) : undefined;
  const leavesOut = narrow((takes.is === "list" ? undefined : takes.narrowing) ?? nothingNarrowed);
  const chosen = repositories.filter((repository) => {
    if (listed) return listed.has(repository.id);
    const because = leavesOut(repository);
    if (because) leftOut[because] += 1;
    return because === undefined;
  });
  const names = chosen
    .map(({ project, name }) => `${project}/${name}`)
    .sort((one, other) => one.localeCompare(other, "en"));
  return {
    taken: new Set(chosen.map(({ id }) => id)),
    total: repositories.length,
    leftOut,
    names: names.slice(0, firstNames),
  };
}
