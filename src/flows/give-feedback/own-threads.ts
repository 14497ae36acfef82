/** Threads that are ours, by the properties that they carry: a job that was killed after writing one finds it again. */
import type { Thread } from "#azure-devops/threads.ts";
import type { PullRequestFinding } from "#store/pull-requests/pull-request-findings.ts";

/** Of a thread about one topic: the topic's fingerprint. */
export const fingerprintProperty = "sallyport.fingerprint";
/** Of a thread about many of a kind: `file:` or `rule:` and what they have in common. */
export const groupProperty = "sallyport.group";
/** Of the one that sums up. */
export const summaryProperty = "sallyport.summary";
/** The summary of former editions, which told only what was silenced. */
export const formerSummaryProperty = "sallyport.silenced";
/** The state that it was made with, in case nobody lived to write it down here. */
export const madeAsProperty = "sallyport.made-as";

/** What we last set it to. */
export function lastSetOf(thread: Thread, rows: readonly PullRequestFinding[]): string {
  const known = rows.find(({ threadId, postedState }) => threadId === thread.id && postedState !== undefined);
  return known?.postedState ?? thread.properties[madeAsProperty] ?? "active";
}
