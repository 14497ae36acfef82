/** Who changed files last: one walk back from a commit, which ends when all are found or its bounds are reached. */
import { RemoteError } from "#model/remote-error.ts";
import { checkRevision } from "./check-revision.ts";
import type { RepositoryOnDisk } from "./mirror.ts";
import { gitText } from "./path-text.ts";
import { records, startGit } from "./run-git.ts";

const mostCommits = 3_000;
const mostPaths = 500;
const mostMilliseconds = 8_000;
const longestName = 200;

/** Path to a name with an address. Files that nobody changed within the bounds are not in it. */
export async function lastCommitters(
  repository: RepositoryOnDisk,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(paths.slice(0, mostPaths));
  const found = new Map<string, string>();
  if (wanted.size === 0) return found;
  const { environment, log, limits } = repository;
  // A record of a commit begins with a byte that no path begins with here.
  const format = [
    "--format=%x01%an <%ae>",
    "--name-only",
    "--no-renames",
    "--no-merges",
    "-z",
    `--max-count=${mostCommits}`,
  ];
  const args = ["--literal-pathspecs", "log", ...format, checkRevision(commit), "--", ...wanted];
  const git = startGit({ args, environment, log, timeLimit: mostMilliseconds });
  let author = "";
  try {
    for await (const record of records(git, 0, limits.outputBytes)) {
      for (const line of gitText(record).split("\n")) {
        if (line.startsWith("\u0001")) author = line.slice(1, longestName);
        else if (wanted.delete(line)) found.set(line, author);
      }
      if (wanted.size === 0) break;
    }
  } catch (error) {
    // What was found until then is right; the rest is not known.
    if (!(error instanceof RemoteError)) throw error;
  }
  return found;
}
