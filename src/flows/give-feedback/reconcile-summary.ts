/** Keeps the one comment that sums a pull request up: made when there is something to say, edited in place from then on. */
import { createThread, type Thread } from "#azure-devops/threads.ts";
import { exceptionsOfPullRequest } from "#store/exceptions/pull-request-exceptions.ts";
import { setSummaryThread } from "#store/pull-requests/pull-requests.ts";
import type { App } from "../app.ts";
import { correctComment } from "./correct-comment.ts";
import { formerSummaryProperty, summaryProperty } from "./own-threads.ts";
import { pullRequestAddress } from "./pull-request-status.ts";
import type { AboutPullRequest } from "./reconcile-threads.ts";
import { isAboutCommits } from "./say-unread.ts";
import type { Topic } from "./topics.ts";
import { signComment } from "./write-comment.ts";
import { writeSummary } from "./write-summary.ts";

export interface AboutSummary extends AboutPullRequest {
  readonly threads: readonly Thread[];
  readonly topics: readonly Topic[];
  /** The thread of each that has one. */
  readonly told: ReadonlyMap<Topic, number>;
}

export async function reconcileSummary(app: App, about: AboutSummary): Promise<void> {
  const { client, pullRequest, threads } = about;
  const { repositoryId, number, scannedIteration, summaryThreadId } = pullRequest;
  const own = threads.filter(({ properties }) => summaryProperty in properties || formerSummaryProperty in properties);
  // What people deleted is not made again; where it is not even listed any more, its number is still known here.
  if (own.length === 0 && (summaryThreadId !== undefined || !isWorthSaying(about))) return;
  if (own.length > 0 && own.every(({ isDeleted }) => isDeleted)) return;
  const content = writeSummary({ ...about, ...(await readRest(app, about)) });
  // Only its author may edit a comment: another credential has one of its own, and the newest is the one that counts.
  for (const thread of own.filter(({ isDeleted }) => !isDeleted).toSorted((a, b) => b.id - a.id)) {
    if (!(await correctComment(about, thread, content))) continue;
    if (thread.id !== summaryThreadId) await setSummaryThread(app.db, repositoryId, number, thread.id);
    return;
  }
  const { id } = await createThread(client, repositoryId, number, {
    content: signComment(content, client.actsAs),
    // Nobody must answer it before the pull request may be completed.
    status: "closed",
    properties: {
      [summaryProperty]: own.length === 0 ? "first" : `after ${Math.max(...own.map((thread) => thread.id))}`,
    },
    iteration: scannedIteration,
  });
  await setSummaryThread(app.db, repositoryId, number, id);
}

/** What policies only record needs no comment, and a clean pull request none at all, unless commits were not searched. */
function isWorthSaying({ topics, verdict, unread }: AboutSummary): boolean {
  if (verdict.outcome !== "passed" || unread.some(isAboutCommits)) return true;
  return topics.some(({ state, asks }) => asks !== undefined || state === "silenced" || state === "dismissed");
}

async function readRest(app: App, { pullRequest }: AboutSummary) {
  const { repositoryId, number } = pullRequest;
  return {
    exceptions: await exceptionsOfPullRequest(app.db, repositoryId, number),
    consoleAddress: pullRequestAddress(app.publicUrl, repositoryId, number),
  };
}
