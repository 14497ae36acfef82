/** The comment of one finding, for the developer who made the pull request: what it is, why it matters, what to do. */
import type { Finding } from "#model/finding.ts";
import { findRule } from "#scan/rules.ts";
import { escapeMarkdown, markdownCode } from "./escape-markdown.ts";

export function writeComment(finding: Finding, consoleAddress: string): string {
  const rule = findRule(finding.rule);
  const severity = finding.severity[0]?.toUpperCase() + finding.severity.slice(1);
  const parts = [
    `**${severity}: ${escapeMarkdown(rule?.title ?? finding.message)}**`,
    finding.masked
      ? `${escapeMarkdown(finding.message)} (${markdownCode(finding.masked)})`
      : escapeMarkdown(finding.message),
    rule && `**Why it matters:** ${escapeMarkdown(rule.why)}`,
    rule && `**What to do:** ${escapeMarkdown(rule.fix)}`,
    `[See it in Sallyport](${consoleAddress}) · rule ${markdownCode(finding.rule)}`,
  ];
  return parts.filter((part) => part !== undefined).join("\n\n");
}
