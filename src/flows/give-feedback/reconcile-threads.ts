/**
 * Makes the threads of a pull request say what its findings say. Threads are recognised by the fingerprint that they carry,
 * so that a job which was killed between writing there and writing here finds its thread again instead of making another.
 */
import { listIterationChanges } from "#azure-devops/pull-requests.ts";
import { createThread, listThreads, type Thread, updateThread } from "#azure-devops/threads.ts";
import type { Finding } from "#model/finding.ts";
import { compareSeverity } from "#model/severity.ts";
import { isSpan, type Span } from "#model/span.ts";
import { type PullRequestFinding, setFindingThread } from "#store/pull-request-findings.ts";
import type { PullRequestRow } from "#store/pull-requests.ts";
import type { App } from "../app.ts";
import type { ActingClient } from "../open-organization.ts";
import { pullRequestAddress } from "../pull-request-status.ts";
import { correctComment } from "./correct-comment.ts";
import { decideThread } from "./decide-thread.ts";
import { isMild } from "./is-mild.ts";
import { tellSilenced } from "./tell-silenced.ts";
import { type Topic, topicsOf } from "./topics.ts";
import { signComment, writeComment } from "./write-comment.ts";

export const fingerprintProperty = "sallyport.fingerprint";

interface About {
  readonly client: ActingClient;
  readonly pullRequest: PullRequestRow & { readonly scannedIteration: number };
  readonly findings: readonly PullRequestFinding[];
}

export async function reconcileThreads(app: App, about: About): Promise<void> {
  if (about.findings.length === 0) return;
  const { client, pullRequest, findings } = about;
  const all = await listThreads(client, pullRequest.repositoryId, pullRequest.number);
  const threads = ownThreads(all);
  const trackingIds = await trackingIdsOf(about, threads);
  for (const topic of withRoom(topicsOf(findings), threads)) {
    await reconcileThread(app, { client, pullRequest, topic, thread: threads.get(topic.fingerprint), trackingIds });
  }
  await tellSilenced(app, { client, pullRequest, findings, threads: all });
}

/** By fingerprint. Should there ever be two of one, the first is the one that people answered in. */
function ownThreads(threads: readonly Thread[]): ReadonlyMap<string, Thread> {
  const own = new Map<string, Thread>();
  for (const thread of threads.toSorted((a, b) => a.id - b.id)) {
    const fingerprint = thread.properties[fingerprintProperty];
    if (fingerprint !== undefined && !own.has(fingerprint)) own.set(fingerprint, thread);
  }
  return own;
}

/**
 * Nobody reads hundreds of threads, and each is a mail to the reviewers: beyond these the worst are told. The status
 * counts all, and the console shows them.
 */
const mostThreads = 30;

function withRoom(topics: readonly Topic[], threads: ReadonlyMap<string, Thread>): readonly Topic[] {
  const there = topics.filter(({ fingerprint }) => threads.has(fingerprint));
  const open = there.filter(({ state }) => state === "open").length;
  const others = topics
    .filter(({ state, fingerprint, rows }) => state === "open" && !threads.has(fingerprint) && !isMild(rows[0].finding))
    .toSorted((a, b) => compareSeverity(a.rows[0].finding.severity, b.rows[0].finding.severity));
  return [...there, ...others.slice(0, Math.max(0, mostThreads - open))];
}

/** Asked only if a thread will be made. */
async function trackingIdsOf(
  { client, pullRequest, findings }: About,
  threads: ReadonlyMap<string, Thread>,
): Promise<ReadonlyMap<string, number>> {
  const isNeeded = topicsOf(findings).some(({ state, fingerprint }) => state === "open" && !threads.has(fingerprint));
  if (!isNeeded) return new Map();
  const { repositoryId, number, scannedIteration } = pullRequest;
  const changes = await listIterationChanges(client, repositoryId, number, scannedIteration);
  return new Map(changes.map(({ path, changeTrackingId }) => [path.replace(/^\//, ""), changeTrackingId]));
}

async function reconcileThread(
  app: App,
  about: {
    readonly client: ActingClient;
    readonly pullRequest: About["pullRequest"];
    readonly topic: Topic;
    readonly thread: Thread | undefined;
    readonly trackingIds: ReadonlyMap<string, number>;
  },
): Promise<void> {
  const { client, pullRequest, topic, thread } = about;
  const { repositoryId, number } = pullRequest;
  const remember = async (threadId: number, state: string): Promise<void> => {
    for (const row of topic.rows) {
      if (row.threadId === threadId && row.postedState === state) continue;
      await setFindingThread(app.db, repositoryId, number, row.fingerprint, threadId, state);
    }
  };
  const content = writeComment(toldOf(topic), pullRequestAddress(app.publicUrl, repositoryId, number));
  const action = decideThread(topic.state, thread?.status);
  if (!thread) {
    if (action === "create") await remember(await makeThread(about, content), "active");
    return;
  }
  if (topic.state === "open") await correctComment(about, thread, content);
  if (action === "resolve") await updateThread(client, repositoryId, number, thread.id, "fixed");
  if (action === "reactivate") await updateThread(client, repositoryId, number, thread.id, "active");
  await remember(thread.id, action === "resolve" ? "fixed" : action === "reactivate" ? "active" : thread.status);
}

/** What is solved needs no words any more, unless all of it is. */
function toldOf({ state, rows: [first, ...others] }: Topic): readonly [Finding, ...Finding[]] {
  return [first.finding, ...others.filter((row) => row.state === state).map(({ finding }) => finding)];
}

async function makeThread(
  { client, pullRequest, topic, trackingIds }: Parameters<typeof reconcileThread>[1],
  content: string,
): Promise<number> {
  const { at } = topic.rows[0].finding;
  const { id } = await createThread(client, pullRequest.repositoryId, pullRequest.number, {
    content: signComment(content, client.actsAs),
    status: "active",
    properties: { [fingerprintProperty]: topic.fingerprint },
    iteration: pullRequest.scannedIteration,
    ...(isSpan(at) && placeOf(at, trackingIds)),
  });
  return id;
}

/** New findings stand in the new version of a file: the right side. */
function placeOf(at: Span, trackingIds: ReadonlyMap<string, number>) {
  const changeTrackingId = trackingIds.get(at.path);
  return {
    path: at.path,
    span: at,
    side: "right" as const,
    ...(changeTrackingId !== undefined && { changeTrackingId }),
  };
}
