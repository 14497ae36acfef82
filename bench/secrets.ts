/**
 * What it costs to find secrets in a whole history and in a working tree, each by the command line as a process of its own,
 * beside what other tools must wait for: `git log -p` of the same history, to nowhere. The made-up repository is kept in the
 * folder given, or the one for temporary files: making it takes minutes. `npm run bench -- secrets [FOLDER] [COMMITS] [FILES]`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printTable } from "./machine.ts";
import { findProgram, found, repeated, rowOf, run, sallyport } from "./processes.ts";
import { historyRepository } from "./secrets-repository.ts";

const rounds = 3;
/** About 6 GB of distinct blobs. */
const usual = { commits: 80_000, files: 10_000 };

export async function secrets([folder = tmpdir(), commits, files]: readonly string[]): Promise<void> {
  const size = { commits: Number(commits ?? usual.commits), files: Number(files ?? usual.files) };
  const repository = await historyRepository(folder, size);
  const rest = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  try {
    const all = [
      "cat-file",
      "--batch-all-objects",
      "--unordered",
      "--buffer",
      "--batch-check=%(objecttype) %(objectsize)",
    ];
    const objects = await run(["git", "-C", repository, ...all]);
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
    printTable(`secrets: processor time of the whole process; ${blobsIn(objects.output)}`, rows);
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

function blobsIn(output: string): string {
  let count = 0;
  let bytes = 0;
  for (const line of output.split("\n")) {
    if (!line.startsWith("blob ")) continue;
    count++;
    bytes += Number(line.slice(5));
  }
  return `${count} distinct blobs, ${(bytes / 1e9).toFixed(2)} GB`;
}
