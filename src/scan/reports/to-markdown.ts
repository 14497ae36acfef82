/** Markdown for a comment or a build summary. */
import type { Finding } from "#model/finding.ts";
import type { Rule } from "#model/rule.ts";
import { severities } from "#model/severity.ts";
import { datedLiveText } from "./live-text.ts";
import { notScannedText } from "./not-scanned-text.ts";
import { originText } from "./origin-text.ts";
import { placeText } from "./place-text.ts";
import { plainText } from "./plain-text.ts";
import type { Report } from "./report.ts";
import { sortFindings } from "./sort-findings.ts";

/** `ownRules`: those that the scanned folder brought along. */
export function toMarkdown(report: Report, ourRules: readonly Rule[], ownRules: readonly Rule[] = []): string {
  const allRules = [...ourRules, ...ownRules.map(asText)];
  const findings = sortFindings(report.findings);
  const counts = severities
    .map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}`);
  const head = findings.length === 0 ? "No findings." : `**${counts.join(", ")}**`;
  return [
    "## Sallyport",
    "",
    ...verdictLines(report),
    `${head} ${report.stats.files} files scanned${notScannedText(report.stats)}.`,
    ...(findings.length > 0 ? ["", ...table(findings), "", ...explanations(findings, allRules)] : []),
    ...section("Not examined", report.problems.filter(({ isNotice }) => !isNotice).map(problemLine)),
    ...section("Good to know", report.problems.filter(({ isNotice }) => isNotice).map(problemLine)),
    ...(report.silenced.length > 0 ? ["", `${report.silenced.length} silenced by markers, settings or baseline.`] : []),
    "",
  ].join("\n");
}

function verdictLines({ verdict }: Report): readonly string[] {
  if (verdict === undefined) return [];
  const { headline, reasons, toFree } = verdict.words;
  return [
    `**${cell(headline)}**`,
    "",
    ...reasons.map(({ policy, why }) => `- ${code(policy)}: ${cell(why)}`),
    ...toFree.map((way) => `- ${cell(way)}`),
    ...(reasons.length + toFree.length > 0 ? [""] : []),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", `### ${title}`, "", ...lines];
}

function table(findings: readonly Finding[]): readonly string[] {
  const rows = findings.map(
    ({ severity, at, message, masked = "", live, origin }) =>
      `| ${severity} | ${code(placeText(at))} | ${cell(message)} ${cell(masked)}${live === undefined ? "" : ` ${cell(datedLiveText(live))}`}${origin === undefined ? "" : ` ${cell(originText(origin))}`} |`,
  );
  return ["| Severity | Place | Problem |", "|---|---|---|", ...rows];
}

function explanations(findings: readonly Finding[], allRules: readonly Rule[]): readonly string[] {
  const named = new Set(findings.map(({ rule }) => rule));
  return allRules
    .filter(({ id }) => named.has(id))
    .flatMap(({ id, title, why, fix, links }) => [
      `<details><summary>${title} (${id})</summary>`,
      "",
      why,
      "",
      `**Fix:** ${fix} ${links.map((link) => `<${link}>`).join(" ")}`,
      "",
      "</details>",
      "",
    ]);
}

/** A file of rules is other people's text, too. */
function asText(rule: Rule): Rule {
  const { title, why, fix, links } = rule;
  const pages = links.flatMap((link) => URL.parse(link)?.href ?? []).filter((link) => link.startsWith("http"));
  return { ...rule, title: cell(title), why: cell(why), fix: cell(fix), links: pages };
}

function problemLine({ path, message }: Report["problems"][number]): string {
  return `- ${path === undefined ? "" : `${code(path)}: `}${cell(message)}`;
}

/** Names of files are other people's text: none of it may become markup, or reach a terminal that a log is shown in. */
function cell(text: string): string {
  return plainText(text.replace(/[\r\n]+/g, " ")).replace(/[|<>[\]*_`\\@#]/g, "\\$&");
}

function code(text: string): string {
  return `\`${plainText(text).replace(/[`|]/g, "?")}\``;
}
