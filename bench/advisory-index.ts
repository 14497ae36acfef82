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
import { milliseconds, printTable } from "./machine.ts";

/** Records of 170,000; npm: 7,000 advisories, the rest malware, a third of it with versions. */
const sizes: readonly (readonly [Ecosystem, number])[] = [
  ["npm", 112_000],
  ["PyPI", 24_500],
  ["Maven", 12_000],
  ["Go", 7_000],
  ["Packagist", 6_000],
  ["NuGet", 3_500],
  ["crates.io", 2_500],
  ["RubyGems", 2_500],
];

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
    for (const [ecosystem, size] of sizes) {
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
  for (const [ecosystem, size] of sizes) {
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
    at % 5 === 0 ? nameOf(ecosystem, Math.floor(random() * known * 0.7)) : `${nameOf(ecosystem, at)}-unknown`,
  );
}

function nameOf(ecosystem: Ecosystem, number: number): string {
  if (ecosystem === "Maven") return `org.example.group${number % 500}:artifact-${number}`;
  if (ecosystem === "Go") return `example.org/owner${number % 700}/module${number}`;
  return ecosystem === "Packagist" ? `vendor${number % 600}/package${number}` : `package-${number}`;
}

function makeRecords(ecosystem: Ecosystem, count: number): readonly (readonly [string, string])[] {
  const random = createRandom(count);
  const advisories =
    ecosystem === "npm" ? Math.ceil(count / 16) : ecosystem === "PyPI" ? Math.ceil(count * 0.6) : count;
  return Array.from({ length: count }, (_, number) => {
    const record =
      number < advisories
        ? makeAdvisory(ecosystem, number, advisories, random)
        : makeMalware(ecosystem, number, random);
    return [`${record.id}.json`, JSON.stringify(record)] as const;
  });
}

/** Half of all packages have one advisory; two of three problems are told by two databases in Python and Go. */
function makeAdvisory(ecosystem: Ecosystem, number: number, of: number, random: () => number) {
  const isTold = (ecosystem === "PyPI" || ecosystem === "Go") && number % 2 === 1;
  const problem = isTold ? number - 1 : number;
  const name = nameOf(ecosystem, Math.floor(((problem % of) * 0.5 * ((problem % 7) + 1)) / 7));
  const prefix = isTold ? (ecosystem === "Go" ? "GO-2024" : "PYSEC-2024") : "GHSA";
  const [major, minor] = [Math.floor(random() * 9), Math.floor(random() * 30)];
  const isListed = ecosystem === "PyPI" || ecosystem === "Maven";
  return {
    schema_version: "1.6.0",
    id: isTold ? `${prefix}-${number}` : `${prefix}-${number.toString(36).padStart(4, "2")}-xxxx-${number}`,
    modified: "2025-06-01T10:20:30Z",
    published: "2024-05-01T10:20:30Z",
    aliases: [`CVE-2024-${problem + 1000}`],
    summary: `A flaw of kind ${number % 40} in ${name}`,
    details: words(random, 120 + Math.floor(random() * 200)),
    severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N" }],
    affected: [
      {
        package: { ecosystem, name, purl: `pkg:generic/${name}` },
        ranges: [
          {
            type: ecosystem === "npm" || ecosystem === "Go" || ecosystem === "crates.io" ? "SEMVER" : "ECOSYSTEM",
            events: [{ introduced: number % 3 ? "0" : `${major}.0.0` }, { fixed: `${major}.${minor}.${number % 20}` }],
          },
        ],
        ...(isListed && { versions: Array.from({ length: 40 }, (_, at) => `${major}.${at}.${number % 20}`) }),
        ...(isTold &&
          ecosystem === "Go" && {
            ecosystem_specific: { imports: [{ path: `${name}/inner`, symbols: ["Parse", "Serve"] }] },
          }),
      },
    ],
    references: Array.from({ length: 6 }, (_, at) => ({
      type: "WEB",
      url: `https://example.org/${name}/${number}/${at}`,
    })),
    database_specific: { severity: "HIGH", cwe_ids: ["CWE-79", `CWE-${number % 900}`], github_reviewed: true },
  };
}

function makeMalware(ecosystem: Ecosystem, number: number, random: () => number) {
  const name = nameOf(ecosystem, number);
  const isWhole = number % 3 !== 0;
  return {
    schema_version: "1.7.4",
    id: `MAL-2025-${number + 1}`,
    modified: "2025-11-12T10:20:30Z",
    published: "2025-11-12T08:20:30Z",
    summary: `Malicious code in ${name} (${ecosystem})`,
    details: `\n---\n_-= Per source details. Do not edit below this line.=-_\n\n## Source: made-up (${number})\n${words(random, 60)}`,
    affected: [
      {
        package: { ecosystem, name },
        ...(isWhole
          ? { ranges: [{ type: "SEMVER", events: [{ introduced: "0" }] }] }
          : { versions: Array.from({ length: 1 + (number % 5) }, (_, at) => `1.0.${at}`) }),
      },
    ],
    references: [{ type: "ADVISORY", url: `https://example.org/malware/${number}` }],
    database_specific: {
      "malicious-packages-origins": [
        { source: "made-up", sha256: number.toString(16).padStart(64, "0"), import_time: "2025-11-12T10:20:30Z" },
      ],
    },
  };
}

function words(random: () => number, count: number): string {
  return Array.from({ length: count }, () => `w${Math.floor(random() ** 3 * 4000).toString(36)}`).join(" ");
}

/** The same numbers in every run. */
function createRandom(seed: number): () => number {
  let state = seed + 0x6d2b79f5;
  return () => {
    state = Math.imul(state ^ (state >>> 15), state | 1);
    state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
    return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
  };
}
