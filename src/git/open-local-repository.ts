/** A person's own repository for the command line: read only, in the same pinned environment, whoever owns the folder. */
import { devNull } from "node:os";
import type { Logger } from "pino";
import { gitEnvironment } from "./git-environment.ts";
import { refuseIrregularFiles } from "./irregular-file.ts";
import { defaultGitLimits, type GitLimits, type Mirror } from "./mirror.ts";
import { gitText } from "./path-text.ts";
import { runGit } from "./run-git.ts";
import { shareReader } from "./share-reader.ts";
import { createTreeCache } from "./tree-cache.ts";

export interface LocalRepository extends Mirror {
  /** Top folder of the working tree; absent for a bare repository. */
  readonly root?: string;
  /** The asked-for path below the root, with a slash at its end; empty at the root. */
  readonly prefix: string;
}

/** Absolute paths, for a repository that is not the one the asked-for path lies in. */
export interface RepositoryNames {
  readonly gitDir?: string;
  readonly workTree?: string;
}

export interface LocalRepositoryOptions {
  readonly log: Logger;
  readonly limits?: Partial<GitLimits>;
  /** Variables of the surrounding process: the search path is passed on to git, and nothing else of weight. */
  readonly surrounding?: Readonly<Record<string, string | undefined>>;
  readonly names?: RepositoryNames;
}

/** Undefined if the path is in no git repository. */
export async function openLocalRepository(
  path: string,
  options: LocalRepositoryOptions,
): Promise<LocalRepository | undefined> {
  const { log, surrounding, names } = options;
  const limits: GitLimits = { ...defaultGitLimits, ...options.limits };
  const ask = async (...args: readonly string[]) => {
    const environment = gitEnvironment({ surrounding, home: devNull, ...names });
    const call = { args: ["rev-parse", ...args], environment, log, cwd: path, accept: [128], timeLimit: 10_000 };
    const { code, output } = await runGit(call);
    return code === 0 ? gitText(output).replace(/\n$/, "") : undefined;
  };
  const gitDir = await ask("--absolute-git-dir");
  if (gitDir === undefined) return undefined;
  await refuseIrregularFiles(gitDir);
  // Asked one by one: a path may hold a newline.
  const root = await ask("--show-toplevel");
  const prefix = (await ask("--show-prefix")) ?? "";
  const environment = gitEnvironment({ surrounding, home: devNull, gitDir });
  const memory = { trees: createTreeCache(), commits: new Map() };
  const mirror = shareReader({ gitDir, environment, limits, log, isForeign: true }, memory).open();
  return { ...mirror, prefix, ...(root === undefined ? {} : { root }) };
}
