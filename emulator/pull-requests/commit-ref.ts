/** A commit as lists of pull requests show it. */
import type { CommitData } from "../git/read-commits.ts";

export interface CommitRef {
  readonly commitId: string;
  readonly author: CommitData["author"];
  readonly committer: CommitData["committer"];
  readonly comment: string;
  readonly commentTruncated?: boolean;
  readonly url: string;
}

export function commitRef(repositoryUrl: string, commit: CommitData): CommitRef {
  const [first = "", ...rest] = commit.comment.split("\n");
  return {
    commitId: commit.commitId,
    author: commit.author,
    committer: commit.committer,
    comment: first,
    ...(rest.length > 0 ? { commentTruncated: true } : {}),
    url: `${repositoryUrl}/commits/${commit.commitId}`,
  };
}
