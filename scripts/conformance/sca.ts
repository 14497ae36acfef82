/**
 * Compares package lists, versions, package URLs, severities and licences with what other tools expect of theirs.
 * `--framework` narrows to one ecosystem or one part (`versions`, `constraints`, `purl`, `cvss`, `licenses`).
 */
import { writeFileSync } from "node:fs";
import type { Narrowing } from "../conformance.ts";
import { cvssVerdicts } from "./sca/cvss.ts";
import { packageListVerdicts } from "./sca/package-lists.ts";
import { purlVerdicts } from "./sca/purls.ts";
import type { Verdict } from "./sca/verdict.ts";
import { constraintVerdicts, versionVerdicts } from "./sca/version-pairs.ts";
import { table } from "./table.ts";

/** By the folder, each part answers its cases. */
const parts: Readonly<Record<string, (folder: string) => readonly Verdict[]>> = {
  packages: packageListVerdicts,
  versions: versionVerdicts,
  constraints: constraintVerdicts,
  purl: purlVerdicts,
  cvss: cvssVerdicts,
};

interface Counted extends Verdict {
  readonly part: string;
}

export async function runSca(folder: string, output: string | undefined, { framework }: Narrowing): Promise<void> {
  const all = Object.entries(parts)
    .filter(([part]) => framework === undefined || !(framework in parts) || framework === part)
    .flatMap(([part, verdicts]) => verdicts(folder).map((verdict): Counted => ({ part, ...verdict })))
    .filter(({ part, group }) => framework === undefined || framework === part || group.startsWith(framework));
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
