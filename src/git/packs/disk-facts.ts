/** What git says of a repository as it lies on disk, in one question. */
import type { RepositoryOnDisk } from "../mirror.ts";
import { runGit } from "../run-git.ts";

export interface DiskFacts {
  /** Absolute; a working tree beside the repository names another folder than its own. */
  readonly objects: string;
  /** Bytes of an id. */
  readonly idLength: number;
  readonly isShallow: boolean;
}

export async function askDiskFacts({ environment, log, limits }: RepositoryOnDisk): Promise<DiskFacts> {
  const asked = ["--is-shallow-repository", "--show-object-format", "--path-format=absolute", "--git-path", "objects"];
  const { output } = await runGit({
    args: ["rev-parse", ...asked],
    environment,
    log,
    timeLimit: limits.readMilliseconds,
  });
  // The path comes last: it may hold line breaks itself.
  const [isShallow, format, ...objects] = output.toString("utf8").replace(/\n$/, "").split("\n");
  return { objects: objects.join("\n"), idLength: format === "sha256" ? 32 : 20, isShallow: isShallow === "true" };
}
