/** Which git the machine has: `doctor` tells people before a scan fails. */
import { devNull } from "node:os";
import type { Logger } from "pino";
import { gitEnvironment } from "./git-environment.ts";
import { runGit } from "./run-git.ts";

/** The oldest git with everything this room uses: `GIT_CONFIG_COUNT`, `--filter=object:type`, `repack --geometric`. */
export const oldestGit = "2.32.0";

export async function gitVersion(options: {
  readonly log: Logger;
  readonly surrounding?: Readonly<Record<string, string | undefined>>;
}): Promise<{ readonly version: string; readonly isRecentEnough: boolean }> {
  const environment = gitEnvironment({ surrounding: options.surrounding, home: devNull });
  const { output } = await runGit({ args: ["version"], environment, log: options.log, timeLimit: 10_000 });
  const version = /\d+\.\d+(\.\d+)?/.exec(output.toString("utf8"))?.[0] ?? "unknown";
  return { version, isRecentEnough: version.localeCompare(oldestGit, "en", { numeric: true }) >= 0 };
}
