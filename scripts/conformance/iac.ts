/**
 * Compares evaluations of a folder of fixtures with labels: `labels.jsonl` says per check, file and line whether a resource
 * passes. Matched by check id among our aliases, file and start line, never by name.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Evaluation, Problem } from "#model/scan-result.ts";
import type { SourceFile } from "#model/source-file.ts";
import { isSpan } from "#model/span.ts";
import { iacScanner } from "#scan/iac/iac-scanner.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import type { Narrowing } from "../conformance.ts";
import { table } from "./table.ts";

interface Label {
  readonly check_id: string;
  readonly framework: string;
  readonly file: string;
  readonly line?: number;
  readonly resource: string;
  readonly expect: "pass" | "fail" | "unknown" | "skip";
}

interface Judged {
  readonly label: Label;
  readonly found: string;
  readonly agrees: boolean;
}

const frameworks: readonly string[] = [
  "terraform",
  "arm",
  "bicep",
  "cloudformation",
  "kubernetes",
  "dockerfile",
  "azure_pipelines",
  "github_actions",
];

export async function runIac(folder: string, output: string | undefined, narrowing: Narrowing): Promise<void> {
  const labels = readLabels(folder, narrowing);
  const { evaluations, problems } = evaluateFolder(join(folder, "fixtures"));
  const byCase = Map.groupBy(evaluations.flatMap(aliased), ({ id, path }) => `${id} ${path}`);
  const known = new Set(evaluations.flatMap(({ aliases }) => aliases));
  const counted = labels.filter(({ check_id: id }) => id.startsWith("CKV") || known.has(longId(id)));
  const judged = [...Map.groupBy(counted, caseOf).values()].flatMap((group) => judgeCase(group, byCase));
  print(judged, problems);
  if (output) {
    const lines = judged.filter(({ agrees }) => !agrees).map(({ label, found }) => ({ ...label, found }));
    writeFileSync(output, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  }
}

function readLabels(folder: string, { framework, ids }: Narrowing): readonly Label[] {
  return readFileSync(join(folder, "labels.jsonl"), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Label)
    .filter(
      (label) =>
        frameworks.includes(label.framework) &&
        (framework === undefined || label.framework === framework) &&
        (ids === undefined || ids.includes(label.check_id)),
    );
}

function evaluateFolder(root: string): { evaluations: readonly Evaluation[]; problems: readonly Problem[] } {
  const files = new Map<string, SourceFile>();
  // A pattern would pass over folders such as .github.
  for (const path of readdirSync(root, { recursive: true, encoding: "utf8" }).toSorted()) {
    if (!iacScanner.selects(path) || !statSync(join(root, path)).isFile()) continue;
    const bytes = readFileSync(join(root, path));
    files.set(path, sourceFileOf(path, createHash("sha1").update(bytes).digest("hex"), bytes));
  }
  const surveyed = [...files.values()].map((file) => ({ path: file.path, survey: iacScanner.survey(file) }));
  const results = iacScanner.units(surveyed).map((unit) =>
    iacScanner.scan(
      unit,
      unit.paths.flatMap((path) => files.get(path) ?? []),
      { fingerprintKey: new Uint8Array(32), includePassed: true },
    ),
  );
  return {
    evaluations: results.flatMap(({ evaluations }) => evaluations),
    problems: results.flatMap((result) => result.problems),
  };
}

interface Case {
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly address: string;
  readonly result: Evaluation["result"];
}

function aliased({ aliases, resource: { address, at }, result }: Evaluation): readonly Case[] {
  if (!at || !isSpan(at)) return [];
  return aliases.map((id) => ({ id, path: at.path, line: at.startLine, address, result }));
}

/** Short ids of trivy-checks stand for the long ones. */
function longId(id: string): string {
  return /^(?:CKV|AVD-)/.test(id) ? id : `AVD-${id}`;
}

function caseOf({ check_id: id, file, line }: Label): string {
  return `${id} ${file} ${line ?? "*"}`;
}

function judgeCase(group: readonly Label[], byCase: ReadonlyMap<string, readonly Case[]>): readonly Judged[] {
  const [first] = group;
  if (!first) return [];
  const inFile = byCase.get(`${longId(first.check_id)} ${first.file}`) ?? [];
  if (first.line === undefined) return group.map((label) => judge(label, inFile, label.check_id.startsWith("CKV")));
  const here = inFile.filter(({ line }) => line === first.line);
  if (group.length === 1) return [judge(first, here, true)];
  return group.map((label) => judge(label, instancesOf(label, here), true));
}

/** Several resources begin on one line (loops, module calls): told apart by their keys. */
function instancesOf({ resource }: Label, here: readonly Case[]): readonly Case[] {
  const keys = keysIn(resource);
  const own = here.filter(({ address }) => keysIn(address) === keys);
  return own.length > 0 ? own : here;
}

function keysIn(address: string): string {
  return [...address.matchAll(/\[([^\]]*)\]/g)].map(([, key = ""]) => key.replaceAll('"', "")).join(" ");
}

function judge(label: Label, cases: readonly Case[], needsPass: boolean): Judged {
  const results = cases.map(({ result }) => result);
  const found = results.includes("fail")
    ? "fail"
    : results.includes("skip")
      ? "skip"
      : results.includes("pass")
        ? "pass"
        : results.length > 0
          ? "unknown"
          : "nothing";
  const agrees =
    label.expect === found ||
    (label.expect === "pass" && !needsPass && found !== "fail") ||
    (label.expect === "unknown" && found === "nothing");
  return { label, found, agrees };
}

function print(judged: readonly Judged[], problems: readonly Problem[]): void {
  for (const { label, found } of judged.filter(({ agrees }) => !agrees)) {
    console.log(
      `${label.check_id} ${label.framework} ${label.file}:${label.line ?? "*"} ${label.resource}: expected ${label.expect}, found ${found}`,
    );
  }
  const unread = problems.filter(({ isNotice }) => !isNotice);
  for (const { path, line, message } of unread) console.log(`problem: ${path ?? ""}:${line ?? ""} ${message}`);
  const rows = (key: (one: Judged) => string): (string | number)[][] =>
    [...Map.groupBy(judged, key)]
      .map(([name, all]) => [name, all.length, agreeing(all), percent(agreeing(all), all.length)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  const byCheck = rows(({ label }) => `${label.check_id} ${label.framework}`).filter(([, all, good]) => all !== good);
  console.log(`\n${table(["check with disagreements", "labels", "agree", "%"], byCheck)}`);
  console.log(
    `\n${table(
      ["framework", "labels", "agree", "%"],
      rows(({ label }) => label.framework),
    )}`,
  );
  console.log(`${unread.length} problems`);
  console.log(
    `conformance iac: ${agreeing(judged)} of ${judged.length} (${percent(agreeing(judged), judged.length)} %)`,
  );
}

function agreeing(judged: readonly Judged[]): number {
  return judged.filter(({ agrees }) => agrees).length;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "100.0" : ((100 * part) / whole).toFixed(1);
}
