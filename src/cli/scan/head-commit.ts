/**
 * The commit that a folder is at, and its time. Only asked of git's plumbing: what shows commits to people may start
 * programs that the repository's own configuration names.
 */
import { devNull } from "node:os";
import { gitEnvironment } from "#git/git-environment.ts";
import { runGit } from "#git/run-git.ts";
import { environmentWith } from "../config.ts";
import { createLog } from "../serve/create-log.ts";

export interface HeadCommit {
  readonly id: string;
  readonly time: Date;
}

/** Undefined if the folder is in no repository, or in one without a commit. */
export async function headCommit(folder: string): Promise<HeadCommit | undefined> {
  const environment = gitEnvironment({ surrounding: environmentWith({}), home: devNull });
  const log = createLog({ logLevel: "silent" });
  const ask = async (...args: readonly string[]) => {
    const { code, output } = await runGit({ args, environment, log, cwd: folder, accept: [1, 128], timeLimit: 10_000 });
    return code === 0 ? output.toString("utf8") : undefined;
  };
  const id = (await ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}"))?.trim();
  const [header = ""] = (id && (await ask("cat-file", "commit", id)))?.split("\n\n", 1) ?? [];
  const seconds = /^committer .*> (\d{1,12}) [+-]\d{4}$/m.exec(header)?.[1];
  return id && seconds ? { id, time: new Date(Number(seconds) * 1000) } : undefined;
}
