/** Merges made from git objects alone: no working tree, commits written straight into the bare repository. */

import { type CommitData, readCommits, type Signature } from "../git/read-commits.ts";
import { GitFailed, git, tryGit } from "../git/repository-store.ts";
import type { User, World } from "../world.ts";

/** The tree of merging two commits, or "conflicts". */
export async function mergedTree(world: World, repositoryId: string, ours: string, theirs: string): Promise<string> {
  try {
    const output = await git(world, repositoryId, [
      "merge-tree",
      "--write-tree",
      "--allow-unrelated-histories",
      ours,
      theirs,
    ]);
    return output.toString().trim();
  } catch (error) {
    if (error instanceof GitFailed && error.exitCode === 1) return "conflicts";
    throw error;
  }
}

export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author?: Signature;
}

/** Writes a commit in the name of the user, unless it keeps another author. */
export async function writeCommit(world: World, repositoryId: string, user: User, commit: NewCommit): Promise<string> {
  const date = world.clock.now().toISOString();
  const author = commit.author ?? { name: user.displayName, email: user.mail, date };
  const parents = commit.parents.flatMap((parent) => ["-p", parent]);
  const id = await git(world, repositoryId, ["commit-tree", commit.tree, ...parents, "-F", "-"], commit.message, {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: author.date,
    GIT_COMMITTER_NAME: user.displayName,
    GIT_COMMITTER_EMAIL: user.mail,
    GIT_COMMITTER_DATE: date,
  });
  return id.toString().trim();
}

/** Replays the commits of `source` that `target` lacks on top of it; the new tip, or "conflicts". */
export async function rebase(
  world: World,
  repositoryId: string,
  user: User,
  target: string,
  source: string,
): Promise<string> {
  const commits = await readCommits(world, repositoryId, ["--reverse", "--no-merges", `${target}..${source}`]);
  let tip = target;
  for (const commit of commits) {
    const tree = await replayedTree(world, repositoryId, user, tip, commit);
    if (tree === "conflicts") return tree;
    tip = await writeCommit(world, repositoryId, user, {
      tree,
      parents: [tip],
      message: commit.comment,
      author: commit.author,
    });
  }
  return tip;
}

/**
 * A three-way merge with the commit's parent as base. git 2.39 cannot be told the base, so both sides are written again
 * as children of one commit that holds the base's tree.
 */
async function replayedTree(
  world: World,
  repositoryId: string,
  user: User,
  tip: string,
  commit: CommitData,
): Promise<string> {
  const treeOf = async (id: string) => (await tryGit(world, repositoryId, ["rev-parse", `${id}^{tree}`])) ?? "";
  const parent = commit.parents[0];
  const emptyTree = async () => (await git(world, repositoryId, ["mktree"], "")).toString().trim();
  const baseTree = parent ? await treeOf(parent) : await emptyTree();
  const base = await writeCommit(world, repositoryId, user, { tree: baseTree, parents: [], message: "base" });
  const side = (tree: string) => writeCommit(world, repositoryId, user, { tree, parents: [base], message: "side" });
  return mergedTree(world, repositoryId, await side(await treeOf(tip)), await side(commit.treeId));
}

/** The merge commit of a pull request that has no conflicts. */
export async function writeMerge(
  world: World,
  repositoryId: string,
  user: User,
  target: string,
  source: string,
  message: string,
): Promise<string> {
  const tree = await mergedTree(world, repositoryId, target, source);
  if (tree === "conflicts") return tree;
  return writeCommit(world, repositoryId, user, { tree, parents: [target, source], message });
}
