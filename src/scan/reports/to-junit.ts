/**
 * JUnit's XML, as Azure Pipelines' "Publish test results" shows it: a failed test per finding, a skipped one for what is silenced
 * or could not be examined.
 */
import type { Finding } from "#model/finding.ts";
import type { Rule } from "#model/rule.ts";
import type { Problem } from "#model/scan-result.ts";
import { scannerNames } from "#model/scanner-name.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import { datedLiveText } from "./live-text.ts";
import { originText } from "./origin-text.ts";
import { placeText } from "./place-text.ts";
import type { Report } from "./report.ts";
import { sortFindings } from "./sort-findings.ts";
import { whyUnexamined } from "./unexamined.ts";

export function toJunit(report: Report, allRules: readonly Rule[]): string {
  const rules = new Map(allRules.map((rule) => [rule.id, rule]));
  const seconds = (report.stats.milliseconds / 1000).toFixed(3);
  const findings = sortFindings(report.findings);
  const suites = scannerNames.map((scanner) => {
    const isOwn = ({ rule }: Finding) => rule.startsWith(`${scanner}/`);
    const failed = findings.filter(isOwn).map((finding) => caseOf(finding, rules.get(finding.rule)));
    const silenced = report.silenced.filter(({ finding }) => isOwn(finding)).map(silencedCase);
    return { name: scanner, failed, skipped: silenced, passed: [] };
  });
  const passed =
    findings.length === 0 && whyUnexamined(report) === undefined
      ? ['    <testcase classname="sallyport" name="no findings"/>']
      : [];
  const unexamined = report.problems.filter(({ isNotice }) => !isNotice).map(problemCase);
  const all = [...suites, { name: "scan", failed: [], skipped: unexamined, passed }].filter((one) => sizeOf(one) > 0);
  const tests = all.reduce((sum, one) => sum + sizeOf(one), 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="sallyport" tests="${tests}" failures="${findings.length}" time="${seconds}">`,
    ...all.map(suiteText),
    "</testsuites>\n",
  ].join("\n");
}

interface Suite {
  readonly name: string;
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
  readonly passed: readonly string[];
}

function sizeOf({ failed, skipped, passed }: Suite): number {
  return failed.length + skipped.length + passed.length;
}

function suiteText(suite: Suite): string {
  const { name, failed, skipped, passed } = suite;
  const counts = `tests="${sizeOf(suite)}" failures="${failed.length}" skipped="${skipped.length}"`;
  return `  <testsuite name="${name}" ${counts}>\n${[...failed, ...skipped, ...passed].join("\n")}\n  </testsuite>`;
}

/** It is no failure, and nobody hides anything unseen. */
function silencedCase({ finding: { rule, message, at }, reason }: SilencedFinding): string {
  return skippedCase(rule, placeText(at), `Silenced (${reason === "" ? "no reason given" : reason}): ${message}`);
}

function problemCase({ scanner, code, message, path, line }: Problem): string {
  const place = [...(path === undefined ? [scanner] : [path]), ...(line === undefined ? [] : [line])].join(":");
  return skippedCase(`${scanner}/${code}`, place, message);
}

function skippedCase(name: string, place: string, message: string): string {
  return [
    `    <testcase classname="${xml(name)}" name="${xml(place)}">`,
    `      <skipped message="${xml(message)}"/>`,
    "    </testcase>",
  ].join("\n");
}

function caseOf(finding: Finding, rule: Rule | undefined): string {
  const place = placeText(finding.at);
  const origin = finding.origin === undefined ? "" : originText(finding.origin);
  const live = finding.live === undefined ? "" : datedLiveText(finding.live);
  const body = [
    finding.message,
    finding.masked ?? "",
    live,
    origin,
    rule?.why ?? "",
    rule?.fix ?? "",
    rule?.links[0] ?? "",
  ];
  return [
    `    <testcase classname="${xml(finding.rule)}" name="${xml(place)}">`,
    `      <failure type="${finding.severity}" message="${xml(`${finding.message} ${place}`)}">${xml(body.filter((line) => line !== "").join("\n"))}</failure>`,
    "    </testcase>",
  ].join("\n");
}

/** XML 1.0 has no place for most control characters, not even escaped. */
function xml(text: string): string {
  const clean = text.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, "\ufffd");
  return clean.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
