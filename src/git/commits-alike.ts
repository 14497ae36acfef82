/** Groups commits by what they hold under some paths, in one process however many there are. */
import { devNull } from "node:os";
import { checkRevision } from "./check-revision.ts";
import { gitEnvironment } from "./git-environment.ts";
import type { NewBlobsOptions } from "./new-blobs.ts";
import { runGit } from "./run-git.ts";

export interface CommitsAlike {
  readonly commits: readonly string[];
  /** False if they have none of the paths. */
  readonly hasAny: boolean;
}

export async function commitsAlike(
  commits: readonly string[],
  paths: readonly string[],
  { gitDir, log, surrounding }: NewBlobsOptions,
): Promise<readonly CommitsAlike[]> {
  const asked = commits.flatMap((commit) => paths.map((path) => `${checkRevision(commit)}:${path}\n`));
  const { output } = await runGit({
    args: ["cat-file", "--batch-check=%(objectname)"],
    environment: gitEnvironment({ surrounding, home: devNull, gitDir }),
    log,
    timeLimit: 120_000,
    input: Buffer.from(asked.join("")),
  });
  const answers = output.toString("latin1").split("\n");
  // What is not there is answered by its name.
  const ids = answers.map((answer) => (/^[0-9a-f]{40,64}$/.test(answer) ? answer : ""));
  const keys = commits.map((_, at) => ids.slice(at * paths.length, (at + 1) * paths.length).join(" "));
  const groups = Map.groupBy(commits.keys(), (at) => keys[at] ?? "");
  return [...groups].map(([key, members]) => ({
    commits: members.flatMap((at) => commits[at] ?? []),
    hasAny: key.trim() !== "",
  }));
}
