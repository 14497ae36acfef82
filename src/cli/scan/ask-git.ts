/** Small questions to git about a folder, for what is nice to know. */
import { devNull } from "node:os";
import { gitEnvironment } from "#git/git-environment.ts";
import { runGit } from "#git/run-git.ts";
import { RemoteError } from "#model/remote-error.ts";
import { environmentWith } from "../config.ts";
import { createLog } from "../serve/create-log.ts";

/** Undefined where git does not know, takes too long, or is not installed. */
export async function askGit(folder: string, ...args: readonly string[]): Promise<string | undefined> {
  const environment = gitEnvironment({ surrounding: environmentWith({}), home: devNull });
  const log = createLog({ logLevel: "silent" });
  try {
    const { code, output } = await runGit({ args, environment, log, cwd: folder, accept: [1, 128], timeLimit: 10_000 });
    return code === 0 ? output.toString("utf8") : undefined;
  } catch (error) {
    if (error instanceof RemoteError) return undefined;
    throw error;
  }
}
