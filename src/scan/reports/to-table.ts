/** What a person reads in a terminal. Colour and width are the caller's choice, so that a pipe gets plain text. */
import type { Finding } from "#model/finding.ts";
import { type Severity, severities } from "#model/severity.ts";
import { placeText } from "./place-text.ts";
import type { Report } from "./report.ts";
import { sortFindings } from "./sort-findings.ts";

const colours = { critical: "\x1b[1;31m", high: "\x1b[31m", medium: "\x1b[33m", low: "\x1b[36m" } as const;
const dim = "\x1b[2m";
const reset = "\x1b[0m";

export interface TableOptions {
  readonly colour: boolean;
}

export function toTable(report: Report, { colour }: TableOptions): string {
  const paint = (style: string, text: string) => (colour ? `${style}${text}${reset}` : text);
  const findings = sortFindings(report.findings);
  const lines = findings.flatMap((finding) => findingLines(finding, paint));
  const problems = report.problems.map((problem) => {
    const place =
      problem.path === undefined
        ? ""
        : `${plain(problem.path)}${problem.line === undefined ? "" : `:${problem.line}`}: `;
    return `${paint(colours.medium, "problem ")}  ${place}${plain(problem.message)}`;
  });
  return `${[...lines, ...problems, summary(report, paint)].join("\n")}\n`;
}

function findingLines(finding: Finding, paint: (style: string, text: string) => string): readonly string[] {
  const severity: Severity = finding.severity;
  const detail = [finding.masked, ...(finding.signals ?? [])].filter((part) => part !== undefined).join(", ");
  return [
    `${paint(colours[severity], severity.padEnd(8))}  ${plain(placeText(finding.at))}`,
    `          ${plain(finding.message)} ${paint(dim, finding.rule)}`,
    ...(detail === "" ? [] : [`          ${paint(dim, plain(detail))}`]),
    "",
  ];
}

function summary(report: Report, paint: (style: string, text: string) => string): string {
  const counts = severities.flatMap((severity) => {
    const count = report.findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [paint(colours[severity], `${count} ${severity}`)];
  });
  const { files, bytes, milliseconds } = report.stats;
  const found = counts.length === 0 ? "no findings" : counts.join(", ");
  const hidden = report.silenced.length === 0 ? "" : `, ${report.silenced.length} silenced`;
  return `${found}${hidden} in ${files} files (${(bytes / 1e6).toFixed(1)} MB, ${(milliseconds / 1000).toFixed(2)} s)`;
}

/** Names of files are other people's text: control characters in them must not reach a terminal. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "?");
}
