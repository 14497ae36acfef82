/**
 * Makes the threads of a pull request say what its findings say. Threads are recognised by the fingerprint that they carry,
 * so that a job which was killed between writing there and writing here finds its thread again instead of making another.
 */
import { listIterationChanges } from "#azure-devops/pull-requests.ts";
import { createThread, listThreads, type Thread, updateThread } from "#azure-devops/threads.ts";
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
  for (const row of withRoom(findings, threads)) {
    await reconcileThread(app, { client, pullRequest, row, thread: threads.get(row.fingerprint), trackingIds });
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

function withRoom(
  findings: readonly PullRequestFinding[],
  threads: ReadonlyMap<string, Thread>,
): readonly PullRequestFinding[] {
  const there = findings.filter(({ fingerprint }) => threads.has(fingerprint));
  const open = there.filter(({ state }) => state === "open").length;
  const others = findings
    .filter((row) => row.state === "open" && !threads.has(row.fingerprint) && !isMild(row.finding))
    .toSorted((a, b) => compareSeverity(a.finding.severity, b.finding.severity));
  return [...there, ...others.slice(0, Math.max(0, mostThreads - open))];
}

/** Asked only if a thread will be made. */
async function trackingIdsOf(
  { client, pullRequest, findings }: About,
  threads: ReadonlyMap<string, Thread>,
): Promise<ReadonlyMap<string, number>> {
  const isNeeded = findings.some(({ state, fingerprint }) => state === "open" && !threads.has(fingerprint));
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
    readonly row: PullRequestFinding;
    readonly thread: Thread | undefined;
    readonly trackingIds: ReadonlyMap<string, number>;
  },
): Promise<void> {
  const { client, pullRequest, row, thread } = about;
  const { repositoryId, number } = pullRequest;
  const remember = (threadId: number, state: string) =>
    row.threadId === threadId && row.postedState === state
      ? undefined
      : setFindingThread(app.db, repositoryId, number, row.fingerprint, threadId, state);
  const content = writeComment(row.finding, pullRequestAddress(app.publicUrl, repositoryId, number));
  const action = decideThread(row.state, thread?.status);
  if (!thread) {
    if (action === "create") await remember(await makeThread(about, content), "active");
    return;
  }
  if (row.state === "open") await correctComment(about, thread, content);
  if (action === "resolve") await updateThread(client, repositoryId, number, thread.id, "fixed");
  if (action === "reactivate") await updateThread(client, repositoryId, number, thread.id, "active");
  await remember(thread.id, action === "resolve" ? "fixed" : action === "reactivate" ? "active" : thread.status);
}

async function makeThread(
  { client, pullRequest, row, trackingIds }: Parameters<typeof reconcileThread>[1],
  content: string,
): Promise<number> {
  const { at } = row.finding;
  const { id } = await createThread(client, pullRequest.repositoryId, pullRequest.number, {
    content: signComment(content, client.actsAs),
    status: "active",
    properties: { [fingerprintProperty]: row.fingerprint },
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
