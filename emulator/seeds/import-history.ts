/** Writes a whole history into a bare repository through one `git fast-import`. */
import { git } from "../git/repository-store.ts";
import type { RepositoryState, User, World } from "../world.ts";
import type { SeedCommit } from "./seed-history.ts";

export interface BranchHistory {
  readonly ref: string;
  /** Ref to start from; absent = a root commit. */
  readonly from?: string;
  readonly commits: readonly SeedCommit[];
}

const dayInSeconds = 86_400;

/** Branches in order; a later one may start from an earlier one. Dates count back from the day that `now` is in. */
export async function importHistory(
  world: World,
  repository: RepositoryState,
  people: Readonly<Record<string, User>>,
  branches: readonly BranchHistory[],
  tags: Readonly<Record<string, number>> = {},
): Promise<void> {
  const today = Math.floor(world.clock.now().getTime() / 1000 / dayInSeconds) * dayInSeconds;
  const parts: (string | Buffer)[] = [];
  let mark = 0;
  const marks = new Map<string, number[]>();
  for (const { ref, from, commits } of branches) {
    const made: number[] = [];
    for (const [index, commit] of commits.entries()) {
      const author = people[commit.by];
      if (!author) throw new Error(`the seed has nobody called ${commit.by}`);
      mark += 1;
      made.push(mark);
      const time = today - commit.daysAgo * dayInSeconds + 8 * 3600 + index * 1231;
      const message = Buffer.from(`${commit.message}\n`);
      parts.push(`commit ${ref}\nmark :${mark}\ncommitter ${author.displayName} <${author.mail}> ${time} +0000\n`);
      parts.push(`data ${message.length}\n`, message, "\n");
      if (index === 0 && from) parts.push(`from ${from}\n`);
      for (const [path, content] of Object.entries(commit.files)) {
        if (content === null) parts.push(`D ${path}\n`);
        else {
          const bytes = Buffer.from(content.replace(/^\n/, ""));
          repository.size += bytes.length;
          parts.push(`M 100644 inline ${path}\ndata ${bytes.length}\n`, bytes, "\n");
        }
      }
    }
    marks.set(ref, made);
  }
  const main = branches[0] ? (marks.get(branches[0].ref) ?? []) : [];
  for (const [name, index] of Object.entries(tags)) {
    const words = Buffer.from(`Release ${name}\n`);
    parts.push(`tag ${name}\nfrom :${main[index]}\ntagger Release <release@example.com> ${today} +0000\n`);
    parts.push(`data ${words.length}\n`, words, "\n");
  }
  parts.push("done\n");
  const input = Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
  await git(world, repository.id, ["fast-import", "--quiet", "--done"], input);
}
