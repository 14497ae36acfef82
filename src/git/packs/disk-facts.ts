/** A repository as it lies on disk: what git says of one in one question, and what is known of a mirror. */
import { join } from "node:path";
import type { RepositoryOnDisk } from "../mirror.ts";
import { runGit } from "../run-git.ts";

export interface DiskFacts {
  /** Absolute; a working tree beside the repository names another folder than its own. */
  readonly objects: string;
  /** Bytes of an id. */
  readonly idLength: number;
  readonly isShallow: boolean;
}

export async function diskFacts(repository: RepositoryOnDisk): Promise<DiskFacts> {
  const { gitDir, environment, log, limits, isForeign = false } = repository;
  if (!isForeign) return { objects: join(gitDir, "objects"), idLength: 20, isShallow: false };
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
