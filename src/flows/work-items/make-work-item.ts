/** Makes a work item in Boards, once: one of an earlier run that was cut off is found by its link, and taken. */
import {
  createWorkItem,
  findWorkItemByLink,
  pullRequestArtifact,
  refusalOfWorkItem,
  type WorkItemLink,
} from "#azure-devops/work-items.ts";
import type { WorkItem } from "#model/work-item.ts";
import { getWorkItemSettings } from "#store/fixes/work-item-settings.ts";
import {
  changeWorkItem,
  fixPullRequestsOf,
  type LinkedIssue,
  listLinkedIssues,
  markTold,
} from "#store/fixes/work-items.ts";
import { type IssueRow, issuesById } from "#store/issues/issues.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { descriptionOf, workItemUrl } from "./describe-work-item.ts";
import { fitWorkItem, type WorkItemWords } from "./fit-work-item.ts";
import { joinLive } from "./join-live.ts";
import { refusedMilliseconds, type SyncContext } from "./sync-context.ts";

const tag = "Sallyport";

export async function makeWorkItem(app: App, { client, process }: SyncContext, item: WorkItem): Promise<void> {
  const { db } = app;
  const linked = await listLinkedIssues(db, item.id);
  const open = linked.filter(({ state }) => state === "open");
  // One that was over before it was made may have got a successor.
  if (item.state === "closed" && (await joinLive(app, item, { linked }))) return;
  const { projectId } = item;
  const there = await findWorkItemByLink(client, projectId, { tag, url: workItemUrl(app, item) });
  // What is over by now was open when it was made: that it is over was told nowhere yet.
  if (there) return record(app, item, there, asOpen(linked));
  if (open.length === 0) {
    await markTold(db, item.id, linked);
    const reason = "All its issues were over before it was made in Boards.";
    return changeWorkItem(db, item.id, { state: "closed", reason }, app.now());
  }
  const { settings } = await getWorkItemSettings(db, item.instanceId, projectId);
  const issues = await issuesById(
    db,
    open.map(({ id }) => id),
  );
  const pullRequests = await fixPullRequestsOf(db, item.id);
  const links = pullRequests.map((number) => pullRequestArtifact(projectId, item.repositoryId, number));
  const fitted = await fitWorkItem(process, settings, wordsOf(app, item, issues, links));
  if (fitted.is === "problems") return refuse(app, item, fitted.problems.join(" "));
  const refusal = await refusalOfWorkItem(client, projectId, fitted.draft);
  if (refusal !== undefined) return refuse(app, item, `Azure DevOps would not take it: ${refusal}`);
  await record(app, item, await createWorkItem(client, projectId, fitted.draft), linked);
}

function asOpen(linked: readonly LinkedIssue[]): readonly LinkedIssue[] {
  return linked.map((one) => ({ ...one, state: "open" }));
}

function wordsOf(app: App, item: WorkItem, issues: readonly IssueRow[], links: readonly WorkItemLink[]): WorkItemWords {
  return {
    title: item.title,
    description: descriptionOf(app, item, issues),
    tags: [tag, ...new Set(issues.map(({ scanner }) => scanner))],
    severity: issues[0]?.severity ?? "medium",
    links: [{ url: workItemUrl(app, item), comment: "Sallyport" }, ...links],
  };
}

async function record(
  app: App,
  item: WorkItem,
  made: Awaited<ReturnType<typeof createWorkItem>>,
  linked: readonly LinkedIssue[],
): Promise<void> {
  const { number, webUrl, type, state: remoteState, revision } = made;
  const now = app.now();
  await inTransaction(app.db, async (tx) => {
    const change = { state: "open", number, webUrl, type, remoteState, revision, reason: null } as const;
    await changeWorkItem(tx, item.id, { ...change, lookedAt: now, tryAt: null }, now);
    await markTold(tx, item.id, linked);
  });
}

async function refuse(app: App, item: WorkItem, reason: string): Promise<void> {
  const now = app.now();
  await changeWorkItem(app.db, item.id, { reason, tryAt: new Date(now.getTime() + refusedMilliseconds) }, now);
}
