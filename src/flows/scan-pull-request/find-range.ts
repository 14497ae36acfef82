/** Finds the two commits to compare: the source's tip, and the commit that it has in common with its target. */
import type { Mirror } from "#git/mirror.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { App } from "../app.ts";
import { fetchMirror } from "../repositories/fetch-mirror.ts";
import type { CurrentPullRequest } from "./read-pull-request.ts";

export interface CommitPair {
  /** Absent if source and target share no history: then everything is new. */
  readonly from?: string;
  readonly to: string;
}

export async function findRange(app: App, mirror: Mirror, current: CurrentPullRequest): Promise<CommitPair> {
  const { iteration } = current;
  const to = (await mirror.resolve(iteration.sourceCommit)) ?? (await fetchMergeRef(app, mirror, current));
  const from =
    (iteration.commonCommit && (await mirror.resolve(iteration.commonCommit))) ||
    (await mergeBase(mirror, to, iteration.targetCommit));
  return from ? { from, to } : { to };
}

/** The source branch of a fork is in another repository; its commits come with the merge that Azure DevOps prepares. */
async function fetchMergeRef(app: App, mirror: Mirror, { repository, pullRequest, iteration }: CurrentPullRequest) {
  const again = await fetchMirror(app, repository, { refs: [`refs/pull/${pullRequest.number}/merge`] });
  again.release();
  const found = await mirror.resolve(iteration.sourceCommit);
  // Either the next push replaced it, or the merge is not prepared yet: looking again shows which.
  if (!found) {
    const message = `The commit ${iteration.sourceCommit} cannot be fetched: if it is of a fork, it comes with the merge into the target, which has conflicts or is not prepared yet.`;
    throw new RemoteError("unavailable", message);
  }
  return found;
}

async function mergeBase(mirror: Mirror, source: string, target: string): Promise<string | undefined> {
  return (await mirror.resolve(target)) ? mirror.mergeBase(source, target) : undefined;
}
