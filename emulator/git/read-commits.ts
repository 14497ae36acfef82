/** Commits of a repository as data, in the order in which `git log` lists them. */
import type { World } from "../world.ts";
import { git } from "./repository-store.ts";

export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

export interface CommitData {
  readonly commitId: string;
  readonly treeId: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly comment: string;
}

const format = ["%H", "%T", "%P", "%an", "%ae", "%at", "%cn", "%ce", "%ct", "%B"].join("%x00");

/** Arguments as of `git log`: revisions, limits, `--` paths. */
export async function readCommits(world: World, repositoryId: string, args: readonly string[]): Promise<CommitData[]> {
  const output = await git(world, repositoryId, ["log", "-z", `--format=${format}`, ...args]);
  const fields = output.toString().split("\0");
  const commits: CommitData[] = [];
  for (let at = 0; at + 9 < fields.length; at += 10) {
    const [commitId = "", treeId = "", parents = "", an = "", ae = "", at_ = "", cn = "", ce = "", ct = "", body = ""] =
      fields.slice(at, at + 10);
    commits.push({
      commitId,
      treeId,
      parents: parents.split(" ").filter(Boolean),
      author: { name: an, email: ae, date: isoSeconds(at_) },
      committer: { name: cn, email: ce, date: isoSeconds(ct) },
      comment: body.replace(/\n+$/, ""),
    });
  }
  return commits;
}

function isoSeconds(epoch: string): string {
  return new Date(Number(epoch) * 1000).toISOString().replace(".000Z", "Z");
}
