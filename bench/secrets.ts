/**
 * What it costs to find secrets in a whole history and in a working tree, each by the command line as a process of its own,
 * beside what other tools must wait for: `git log -p` of the same history, to nowhere. The made-up repository is kept in the
 * folder given, or the one for temporary files: making it takes minutes. `npm run bench -- secrets [FOLDER] [COMMITS] [FILES]`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printTable } from "./machine.ts";
import { packFacts } from "./pack-facts.ts";
import { findProgram, found, repeated, rowOf, run, sallyport } from "./processes.ts";
import { historyRepository } from "./secrets-repository.ts";

const rounds = 3;
/** About 6 GB of distinct blobs. */
const usual = { commits: 114_000, files: 24_000 };

export async function secrets([folder = tmpdir(), commits, files]: readonly string[]): Promise<void> {
  const size = { commits: Number(commits ?? usual.commits), files: Number(files ?? usual.files) };
  const repository = await historyRepository(folder, size);
  const rest = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  try {
    const rows: (readonly [string, string, string])[] = [];
    // Without what an earlier scan kept: each run has a home of its own.
    const history = async (name: string, home: string, count: number) => {
      const scan = sallyport("scan", repository, "--history", "--scanners", "secrets", "--format", "json");
      rows.push(rowOf(name, await repeated(count, scan, { HOME: join(rest, home) }), found));
    };
    await history("history, first scan", "one", 1);
    await history("history, again", "one", rounds);
    const log = ["git", "-C", repository, "log", "-p", "-U0", "--all", "--output=/dev/null"];
    rows.push(rowOf("git log -p -U0 --all", await repeated(1, log)));
    const tree = join(rest, "tree");
    await run(["git", "clone", "--quiet", "--depth=1", `file://${repository}`, tree]);
    const scan = sallyport("scan", tree, "--scanners", "secrets", "--format", "json");
    await run(scan); // The first run fills the cache of compiled code.
    rows.push(rowOf("working tree", await repeated(rounds, scan), found));
    rows.push(...(await others(repository)));
    printTable(`secrets: processor time of the whole process; ${await sayFacts(repository)}`, rows);
  } finally {
    rmSync(rest, { recursive: true, force: true });
  }
}

async function others(repository: string): Promise<(readonly [string, string, string])[]> {
  const rows: (readonly [string, string, string])[] = [];
  const commands: Readonly<Record<string, readonly string[]>> = {
    gitleaks: ["git", "--no-banner", "--exit-code", "0", repository],
    betterleaks: ["git", "--no-banner", "--exit-code", "0", repository],
    trufflehog: ["git", `file://${repository}`, "--no-verification", "--no-update"],
  };
  for (const [name, args] of Object.entries(commands)) {
    const program = findProgram(name);
    if (program === undefined) rows.push([name, "not on the PATH", ""]);
    else rows.push(rowOf(name, await repeated(1, [program, ...args])));
  }
  return rows;
}

/** Beside them the large public repository that this one is like: 175,225 versions, 5.98 GB; 284 MB, 411 MB, 990 MB. */
async function sayFacts(repository: string): Promise<string> {
  const { blobs, bytes, packed, inflated, near } = await packFacts(repository);
  const megabytes = (count: number) => `${(count / 1e6).toFixed(0)} MB`;
  return `${blobs} versions of files, ${(bytes / 1e9).toFixed(2)} GB; ${megabytes(packed)} packed, ${megabytes(inflated)} inflated, ${megabytes(near)} near changes`;
}
