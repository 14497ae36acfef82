/**
 * The merge that Azure DevOps tries by itself: `queued` first, then `succeeded` with a merge commit under
 * refs/pull/{id}/merge, or `conflicts`, or `failure`. Each new attempt makes the older ones moot.
 */
import { writeRefFile } from "../git/ref-files.ts";
import { GitFailed, inRepository, repositoryFolder, resolveRef } from "../git/repository-store.ts";
import type { OrganizationState, PullRequestState, RepositoryState, User, World } from "../world.ts";
import { completeIfAsked } from "./completion.ts";
import { writeMerge } from "./merge-trees.ts";
import { notesOf } from "./pull-request-notes.ts";
import { raisePullRequest } from "./raise-pull-request.ts";
import { note } from "./running-attempts.ts";
import { resolveSource } from "./source-branch.ts";

/** Emulator time between a cause and its merge attempt: long enough to be seen as `queued`. */
export const mergeDelay = 40;

export interface MergeCause {
  /** Who is named by the events; the creator for attempts that nobody asked for. */
  readonly by: string;
  /** A moved target branch is tried again silently. */
  readonly raises: boolean;
}

export function queueMerge(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  pullRequest: PullRequestState,
  cause: MergeCause,
): void {
  pullRequest.mergeStatus = "queued";
  delete pullRequest.lastMergeCommit;
  const attempt = {};
  notesOf(pullRequest).attempt = attempt;
  world.clock.after(mergeDelay, () =>
    note(
      world,
      inRepository(world, repository.id, async () => {
        if (notesOf(pullRequest).attempt !== attempt || pullRequest.status !== "active") return;
        await tryMerge(world, organization, repository, pullRequest, cause);
      }),
    ),
  );
}

async function tryMerge(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  pullRequest: PullRequestState,
  cause: MergeCause,
): Promise<void> {
  try {
    await merge(world, repository, pullRequest);
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    pullRequest.mergeStatus = "failure";
  }
  const notes = notesOf(pullRequest);
  if (notes.createdIsDue) {
    notes.createdIsDue = false;
    await raisePullRequest(world, organization, repository, pullRequest, { is: "created" });
  }
  if (cause.raises && !pullRequest.completionQueueTime)
    await raisePullRequest(world, organization, repository, pullRequest, { is: "merged", by: cause.by });
  await completeIfAsked(world, organization, repository, pullRequest);
}

/** Sets what came of merging the branches as they stand now. */
async function merge(world: World, repository: RepositoryState, pullRequest: PullRequestState): Promise<void> {
  const source = await resolveSource(world, pullRequest);
  const target = await resolveRef(world, repository.id, pullRequest.targetRefName);
  if (!source || !target) {
    pullRequest.mergeStatus = "failure";
    return;
  }
  pullRequest.lastMergeSourceCommit = source;
  pullRequest.lastMergeTargetCommit = target;
  const merged = await writeMerge(
    world,
    repository.id,
    creatorOf(world, pullRequest),
    target,
    source,
    mergeMessage(pullRequest),
  );
  if (merged === "conflicts") {
    pullRequest.mergeStatus = "conflicts";
    return;
  }
  await writeRefFile(repositoryFolder(world, repository.id), `refs/pull/${pullRequest.id}/merge`, merged);
  pullRequest.mergeStatus = "succeeded";
  pullRequest.lastMergeCommit = merged;
}

export function mergeMessage(pullRequest: PullRequestState): string {
  const short = (ref: string) => ref.replace(/^refs\/heads\//, "");
  return `Merge pull request ${pullRequest.id} from ${short(pullRequest.sourceRefName)} into ${short(pullRequest.targetRefName)}`;
}

export function creatorOf(world: World, pullRequest: PullRequestState): User {
  return (
    world.users.get(pullRequest.createdBy) ?? {
      id: pullRequest.createdBy,
      displayName: "Deleted user",
      mail: "deleted@example.com",
      descriptor: "",
    }
  );
}
