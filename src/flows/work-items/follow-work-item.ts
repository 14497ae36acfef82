/**
 * Keeps a work item and its issues together. What people decided in Boards is taken over and never undone: one that they
 * closed while issues are open waits for somebody who confirms, and one that they opened again stays open.
 */
import { createHash } from "node:crypto";
import {
  commentOnWorkItem,
  commitArtifact,
  hasComment,
  pullRequestArtifact,
  type RemoteWorkItem,
  readWorkItemLinks,
  updateWorkItem,
  type WorkItemLink,
} from "#azure-devops/work-items.ts";
import type { WorkItemState } from "#model/work-item.ts";
import { issuesById } from "#store/issues.ts";
import { getRepository } from "#store/repositories.ts";
import { inTransaction } from "#store/transaction.ts";
import { getWorkItemSettings } from "#store/work-item-settings.ts";
import {
  changeWorkItem,
  fixPullRequestsOf,
  type LinkedIssue,
  linkIssues,
  listLinkedIssues,
  listLiveWorkItems,
  markTold,
  type WorkItemToSync,
} from "#store/work-items.ts";
import type { App } from "../app.ts";
import { commentOf } from "./describe-work-item.ts";
import { isDone, stateFor } from "./open-process.ts";
import type { SyncContext } from "./sync-work-items.ts";

interface Followed {
  readonly linked: readonly LinkedIssue[];
  readonly open: readonly LinkedIssue[];
  /** Of which it does not tell what is true now. */
  readonly news: readonly LinkedIssue[];
}

export async function followWorkItem(
  app: App,
  context: SyncContext,
  item: WorkItemToSync,
  remote: RemoteWorkItem,
): Promise<void> {
  const linked = await listLinkedIssues(app.db, item.id);
  const open = linked.filter(({ state }) => state === "open");
  const news = linked.filter(({ told, state }) => (told === "open") !== (state === "open") || told === null);
  const done = isDone(await context.process.states(remote.type), remote.state);
  const state = afterPeople(item.state, done, open.length);
  const followed = { linked, open, news };
  const seen = { ...item, state };
  if (news.length > 0 && state === "closed" && open.length > 0) {
    if (await joinLive(app, seen, followed)) return;
  }
  const after =
    news.length > 0 && state !== "closed-by-people" ? await tell(app, context, seen, followed, done) : undefined;
  await record(app, item, { ...followed, state: after?.state ?? settled(state, open.length) }, after?.remote ?? remote);
}

/** What people did in Boards since we last looked. */
function afterPeople(state: WorkItemState, done: boolean, open: number): WorkItemState {
  if (done && state === "open") return open > 0 ? "closed-by-people" : "closed";
  return !done && state === "closed-by-people" ? "open" : state;
}

/** Closed by people, and now there is nothing left to confirm. */
function settled(state: WorkItemState, open: number): WorkItemState {
  return state === "closed-by-people" && open === 0 ? "closed" : state;
}

/** Since it was closed, its group has got another one: what returned goes there. */
async function joinLive(app: App, item: WorkItemToSync, { open, linked }: Followed): Promise<boolean> {
  const live = await listLiveWorkItems(app.db, item.repositoryId);
  const other = live.find(({ key, id }) => key === item.key && id !== item.id);
  if (!other) return false;
  await inTransaction(app.db, async (tx) => {
    await linkIssues(
      tx,
      other,
      open.map(({ id }) => id),
    );
    await markTold(tx, item.id, linked);
  });
  return true;
}

/** One comment for all that happened, and the state that follows from it. */
async function tell(
  app: App,
  { client, process }: SyncContext,
  item: WorkItemToSync,
  followed: Followed,
  done: boolean,
): Promise<{ readonly state: WorkItemState; readonly remote?: RemoteWorkItem }> {
  const { projectId, number = 0, type = "" } = item;
  const { open } = followed;
  await comment(app, { client, process }, item, followed);
  const isOver = open.length === 0;
  const links = await linksOf(app, { client, process }, item, isOver);
  const isMoved = isOver ? item.state === "open" && !done : item.state === "closed" && done;
  const state = isOver ? "closed" : "open";
  if (!isMoved) {
    if (links.length === 0) return { state };
    return { state, remote: await updateWorkItem(client, projectId, number, { links }) };
  }
  const { settings } = await getWorkItemSettings(app.db, item.instanceId, projectId);
  const wanted = isOver ? settings.closedState : settings.reopenedState;
  const target = stateFor(await process.states(type), isOver ? "closed" : "reopened", wanted);
  if ("problem" in target) {
    await changeWorkItem(app.db, item.id, { reason: target.problem }, app.now());
    return { state: item.state };
  }
  const fields = { "System.State": target.name };
  return { state, remote: await updateWorkItem(client, projectId, number, { fields, links }) };
}

async function comment(
  app: App,
  { client }: SyncContext,
  item: WorkItemToSync,
  { news, open }: Followed,
): Promise<void> {
  const { projectId, number = 0 } = item;
  const rowsOf = async (which: (one: LinkedIssue) => boolean) =>
    issuesById(
      app.db,
      news.filter(which).map(({ id }) => id),
    );
  const told = {
    joined: await rowsOf((one) => one.told === null && one.state === "open"),
    returned: await rowsOf((one) => one.told === "over" && one.state === "open"),
    over: await rowsOf((one) => one.state !== "open"),
    open: open.length,
  };
  const mark = markOf(item, news);
  if (await hasComment(client, projectId, number, mark)) return;
  await commentOnWorkItem(client, projectId, number, commentOf(app, item, told, mark));
}

/** Of these news after what was told before: whoever was cut off finds the comment again. */
function markOf({ id, changedAt }: WorkItemToSync, news: readonly LinkedIssue[]): string {
  const about = news.map((one) => `${one.id} ${one.state}`).sort();
  const hash = createHash("sha256").update([id, changedAt.toISOString(), ...about].join("\n"));
  return `told-${hash.digest("hex").slice(0, 16)}`;
}

/** Pull requests of fixes, and the commit that was seen without the issues; what is linked already is left out. */
async function linksOf(
  app: App,
  { client }: SyncContext,
  item: WorkItemToSync,
  isOver: boolean,
): Promise<readonly WorkItemLink[]> {
  const { projectId, repositoryId, number = 0 } = item;
  const commit = isOver ? (await getRepository(app.db, repositoryId))?.scannedCommit : undefined;
  const pullRequests = await fixPullRequestsOf(app.db, item.id);
  const wanted = [
    ...pullRequests.map((one) => pullRequestArtifact(projectId, repositoryId, one)),
    ...(commit === undefined ? [] : [commitArtifact(projectId, repositoryId, commit)]),
  ];
  if (wanted.length === 0) return [];
  const there = new Set((await readWorkItemLinks(client, projectId, number)).map((url) => url.toLowerCase()));
  return wanted.filter(({ url }) => !there.has(url.toLowerCase()));
}

async function record(
  app: App,
  item: WorkItemToSync,
  { state, linked, open, news }: Followed & { readonly state: WorkItemState },
  remote: RemoteWorkItem,
): Promise<void> {
  const now = app.now();
  const who = remote.changedBy ?? "Somebody";
  const toConfirm = `${who} closed it in Boards while ${open.length} of its issues are open. Dismiss them if that was the decision, or take it up again.`;
  const reason = state === "closed-by-people" ? (item.state === state ? undefined : toConfirm) : null;
  const isNews = state !== item.state || remote.state !== item.remoteState || news.length > 0;
  await inTransaction(app.db, async (tx) => {
    const seen = { revision: remote.revision, lookedAt: now, tryAt: null };
    const change = { state, remoteState: remote.state, ...(reason !== undefined && { reason }) };
    await changeWorkItem(tx, item.id, isNews ? { ...seen, ...change } : seen, now);
    if (news.length > 0) await markTold(tx, item.id, linked);
  });
}
