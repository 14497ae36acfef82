/**
 * Asks for work items about open issues of one repository, one for each group. A group has one at a time, which takes what
 * comes later. What people closed or deleted in Boards is not asked for again by a policy.
 */
import type { InstanceId, IssueId, RepositoryId } from "#model/ids.ts";
import type { WorkItem, WorkItemAskedBy, WorkItemGrouping, WorkItemId } from "#model/work-item.ts";
import { loadRules } from "#scan/load-rules.ts";
import type { Db } from "#store/database.ts";
import { getWorkItemSettings } from "#store/fixes/work-item-settings.ts";
import {
  insertWorkItem,
  issuesWithWorkItem,
  linkIssues,
  listLiveWorkItems,
  lockForWorkItems,
} from "#store/fixes/work-items.ts";
import { getInstance } from "#store/instances/instances.ts";
import { type IssueRow, issuesById } from "#store/issues/issues.ts";
import type { App } from "../app.ts";
import { askToSyncWorkItems } from "../jobs/ask.ts";
import { policiesInForce } from "../policies/policies-in-force.ts";
import { groupIssues, type IssueGroup } from "./group-issues.ts";

export interface WorkItemWish {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly issues: readonly IssueId[];
  readonly askedBy: WorkItemAskedBy;
  /** As the settings say if absent. */
  readonly grouping?: WorkItemGrouping | undefined;
}

export type AskedWorkItem =
  /** `asked`: it will be made. `joined`: one that is there takes the issues. */
  | { readonly is: "asked" | "joined"; readonly workItem: WorkItemId; readonly title: string; readonly number?: number }
  | { readonly is: "refused"; readonly because: string };

/** In the transaction of its cause. */
export async function askForWorkItems(
  app: Pick<App, "jobs" | "now">,
  tx: Db,
  wish: WorkItemWish,
): Promise<readonly AskedWorkItem[]> {
  const refused = (because: string): readonly AskedWorkItem[] => [{ is: "refused", because }];
  const { instanceId, repositoryId, askedBy } = wish;
  const instance = await getInstance(tx, instanceId);
  if (!instance?.features.workItems) return refused("Work items are switched off in the settings of this instance.");
  await lockForWorkItems(tx, repositoryId);
  const issues = (await issuesById(tx, wish.issues)).filter(
    (issue) => issue.state.is === "open" && issue.repositoryId === repositoryId,
  );
  const [first] = issues;
  if (!first) return refused("None of these issues is open.");
  if ((first.projectId as string) === first.organizationId) {
    return refused("It is about settings of the organization, and work items belong to a project.");
  }
  const { settings } = await getWorkItemSettings(tx, instanceId, first.projectId);
  if (askedBy.is === "policy" && !settings.automatic) {
    return refused("Work items are made only when people ask for them, as this project is set.");
  }
  const { left, known } = await leftOver(tx, issues, askedBy);
  if (left.length === 0) return known;
  const live = await listLiveWorkItems(tx, repositoryId);
  const groups = await groupsOf(tx, left, live, { ...wish, settings });
  const answers: AskedWorkItem[] = [...known];
  for (const group of groups) answers.push(await askForOne(app, tx, group, { first, live, askedBy }));
  await askToSyncWorkItems(app, tx, { id: first.organizationId, instanceId });
  return answers;
}

/** A person may ask again for what was closed or deleted in Boards. */
async function leftOver(tx: Db, issues: readonly IssueRow[], askedBy: WorkItemAskedBy) {
  const items = await issuesWithWorkItem(
    tx,
    issues.map(({ id }) => id),
  );
  const isTaken = (item: WorkItem | undefined): boolean =>
    item !== undefined && (askedBy.is === "policy" || item.state === "planned" || item.state === "open");
  const taken = new Map([...items.values()].filter(isTaken).map((item) => [item.id, item]));
  return {
    left: issues.filter(({ id }) => !isTaken(items.get(id))),
    known: [...taken.values()].map(({ id, title, number }): AskedWorkItem => {
      return { is: "joined", workItem: id, title, ...(number !== undefined && { number }) };
    }),
  };
}

async function groupsOf(
  tx: Db,
  issues: readonly IssueRow[],
  live: readonly WorkItem[],
  {
    instanceId,
    askedBy,
    grouping,
    settings,
  }: WorkItemWish & { settings: { grouping: WorkItemGrouping; most: number } },
): Promise<readonly IssueGroup[]> {
  const rules = await loadRules(new Set(issues.map(({ rule }) => rule)));
  const ofPolicy = (item: WorkItem) =>
    askedBy.is === "policy" && item.askedBy.is === "policy" && item.askedBy.policy === askedBy.policy;
  const policies = askedBy.is === "policy" ? (await policiesInForce(tx, instanceId)).policies : [];
  return groupIssues(issues, {
    repository: issues[0]?.repositoryName ?? "",
    grouping: grouping ?? settings.grouping,
    ruleTitles: new Map(rules.map(({ id, title }) => [id, title])),
    askedBy,
    policyName: askedBy.is === "policy" ? policies.find(({ id }) => id === askedBy.policy)?.name : undefined,
    most: Math.max(1, settings.most - live.filter(ofPolicy).length),
    liveKeys: new Set(live.map(({ key }) => key)),
  });
}

async function askForOne(
  app: Pick<App, "now">,
  tx: Db,
  { key, title, issues }: IssueGroup,
  about: { readonly first: IssueRow; readonly live: readonly WorkItem[]; readonly askedBy: WorkItemAskedBy },
): Promise<AskedWorkItem> {
  const { instanceId, organizationId, projectId, repositoryId } = about.first;
  const there = about.live.find((item) => item.key === key);
  if (there) {
    await linkIssues(tx, there, issues);
    const { id, number } = there;
    return { is: "joined", workItem: id, title: there.title, ...(number !== undefined && { number }) };
  }
  const names = { instanceId, organizationId, projectId, repositoryId, key, title };
  const id = await insertWorkItem(tx, { ...names, askedBy: about.askedBy, askedAt: app.now() });
  if (id === undefined) return { is: "refused", because: "This work item is being asked for already." };
  await linkIssues(tx, { id, instanceId }, issues);
  return { is: "asked", workItem: id, title };
}
