/**
 * Makes the threads of a pull request say what its findings and the verdict on them say, and the summary with them. Threads
 * are recognised by what they carry, so that a job which was killed between writing there and writing here finds its thread
 * again instead of making another.
 */
import { listIterationChanges } from "#azure-devops/pull-requests.ts";
import { createThread, listThreads, type Thread, type ThreadStatus, updateThread } from "#azure-devops/threads.ts";
import type { Finding, LiveAnswer } from "#model/finding.ts";
import type { Policy } from "#model/policy.ts";
import type { IterationChange } from "#model/pull-request.ts";
import type { Problem } from "#model/scan-result.ts";
import { isSpan, type Span } from "#model/span.ts";
import type { Verdict } from "#model/verdict.ts";
import { type PullRequestFinding, setFindingThread } from "#store/pull-requests/pull-request-findings.ts";
import type { PullRequestRow } from "#store/pull-requests/pull-requests.ts";
import { findSecretChecks } from "#store/secrets/secret-checks.ts";
import type { App } from "../app.ts";
import type { ActingClient } from "../instances/open-organization.ts";
import { askedOf } from "./asked-of.ts";
import { correctComment } from "./correct-comment.ts";
import { decideThread } from "./decide-thread.ts";
import { informationalStatus } from "./informational-status.ts";
import { onlyInCommits } from "./only-in-commits.ts";
import { fingerprintProperty, groupProperty, lastSetOf, madeAsProperty } from "./own-threads.ts";
import { placeOf } from "./place-of.ts";
import { type Conversation, planThreads } from "./plan-threads.ts";
import { pullRequestAddress } from "./pull-request-status.ts";
import { readEditedTexts } from "./read-edited-texts.ts";
import { reconcileSummary } from "./reconcile-summary.ts";
import { isAboutCommits } from "./say-unread.ts";
import { type EditedText, type LineRange, linesOf, suggestEdit } from "./suggest-edit.ts";
import { type Topic, topicsOf } from "./topics.ts";
import { isSecret, signComment, writeComment } from "./write-comment.ts";
import { writeGroup } from "./write-group.ts";

export interface AboutPullRequest {
  readonly client: ActingClient;
  readonly pullRequest: PullRequestRow & { readonly scannedIteration: number };
  readonly findings: readonly PullRequestFinding[];
  /** What the scan could not read. */
  readonly unread: readonly Problem[];
  readonly verdict: Verdict;
  /** Those that decided, by their names. */
  readonly policies: readonly Pick<Policy, "id" | "name">[];
}

/** What all conversations need, asked for once, and only where some conversation needs it. */
interface Context extends AboutPullRequest {
  readonly informational: "active" | "closed";
  readonly texts: ReadonlyMap<string, EditedText>;
  readonly live: ReadonlyMap<string, LiveAnswer>;
  /** By path. */
  readonly changes: ReadonlyMap<string, IterationChange>;
}

export async function reconcileThreads(app: App, about: AboutPullRequest): Promise<void> {
  const { client, pullRequest, findings, unread, verdict } = about;
  if (findings.length === 0 && pullRequest.summaryThreadId === undefined && !unread.some(isAboutCommits)) return;
  const threads = await listThreads(client, pullRequest.repositoryId, pullRequest.number);
  const topics = topicsOf(findings, askedOf(verdict));
  const conversations = planThreads(topics, threads);
  const context = await contextOf(app, about, conversations);
  const told = new Map<Topic, number>();
  for (const conversation of conversations) {
    const threadId = await reconcileThread(app, context, conversation);
    if (!conversation.thread?.isDeleted) for (const topic of conversation.topics) told.set(topic, threadId);
  }
  await reconcileSummary(app, { ...about, threads, topics, told });
}

async function contextOf(app: App, about: AboutPullRequest, conversations: readonly Conversation[]): Promise<Context> {
  const { client, pullRequest } = about;
  const { repositoryId, number, scannedIteration } = pullRequest;
  const isNew = conversations.some(({ thread, is }) => !thread && is !== "rule");
  const changes = isNew ? await listIterationChanges(client, repositoryId, number, scannedIteration) : [];
  const isInformed = conversations.some((one) => !one.thread?.isDeleted && isInformation(one));
  const paths = conversations.flatMap((one) => {
    const finding = one.is === "one" && !one.thread?.isDeleted ? one.topics[0].rows[0].finding : undefined;
    return finding?.fix && one.topics[0].state === "open" ? finding.fix.edits.map(({ at }) => at.path) : [];
  });
  return {
    ...about,
    informational: isInformed ? await informationalStatus(app, client, pullRequest) : "closed",
    texts: await readEditedTexts(app, pullRequest, paths),
    live: await liveAnswers(app, about),
    changes: new Map(changes.map((change) => [change.path, change])),
  };
}

async function liveAnswers(
  app: App,
  { pullRequest, findings }: AboutPullRequest,
): Promise<ReadonlyMap<string, LiveAnswer>> {
  const secrets = findings.filter(({ finding }) => finding.rule.startsWith("secrets/"));
  const fingerprints = secrets.map(({ fingerprint }) => fingerprint);
  const checks = await findSecretChecks(app.db, pullRequest.instanceId, fingerprints);
  const answers = [...checks].map(([fingerprint, { verdict, reason, at, isByItself }]) => {
    return [fingerprint, { verdict, reason, at: at.toISOString(), isByItself }] as const;
  });
  return new Map(answers);
}

/** Answers the thread's id. */
async function reconcileThread(app: App, context: Context, conversation: Conversation): Promise<number> {
  const { client, pullRequest } = context;
  const { repositoryId, number } = pullRequest;
  const { thread } = conversation;
  const rows = conversation.topics.flatMap((topic) => topic.rows);
  const wanted = wantedStatus(conversation, context.informational);
  if (!thread) {
    const id = await makeThread(app, context, conversation, wanted);
    await remember(app, pullRequest, rows, { id, postedState: wanted });
    return id;
  }
  // What people deleted stays deleted.
  if (!thread.isDeleted) {
    if (isOpen(conversation) || isSolvedSecret(conversation))
      await correctComment(context, thread, contentOf(app, context, conversation));
    const next = decideThread(wanted, thread.status, lastSetOf(thread, rows));
    if (next) await updateThread(client, repositoryId, number, thread.id, next);
    if (next || thread.status === wanted) {
      await remember(app, pullRequest, rows, { id: thread.id, postedState: wanted });
      return thread.id;
    }
  }
  await remember(app, pullRequest, rows, { id: thread.id, postedState: undefined });
  return thread.id;
}

async function remember(
  app: App,
  { repositoryId, number }: PullRequestRow,
  rows: readonly PullRequestFinding[],
  thread: { readonly id: number; readonly postedState: string | undefined },
): Promise<void> {
  const { id, postedState } = thread;
  const changed = rows.filter(
    (row) => row.threadId !== id || (postedState !== undefined && row.postedState !== postedState),
  );
  if (changed.length === 0) return;
  const fingerprints = changed.map(({ fingerprint }) => fingerprint);
  await setFindingThread(app.db, repositoryId, number, fingerprints, thread);
}

/** Active while something in it must be done; what is only to be known waits for nobody. */
function wantedStatus(conversation: Conversation, informational: ThreadStatus): ThreadStatus {
  const { topics } = conversation;
  if (topics.some(({ asks }) => asks === "block")) return "active";
  if (topics.some(({ asks }) => asks === "comment")) return informational;
  if (isOpen(conversation)) return "closed";
  return topics.every(({ state }) => state === "fixed") ? "fixed" : "wontFix";
}

function isOpen({ topics }: Conversation): boolean {
  return topics.some(({ state }) => state === "open");
}

/** A secret that is taken out of the files is not taken back by that: its comment says so. */
function isSolvedSecret({ is, topics: [{ state, rows }] }: Conversation): boolean {
  return is === "one" && state === "fixed" && isSecret(rows[0].finding);
}

function isInformation(conversation: Conversation): boolean {
  return isOpen(conversation) && conversation.topics.every(({ asks }) => asks !== "block");
}

async function makeThread(
  app: App,
  context: Context,
  conversation: Conversation,
  status: ThreadStatus,
): Promise<number> {
  const { client, pullRequest, changes, texts } = context;
  const { is, key, topics } = conversation;
  const { finding } = topics[0].rows[0];
  const { at } = finding;
  const property = is === "one" ? fingerprintProperty : groupProperty;
  const text = is === "one" && isSpan(at) ? texts.get(at.path) : undefined;
  const { id } = await createThread(client, pullRequest.repositoryId, pullRequest.number, {
    content: signComment(contentOf(app, context, conversation), client.actsAs),
    status,
    properties: { [property]: key, [madeAsProperty]: status },
    iteration: pullRequest.scannedIteration,
    // What is alike in many files is in none of them, nor is what only commits hold.
    ...(is !== "rule" && onlyInCommits(finding) === undefined && placeOf(at, changes, text)),
  });
  return id;
}

function contentOf(app: App, { pullRequest, texts, live }: Context, conversation: Conversation): string {
  const consoleAddress = pullRequestAddress(app.publicUrl, pullRequest.repositoryId, pullRequest.number);
  const telling = { consoleAddress, isInformation: isInformation(conversation), live };
  const { is, topics, thread } = conversation;
  if (is !== "one") return writeGroup(conversation, telling);
  const told = toldOf(topics[0]);
  const edit = suggestEdit(told[0], texts, linesUnder(told[0], thread));
  return writeComment(told, {
    ...telling,
    ...{
      edit,
      isSolved: isSolvedSecret(conversation),
      now: isOpen(conversation) ? elsewhere(told[0], thread) : undefined,
    },
  });
}

/** What is solved needs no words any more, unless all of it is. */
function toldOf({ state, rows: [first, ...others] }: Topic): readonly [Finding, ...Finding[]] {
  return [first.finding, ...others.filter((row) => row.state === state).map(({ finding }) => finding)];
}

/** Azure DevOps moves a thread with its lines, but not to another file that holds the same, and not to one where it had no place. */
function elsewhere(finding: Finding, thread: Thread | undefined): Span | undefined {
  const { at } = finding;
  if (thread === undefined || !isSpan(at) || onlyInCommits(finding) !== undefined) return undefined;
  return thread.place?.path === at.path ? undefined : at;
}

/** The lines that the thread is on: Azure DevOps moves it with its lines, so their number must be the same. */
function linesUnder({ at }: Finding, thread: Thread | undefined): LineRange | undefined {
  if (!isSpan(at)) return undefined;
  const lines = linesOf(at);
  if (!thread) return lines;
  const { place } = thread;
  if (place?.side !== "right") return undefined;
  return place.endLine - place.startLine === lines.endLine - lines.startLine ? lines : undefined;
}
