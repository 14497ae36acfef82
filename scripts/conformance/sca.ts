/**
 * Compares package lists, versions, package URLs, severities and licences with what other tools expect of theirs.
 * `--framework` narrows to one ecosystem or one part (`versions`, `constraints`, `purl`, `cvss`, `licenses`).
 */
import { writeFileSync } from "node:fs";
import type { Narrowing } from "../conformance.ts";
import type { Verdict } from "./sca/verdict.ts";
import { table } from "./table.ts";

type Judge = (folder: string) => readonly Verdict[];

/** Loaded when they are asked for: each part can be run while another is being rebuilt. */
const parts: Readonly<Record<string, () => Promise<Judge>>> = {
  packages: async () => (await import("./sca/package-lists.ts")).packageListVerdicts,
  versions: async () => (await import("./sca/version-pairs.ts")).versionVerdicts,
  constraints: async () => (await import("./sca/version-pairs.ts")).constraintVerdicts,
  purl: async () => (await import("./sca/purls.ts")).purlVerdicts,
  cvss: async () => (await import("./sca/cvss.ts")).cvssVerdicts,
  licenses: async () => (await import("./sca/licenses.ts")).licenseVerdicts,
};

interface Counted extends Verdict {
  readonly part: string;
}

export async function runSca(folder: string, output: string | undefined, { framework }: Narrowing): Promise<void> {
  const all: Counted[] = [];
  for (const [part, load] of Object.entries(parts)) {
    // An ecosystem is narrowed to in all parts; a part by its own name.
    if (framework !== undefined && framework in parts && framework !== part) continue;
    const judge = await load();
    const verdicts = judge(folder).map((verdict): Counted => ({ part, ...verdict }));
    all.push(
      ...verdicts.filter(({ group }) => framework === undefined || framework === part || isOf(group, framework)),
    );
  }
  const off = all.filter(({ agrees }) => !agrees);
  for (const one of off) console.log(described(one));
  const counted = all.filter(({ apart }) => apart === undefined);
  const apart = all.filter((one) => one.apart !== undefined);
  console.log(`\n${rowsOf(counted, ({ part, group }) => `${part}: ${group}`)}`);
  if (apart.length > 0) {
    console.log(`\nnot counted\n${rowsOf(apart, ({ part, group, apart: why }) => `${part}: ${group} (${why})`)}`);
  }
  console.log(`\n${rowsOf(counted, ({ part }) => part)}`);
  console.log(
    `conformance sca: ${agreeing(counted)} of ${counted.length} (${percent(agreeing(counted), counted.length)} %)`,
  );
  if (output) writeFileSync(output, off.map((one) => `${JSON.stringify(one)}\n`).join(""));
}

function isOf(group: string, ecosystem: string): boolean {
  return group.toLowerCase().split(" ").includes(ecosystem.toLowerCase()) || group.startsWith(`${ecosystem} `);
}

function described({ part, group, id, apart, expected, got }: Counted): string {
  const head = `${part} ${group} ${id}${apart === undefined ? "" : ` (${apart})`}`;
  return `${head}\n  expected ${shown(expected)}\n  got      ${shown(got)}`;
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "undefined");
}

function rowsOf(verdicts: readonly Counted[], key: (one: Counted) => string): string {
  const rows = [...Map.groupBy(verdicts, key)]
    .map(([name, group]) => [name, group.length, agreeing(group), percent(agreeing(group), group.length)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return table(["", "cases", "agree", "%"], rows);
}

function agreeing(verdicts: readonly Verdict[]): number {
  return verdicts.filter(({ agrees }) => agrees).length;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "100.0" : ((100 * part) / whole).toFixed(2);
}
