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
import { getWorkItemSettings } from "#store/fixes/work-item-settings.ts";
import {
  changeWorkItem,
  fixPullRequestsOf,
  type LinkedIssue,
  listLinkedIssues,
  markTold,
  noteLinkedPullRequests,
  type WorkItemToSync,
} from "#store/fixes/work-items.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { issuesById } from "#store/issues/issues.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { commentOf } from "./describe-work-item.ts";
import { joinLive } from "./join-live.ts";
import { isDone, stateFor } from "./open-process.ts";
import { refusedMilliseconds, type SyncContext } from "./sync-context.ts";

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
  const isBack = state === "closed" ? news.length > 0 && open.length > 0 : state === "open" && item.state !== "open";
  if (isBack && (await joinLive(app, seen, { linked, remote }))) return;
  const isSilent = news.length === 0 || state === "closed-by-people";
  if (isSilent) await linkFixes(app, context, seen);
  const told = isSilent
    ? { state: settled(state, open.length) }
    : await tell(app, context, seen, { ...followed, remote });
  if ("problem" in told) return refuse(app, item, told.problem);
  await record(app, item, { ...followed, state: told.state }, told.remote ?? remote);
}

/** Told again in an hour; what was said already is found by its mark. */
async function refuse(app: App, item: WorkItemToSync, reason: string): Promise<void> {
  const now = app.now();
  const tryAt = new Date(now.getTime() + refusedMilliseconds);
  await changeWorkItem(app.db, item.id, { reason, tryAt, lookedAt: now }, now);
}

/** What people did in Boards since we last looked. */
function afterPeople(state: WorkItemState, done: boolean, open: number): WorkItemState {
  const isBack = state === "gone";
  if (done && (state === "open" || isBack)) return open > 0 ? "closed-by-people" : "closed";
  return !done && (state === "closed-by-people" || isBack) ? "open" : state;
}

/** Closed by people, and now there is nothing left to confirm. */
function settled(state: WorkItemState, open: number): WorkItemState {
  return state === "closed-by-people" && open === 0 ? "closed" : state;
}

type Told =
  | { readonly state: WorkItemState; readonly remote?: RemoteWorkItem }
  /** In words, why the state cannot follow. */
  | { readonly problem: string };

/** One comment for all that happened, and the state that follows from it. */
async function tell(
  app: App,
  context: SyncContext,
  item: WorkItemToSync,
  followed: Followed & { readonly remote: RemoteWorkItem },
): Promise<Told> {
  const { client, process } = context;
  const { projectId, number = 0 } = item;
  const { open, remote } = followed;
  await comment(app, context, item, followed);
  await linkFixes(app, context, item);
  const isOver = open.length === 0;
  const states = await process.states(remote.type);
  const done = isDone(states, remote.state);
  const state = isOver ? "closed" : "open";
  const isMoved = isOver ? item.state === "open" && !done : item.state === "closed" && done;
  if (!isMoved) return { state };
  const { settings } = await getWorkItemSettings(app.db, item.instanceId, projectId);
  const wanted = isOver ? settings.closedState : settings.reopenedState;
  const target = stateFor(states, isOver ? "closed" : "reopened", wanted);
  if ("problem" in target) return target;
  const links = isOver ? await fixedIn(app, context, item) : [];
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
function markOf({ id, tellings }: WorkItemToSync, news: readonly LinkedIssue[]): string {
  const about = news.map((one) => `${one.id} ${one.state}`).sort();
  const hash = createHash("sha256").update([id, tellings, ...about].join("\n"));
  return `told-${hash.digest("hex").slice(0, 16)}`;
}

/** The commit that was seen without the issues. */
async function fixedIn(app: App, context: SyncContext, item: WorkItemToSync): Promise<readonly WorkItemLink[]> {
  const commit = (await getRepository(app.db, item.repositoryId))?.scannedCommit;
  if (commit === undefined) return [];
  return notLinked(context, item, [commitArtifact(item.projectId, item.repositoryId, commit)]);
}

/** Pull requests of fixes that came since it was made. */
async function linkFixes(app: App, context: SyncContext, item: WorkItemToSync): Promise<void> {
  const { id, projectId, repositoryId, number = 0, pullRequests: before } = item;
  const pullRequests = await fixPullRequestsOf(app.db, id);
  if (pullRequests.every((one) => before.includes(one))) return;
  const wanted = pullRequests.map((one) => pullRequestArtifact(projectId, repositoryId, one));
  const links = await notLinked(context, item, wanted);
  if (links.length > 0) await updateWorkItem(context.client, projectId, number, { links });
  await noteLinkedPullRequests(app.db, id, pullRequests);
}

/** A link that is there already is refused. */
async function notLinked(
  { client }: SyncContext,
  { projectId, number = 0 }: WorkItemToSync,
  wanted: readonly WorkItemLink[],
): Promise<readonly WorkItemLink[]> {
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
