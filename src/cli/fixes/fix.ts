/** `sallyport fix`: 0 nothing is left to fix, 1 something is; what cannot run is a UsageError. */
import { compareFindings } from "#model/compare-findings.ts";
import type { Finding } from "#model/finding.ts";
import type { FixPlan, FixTarget, PlannedFix } from "#model/fix-plan.ts";
import { packageKey } from "#model/package-key.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import { isFixable } from "#scan/fixes/group-fixes.ts";
import { unifiedDiff } from "#scan/fixes/unified-diff.ts";
import { placeText } from "#scan/reports/place-text.ts";
import { plainText } from "#scan/reports/plain-text.ts";
import { whyUnexamined } from "#scan/reports/unexamined.ts";
import { problemLine } from "../packages/packages.ts";
import { planInFolder } from "../scan/plan-in-folder.ts";
import { scanPath } from "../scan/scan.ts";
import type { ScanOptions } from "../scan/scan-options.ts";
import { writeToStdout } from "../scan/scan-output.ts";
import { placeOf } from "../scan/scan-place.ts";
import { UsageError } from "../usage-error.ts";
import { writeFix } from "./write-fix.ts";

export interface FixOptions {
  readonly rule?: readonly string[];
  readonly package?: readonly string[];
  readonly safeOnly?: boolean;
  readonly dryRun?: boolean;
  readonly scanners?: readonly ScannerName[];
  readonly config?: string;
  readonly offline?: boolean;
  readonly threads?: number;
  readonly quiet?: boolean;
}

export async function runFix(path: string, options: FixOptions): Promise<number> {
  if (path === "-") throw new UsageError("a fix needs a folder, not the standard input");
  const started = Date.now();
  const report = await reportOn(path, options);
  const { findings: scanned, problems } = report;
  // What could not be read may hold more to fix.
  for (const problem of problems) if (!problem.isNotice) console.error(problemLine(problem));
  if (whyUnexamined(report)) throw new UsageError("nothing was examined");
  const findings = scanned.filter((finding) => isFixable(finding) && isAsked(finding, options));
  if (findings.length === 0) {
    await writeToStdout(`nothing to fix${whyNothing(scanned, options)}\n`);
    return 0;
  }
  const { folder } = placeOf(path);
  const target: FixTarget = { key: "all", title: "Fix what was found", goal: "", findings };
  const plan = await planInFolder(path, target, options);
  if (plan.is === "refused") {
    await writeToStdout(lines(["nothing was changed", `left: ${plan.because}`]));
    return 1;
  }
  await writeToStdout(shownDiff(plan));
  if (options.dryRun) {
    await writeToStderr(plan.said);
    return 1;
  }
  writeFix(folder, plan.files, started);
  const { gone, appeared } = compareFindings(
    scanned.map(({ fingerprint }) => fingerprint),
    (await reportOn(path, options)).findings,
  );
  const isGone = new Set(gone);
  const left = findings.filter(({ fingerprint }) => !isGone.has(fingerprint));
  await writeToStdout(
    summary(plan, { gone: scanned.filter(({ fingerprint }) => isGone.has(fingerprint)), appeared, left }),
  );
  return left.length === 0 && !plan.needsRestore ? 0 : 1;
}

/** Somebody who mistyped a rule, or has a secret in the files, is not to read that all is well. */
function whyNothing(scanned: readonly Finding[], { rule, package: names, safeOnly = false }: FixOptions): string {
  if (scanned.length === 0) return "";
  const asked = [
    ...(rule ? [`--rule ${rule.join(",")}`] : []),
    ...(names ? [`--package ${names.join(",")}`] : []),
    ...(safeOnly ? ["--safe-only"] : []),
  ];
  const of = asked.length === 0 ? "" : ` that fits ${asked.join(" ")}`;
  return `: ${scanned.length === 1 ? "1 problem was" : `${scanned.length} problems were`} found, none with an edit${plainText(of)}`;
}

async function reportOn(path: string, options: FixOptions) {
  const { rule: _rule, package: _package, safeOnly: _safe, dryRun: _dry, ...rest } = options;
  const asked: ScanOptions = { ...rest, format: "table", failOn: "never" };
  return (await scanPath(path, asked)).report;
}

/** `*` stands for anything. */
function isAsked(finding: Finding, { rule, package: names, safeOnly = false }: FixOptions): boolean {
  if (safeOnly && finding.fix?.safe !== true) return false;
  if (rule && ![finding.rule, ...finding.aliases].some((id) => rule.some((pattern) => fits(pattern, id)))) return false;
  const { package: of } = finding;
  if (!names) return true;
  return (
    of !== undefined && names.some((name) => fits(packageKey(of.ecosystem, name), packageKey(of.ecosystem, of.name)))
  );
}

function fits(pattern: string, word: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return word === first;
  if (!word.startsWith(first) || word.length < first.length + last.length || !word.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = word.indexOf(part, at);
    if (found < 0 || found + part.length > word.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

/** A terminal must not obey what stands in other people's files; a file that is patched with it needs every byte. */
function shownDiff({ files }: PlannedFix): string {
  const diff = unifiedDiff(files);
  return process.stdout.isTTY
    ? diff
        .split("\n")
        .map((line) => plainText(line.replace(/\r$/, "").replaceAll("\t", "    ")))
        .join("\n")
    : diff;
}

async function writeToStderr(said: readonly string[]): Promise<void> {
  for (const words of said) console.error(plainText(words));
}

interface Outcome {
  readonly gone: readonly Finding[];
  readonly appeared: readonly Finding[];
  readonly left: readonly Finding[];
}

function summary({ said, files }: Extract<FixPlan, { is: "planned" }>, { gone, appeared, left }: Outcome): string {
  const all = (word: string, findings: readonly Finding[]) =>
    findings.map(({ at, message }) => `${word}  ${placeText(at)}  ${message}`);
  return lines([
    "",
    `wrote ${files.map(({ path }) => path).join(", ")}`,
    ...all("gone ", gone),
    ...all("left ", left),
    ...all("new  ", appeared),
    ...said.map((words) => `to do  ${words}`),
    `${gone.length} gone, ${left.length} left, ${appeared.length} new`,
  ]);
}

function lines(all: readonly string[]): string {
  return `${all.map(plainText).join("\n")}\n`;
}
