/**
 * What the local copy of advisories costs: 170,000 records, made up in the sizes and shapes of the real databases (npm with its
 * flood of malware), are packed into archives, built, opened and asked 10,000 times, 2,000 times with an answer. The peer does
 * in the same run what a scanner without an index does each time: unpack and parse. `npm run bench -- advisory-index [RECORDS]`.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildAdvisoryFile, publishAdvisoryFile } from "#knowledge/advisories/build-advisory-file.ts";
import { openAdvisoryFile } from "#knowledge/advisories/open-advisory-file.ts";
import { readZip } from "#knowledge/archives/read-zip.ts";
import { buildLikelihoodFile, openLikelihoodFile } from "#knowledge/exploits/likelihood-file.ts";
import { writeZip } from "#knowledge/testing/write-zip.ts";
import type { Ecosystem } from "#model/ecosystem.ts";
import { createRandom, knownName, makeRecords, recordCounts } from "./advisory-records.ts";
import { milliseconds, printTable } from "./machine.ts";

// oxlint-disable-next-line max-lines-per-function -- one measurement, step by step
export async function advisoryIndex(args: readonly string[]): Promise<void> {
  const [first = "170000", second = ""] = args;
  if (first === "archives") return makeArchives(second, Number(args[2]));
  if (first === "ask") return askAll(second, args[2] as Ecosystem);
  const scale = Number(first) / 170_000;
  const folder = await mkdtemp(join(tmpdir(), "sallyport-bench-"));
  const rows: (readonly [string, string, string?])[] = [];
  try {
    const archives = new Map<Ecosystem, string>();
    let records = 0;
    let packed = 0;
    // What it takes is not what the build takes.
    inOwnProcess("archives", folder, String(scale));
    for (const [ecosystem, size] of recordCounts) {
      const archive = join(folder, `${ecosystem}.zip`);
      archives.set(ecosystem, archive);
      records += Math.round(size * scale);
      packed += (await stat(archive)).size;
    }
    rows.push(["records", records.toLocaleString("en"), `${megabytes(packed)} of archives`]);

    const parsed = startWatch();
    for (const archive of archives.values()) {
      for (const entry of readZip(archive)) JSON.parse(entry.read().toString("utf8"));
    }
    const peer = parsed();
    rows.push(["peer: unpack and parse", peer.text, "what every run costs without an index"]);

    const built = startWatch();
    let largest = 0;
    const watch = setInterval(() => {
      largest = Math.max(largest, process.memoryUsage().rss);
    }, 20);
    for (const [ecosystem, archive] of archives) await build(join(folder, ecosystem), ecosystem, archive);
    clearInterval(watch);
    const whole = built();
    rows.push([
      "build",
      whole.text,
      `${(whole.processor / peer.processor).toFixed(1)} times the peer; at most ${megabytes(largest)} resident`,
    ]);
    let size = 0;
    for (const ecosystem of archives.keys()) size += (await stat(join(folder, ecosystem))).size;
    rows.push(["size", megabytes(size), `npm ${megabytes((await stat(join(folder, "npm"))).size)}`]);

    for (const ecosystem of ["npm", "PyPI", "NuGet"] as const) rows.push(...inOwnProcess("ask", folder, ecosystem));
    rows.push(...measureLikelihoods(folder));
    printTable("the local copy of advisories", rows);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Row = readonly [string, string, string?];

/** Nothing warmed up, and memory that is of this alone. */
function inOwnProcess(...args: readonly string[]): readonly Row[] {
  const child = [...process.execArgv, process.argv[1] ?? "", "advisory-index", ...args];
  const said = execFileSync(process.execPath, child, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  return said === "" ? [] : (JSON.parse(said) as readonly Row[]);
}

function askAll(folder: string, ecosystem: Ecosystem): void {
  const before = process.memoryUsage().rss;
  const opened = startWatch();
  const file = openAdvisoryFile(join(folder, ecosystem));
  const open = opened().text;
  const names = lookUps(ecosystem, file.meta.counts.packages);
  const ask = () => {
    const asked = startWatch();
    const found = names.map((name) => file.advisoriesOf(name)).filter((advisories) => advisories.length > 0);
    return { time: asked().text, found };
  };
  const { time, found } = ask();
  const looked = startWatch();
  const characters = found
    .flat()
    .reduce((sum, { details = "", references }) => sum + details.length + references.length, 0);
  const details = looked().text;
  const rss = process.memoryUsage().rss;
  const said = `${found.length} hits, ${found.flat().length} advisories; again ${ask().time}`;
  const rows: readonly Row[] = [
    [`${ecosystem}: open`, open],
    [`${ecosystem}: 10,000 look-ups`, time, said],
    [`${ecosystem}: all their details`, details, `${megabytes(characters)} of text, of which reports need a few`],
    [`${ecosystem}: resident`, megabytes(rss), `${megabytes(rss - before)} more than before`],
  ];
  process.stdout.write(JSON.stringify(rows));
}

function measureLikelihoods(folder: string): readonly Row[] {
  const cve = (number: number) => `CVE-${2000 + (number % 26)}-${1000 + number}`;
  const lines = Array.from(
    { length: 300_000 },
    (_, number) => `${cve(number)},0.0${number % 9973},0.${number % 99991}`,
  );
  const path = join(folder, "likelihood");
  const built = startWatch();
  writeFileSync(path, buildLikelihoodFile(`#score_date:2026-01-01\ncve,epss,percentile\n${lines.join("\n")}\n`));
  const build = built().text;
  const opened = startWatch();
  const table = openLikelihoodFile(path);
  const open = opened().text;
  const asked = startWatch();
  for (let number = 0; number < 100_000; number += 1) table.find(cve(number * 3));
  return [["EPSS, 300,000 rows: build", build, `open ${open}; ${(asked().processor / 100).toFixed(2)} µs a look-up`]];
}

async function makeArchives(folder: string, scale: number): Promise<void> {
  for (const [ecosystem, size] of recordCounts) {
    await writeFile(join(folder, `${ecosystem}.zip`), writeZip(makeRecords(ecosystem, Math.round(size * scale))));
  }
}

async function build(path: string, ecosystem: Ecosystem, archive: string): Promise<void> {
  const records = readZip(archive)
    .filter(({ name }) => name.endsWith(".json"))
    .map((entry) => ({ json: entry.read().toString("utf8"), label: "Bench (CC0-1.0)" }));
  await buildAdvisoryFile({ path, ecosystem, inputs: [], records });
  publishAdvisoryFile(path);
}

/** Time that passed, and time of the processor in brackets: on a machine that others use, the second is the measure. */
function startWatch(): () => { readonly text: string; readonly processor: number } {
  const started = performance.now();
  const before = process.cpuUsage();
  return () => {
    const passed = performance.now() - started;
    const { user, system } = process.cpuUsage(before);
    const processor = (user + system) / 1000;
    return { text: `${milliseconds(passed)} (${milliseconds(processor)})`, processor };
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

/** Four of five names that nothing is known of, as in a lock file. */
function lookUps(ecosystem: Ecosystem, packages: number): readonly string[] {
  const random = createRandom(7);
  const known = Math.min(packages, ecosystem === "npm" ? 3500 : packages);
  return Array.from({ length: 10_000 }, (_, at) =>
    at % 5 === 0 ? knownName(ecosystem, Math.floor(random() * known * 0.7)) : `${knownName(ecosystem, at)}-unknown`,
  );
}
