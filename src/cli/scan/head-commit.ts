/**
 * The commit that a folder is at, and its time. Only asked of git's plumbing: what shows commits to people may start
 * programs that the repository's own configuration names.
 */
import { askGit } from "./ask-git.ts";

export interface HeadCommit {
  readonly id: string;
  readonly time: Date;
}

/** Undefined if the folder is in no repository, or in one without a commit. */
export async function headCommit(folder: string): Promise<HeadCommit | undefined> {
  const id = (await askGit(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"))?.trim();
  const [header = ""] = (id && (await askGit(folder, "cat-file", "commit", id)))?.split("\n\n", 1) ?? [];
  const seconds = /^committer .*> (\d{1,12}) [+-]\d{4}$/m.exec(header)?.[1];
  return id && seconds ? { id, time: new Date(Number(seconds) * 1000) } : undefined;
}
