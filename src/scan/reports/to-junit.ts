/** JUnit's XML, as Azure Pipelines' "Publish test results" shows it: a failed test per finding. */
import type { Finding } from "#model/finding.ts";
import type { Rule } from "#model/rule.ts";
import { scannerNames } from "#model/scanner-name.ts";
import { datedLiveText } from "./live-text.ts";
import { originText } from "./origin-text.ts";
import { placeText } from "./place-text.ts";
import type { Report } from "./report.ts";
import { sortFindings } from "./sort-findings.ts";

export function toJunit(report: Report, allRules: readonly Rule[]): string {
  const rules = new Map(allRules.map((rule) => [rule.id, rule]));
  const seconds = (report.stats.milliseconds / 1000).toFixed(3);
  const findings = sortFindings(report.findings);
  const suites = scannerNames.flatMap((scanner) => {
    const own = findings.filter(({ rule }) => rule.startsWith(`${scanner}/`));
    const cases = own.map((finding) => caseOf(finding, rules.get(finding.rule)));
    return own.length === 0 ? [] : [suite(scanner, cases, own.length)];
  });
  const passed =
    findings.length === 0 ? [suite("scan", ['    <testcase classname="sallyport" name="no findings"/>'], 0)] : [];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="sallyport" tests="${Math.max(1, findings.length)}" failures="${findings.length}" time="${seconds}">`,
    ...suites,
    ...passed,
    "</testsuites>\n",
  ].join("\n");
}

function suite(name: string, cases: readonly string[], failures: number): string {
  return `  <testsuite name="${name}" tests="${cases.length}" failures="${failures}">\n${cases.join("\n")}\n  </testsuite>`;
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
