/**
 * What it costs to judge a lock file of 20,000 packages by 170,000 advisories, in the formats that are met most: the command
 * line as a process of its own, reading, matching and reporting. Others run beside it where they are on the PATH.
 * `npm run bench -- lock-file [PACKAGES] [FOLDER]`; a FOLDER is kept, and what was built in it is used again.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildAdvisoryFile, publishAdvisoryFile } from "#knowledge/advisories/build-advisory-file.ts";
import { buildLikelihoodFile } from "#knowledge/exploits/likelihood-file.ts";
import { advisoriesName, builtNames, nextBuilt } from "#knowledge/knowledge-folder.ts";
import { makeRecords, recordCounts } from "./advisory-records.ts";
import { lockFiles } from "./lock-file-texts.ts";
import { printTable } from "./machine.ts";
import { findProgram, found, repeated, rowOf, run, sallyport } from "./processes.ts";

const rounds = 5;
const everything = "vulnerabilities,licenses,operational-risk";

export async function lockFile(args: readonly string[]): Promise<void> {
  const [count = "20000", kept] = args;
  const folder = kept ?? mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  try {
    const knowledge = join(folder, "knowledge");
    if (!existsSync(knowledge)) await makeKnowledge(knowledge);
    const environment = { SALLYPORT_KNOWLEDGE: knowledge };
    const rows: (readonly [string, string, string])[] = [];
    for (const [name, files] of Object.entries(lockFiles(Number(count)))) {
      const place = join(folder, name);
      mkdirSync(place, { recursive: true });
      for (const [path, text] of Object.entries(files)) writeFileSync(join(place, path), text);
      const lock = join(place, name);
      const size = `${((files[name] ?? "").length / 1e6).toFixed(1)} MB`;
      const scan = (scanners: string) =>
        sallyport("scan", place, "--scanners", scanners, "--offline", "--format", "json");
      if (name.endsWith(".json")) {
        const parse = `JSON.parse(require("fs").readFileSync(${JSON.stringify(lock)}, "utf8"))`;
        rows.push(rowOf(`${name}, ${size}: JSON.parse`, await repeated(rounds, [process.execPath, "-e", parse])));
      }
      // A folder of its own for compiled code: nothing is in it.
      const compiled = mkdtempSync(join(folder, "compiled-"));
      const first = await run(scan("vulnerabilities"), { ...environment, NODE_COMPILE_CACHE: compiled });
      rmSync(compiled, { recursive: true });
      rows.push(rowOf(`${name}: first run`, [first], found));
      for (const scanners of ["vulnerabilities", everything]) {
        await run(scan(scanners), environment);
        rows.push(rowOf(`${name}: ${scanners}`, await repeated(rounds, scan(scanners), environment), found));
      }
      rows.push(...(await runOthers(name, lock)));
    }
    printTable("lock files: processor time of the whole process", rows);
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** They bring their own advisories, which must be there already. */
async function runOthers(name: string, lock: string): Promise<readonly (readonly [string, string, string])[]> {
  const others = [
    ["osv-scanner", ["scan", "source", "--offline", "--format", "json", "--lockfile", lock]],
    ["trivy", ["fs", "--skip-db-update", "--offline-scan", "--scanners", "vuln", "--format", "json", "--quiet", lock]],
  ] as const;
  const rows: (readonly [string, string, string])[] = [];
  for (const [other, options] of others) {
    const program = findProgram(other);
    if (program === undefined) rows.push([`${name}: ${other}`, "not on the PATH", ""]);
    else rows.push(rowOf(`${name}: ${other}`, await repeated(rounds, [program, ...options])));
  }
  return rows;
}

async function makeKnowledge(folder: string): Promise<void> {
  for (const [ecosystem, size] of recordCounts) {
    const path = nextBuilt(folder, advisoriesName(ecosystem));
    const records = makeRecords(ecosystem, size).map(([, json]) => ({ json, label: "Bench (CC0-1.0)" }));
    await buildAdvisoryFile({ path, ecosystem, inputs: [], records });
    publishAdvisoryFile(path);
  }
  const lines = Array.from({ length: 30_000 }, (_, at) => `CVE-2024-${at + 1000},0.0${at % 9973},0.${at % 99991}`);
  const table = buildLikelihoodFile(`#score_date:2026-01-01\ncve,epss,percentile\n${lines.join("\n")}\n`);
  writeFileSync(nextBuilt(folder, builtNames.likelihood), table);
}
