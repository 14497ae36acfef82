/** What a person reads in a terminal. Colour and width are the caller's choice, so that a pipe gets plain text. */
import type { Finding } from "#model/finding.ts";
import type { Rule } from "#model/rule.ts";
import { severities } from "#model/severity.ts";
import { displayWidth, padToWidth } from "./display-width.ts";
import { liveText } from "./live-text.ts";
import { notScannedText } from "./not-scanned-text.ts";
import { originText } from "./origin-text.ts";
import { placeText } from "./place-text.ts";
import { plainText } from "./plain-text.ts";
import type { Report } from "./report.ts";
import { sortFindings } from "./sort-findings.ts";

const colours = { critical: "\x1b[1;31m", high: "\x1b[31m", medium: "\x1b[33m", low: "\x1b[36m" } as const;
const dim = "\x1b[2m";
const reset = "\x1b[0m";

export interface TableOptions {
  readonly colour: boolean;
  /** Columns of the terminal; absent for a pipe. */
  readonly width?: number;
  /** Those that the scanned folder brought along: no other command knows them. */
  readonly ownRules?: readonly Rule[];
}

type Paint = (style: string, text: string) => string;

const indent = 10;

export function toTable(report: Report, { colour, width = 160, ownRules = [] }: TableOptions): string {
  const paint: Paint = (style, text) => (colour ? `${style}${text}${reset}` : text);
  const findings = sortFindings(report.findings);
  const places = findings.map(({ at }) => plainText(placeText(at)));
  // Places of usual length share one column with the problems beside them; a longer one has its line for itself.
  const widest = Math.floor((width - indent) / 2);
  const column = Math.max(0, ...places.map(displayWidth).filter((one) => one <= widest));
  const lines = findings.flatMap((finding, index) =>
    findingLines(finding, places[index] ?? "", { column, width }, paint),
  );
  const problems = report.problems.map((problem) => {
    const place =
      problem.path === undefined
        ? ""
        : `${plainText(problem.path)}${problem.line === undefined ? "" : `:${problem.line}`}: `;
    return `${problem.isNotice ? "notice  " : paint(colours.medium, "problem ")}  ${place}${plainText(problem.message)}`;
  });
  const hint = findings[0] === undefined ? [] : [paint(dim, hintFor(findings[0], ownRules))];
  const blocks = [lines, problems, [...hint, summary(report, paint)], verdictLines(report, paint)].filter(
    (block) => block.length > 0,
  );
  return `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
}

function hintFor({ rule }: Finding, ownRules: readonly Rule[]): string {
  const own = ownRules.find(({ id }) => id === rule);
  return `How to fix it: ${own === undefined ? `sallyport rules ${rule}` : plainText(own.fix.replace(/\s+/g, " "))}`;
}

function findingLines(
  finding: Finding,
  place: string,
  { column, width }: { readonly column: number; readonly width: number },
  paint: Paint,
): readonly string[] {
  const { severity, message, rule, masked } = finding;
  const head = paint(colours[severity], severity.padEnd(indent - 2));
  const origin = finding.origin === undefined ? undefined : originText(finding.origin);
  const live = finding.live === undefined ? undefined : liveText(finding.live);
  const detail = [masked?.replace(/^\((.*)\)$/, "$1"), live, ...(finding.signals ?? []), origin].filter(
    (part) => part !== undefined,
  );
  const words = plainText(message);
  const about = detail.length === 0 ? rule : `${rule}: ${plainText(detail.join(", "))}`;
  const beside = " ".repeat(indent);
  const fits = displayWidth(place) <= column && indent + column + 2 + displayWidth(words) <= width;
  const first = fits ? [`${head}  ${padToWidth(place, column)}  ${words}`] : [`${head}  ${place}`, beside + words];
  return [...first, ...wrapped(about, width - indent).map((line) => `${beside}${paint(dim, line)}`)];
}

function verdictLines({ verdict }: Report, paint: Paint): readonly string[] {
  if (verdict === undefined) return [];
  const { headline, reasons, toFree } = verdict.words;
  const colour = verdict.outcome === "passed" ? colours.low : colours.high;
  return [
    paint(colour, plainText(headline)),
    ...reasons.map(({ policy, why }) => plainText(`  ${policy}: ${why}`)),
    ...toFree.map((way) => paint(dim, `  ${way}`)),
  ];
}

/** Breaks between words; a word that is longer than a line stays whole. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && displayWidth(line) + 1 + displayWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function summary(report: Report, paint: Paint): string {
  const counts = severities.flatMap((severity) => {
    const count = report.findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [paint(colours[severity], `${count} ${severity}`)];
  });
  const { files, bytes, milliseconds, cache } = report.stats;
  const found = counts.length === 0 ? "no findings" : counts.join(", ");
  const hidden = report.silenced.length === 0 ? "" : `, ${report.silenced.length} silenced`;
  // Of a history: its blobs, trees and commits.
  const before = cache.hits === 0 ? "" : `, with ${cache.hits} objects of git that were looked at before`;
  return `${found}${hidden} in ${files} ${files === 1 ? "file" : "files"}${before} (${(bytes / 1e6).toFixed(1)} MB, ${(milliseconds / 1000).toFixed(2)} s)${notScannedText(report.stats)}`;
}
