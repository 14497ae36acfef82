/** Iterations: each new source tip or target branch makes one; what changed in it comes from git. */
import { git, resolveRef, tryGit } from "../git/repository-store.ts";
import type { IterationState, PullRequestState, RepositoryState, World } from "../world.ts";
import { trackingId } from "./pull-request-notes.ts";
import { resolveSource } from "./source-branch.ts";

/** Adds the next iteration from where the branches stand now; undefined when a branch is gone or nothing is new. */
export async function addIteration(
  world: World,
  repository: RepositoryState,
  pullRequest: PullRequestState,
  userId: string,
  reason: IterationState["reason"],
): Promise<IterationState | undefined> {
  const sourceCommit = await resolveSource(world, pullRequest);
  const targetCommit = await resolveRef(world, repository.id, pullRequest.targetRefName);
  if (!sourceCommit || !targetCommit) return undefined;
  const last = pullRequest.iterations.at(-1);
  if (last?.sourceCommit === sourceCommit && reason !== "retarget") return undefined;
  const base = await tryGit(world, repository.id, ["merge-base", targetCommit, sourceCommit]);
  const iteration: IterationState = {
    id: pullRequest.iterations.length + 1,
    createdDate: world.clock.now(),
    userId,
    reason,
    sourceCommit,
    targetCommit,
    commonCommit: base?.split("\n")[0] || targetCommit,
  };
  pullRequest.iterations.push(iteration);
  pullRequest.lastMergeSourceCommit = sourceCommit;
  pullRequest.lastMergeTargetCommit = targetCommit;
  for (const change of await treeChanges(world, repository.id, iteration.commonCommit, sourceCommit))
    trackingId(pullRequest, change.path, change.originalPath);
  return iteration;
}

export interface TreeChange {
  readonly path: string;
  readonly originalPath?: string;
  readonly changeType: "add" | "edit" | "delete" | "rename" | "edit, rename";
  readonly objectId?: string;
  readonly originalObjectId?: string;
}

/** What differs between the trees of two commits, paths with a leading slash. */
export async function treeChanges(
  world: World,
  repositoryId: string,
  from: string,
  to: string,
): Promise<readonly TreeChange[]> {
  const output = await git(world, repositoryId, ["diff-tree", "-r", "-z", "--raw", "--no-abbrev", "-M", from, to]);
  const fields = output.toString().split("\0");
  const changes: TreeChange[] = [];
  for (let at = 0; at < fields.length; ) {
    const [, , before = "", after = "", status = ""] = (fields[at++] ?? "").split(" ");
    if (status === "") break;
    const first = `/${fields[at++] ?? ""}`;
    if (status.startsWith("R") || status.startsWith("C")) {
      const path = `/${fields[at++] ?? ""}`;
      const changeType = before === after ? "rename" : "edit, rename";
      changes.push({ path, originalPath: first, changeType, objectId: after, originalObjectId: before });
    } else if (status === "A") changes.push({ path: first, changeType: "add", objectId: after });
    else if (status === "D") changes.push({ path: first, changeType: "delete", originalObjectId: before });
    else changes.push({ path: first, changeType: "edit", objectId: after, originalObjectId: before });
  }
  return changes;
}
