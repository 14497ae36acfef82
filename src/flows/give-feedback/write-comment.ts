/** The comment of one finding, for the developer who made the pull request: what it is, why it matters, what to do, and who says so. */
import type { Finding } from "#model/finding.ts";
import { findRule } from "#scan/rules.ts";
import type { Credential } from "#store/credentials.ts";
import { withoutMail } from "../connect-instance/account-text.ts";
import { escapeMarkdown, markdownCode } from "./escape-markdown.ts";

type Identity = Pick<Credential, "method" | "accountName">;

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
    `[See it in Sallyport](${consoleAddress}) · rule ${[finding.rule, ...finding.aliases].map(markdownCode).join(", ")}`,
  ];
  return parts.filter((part) => part !== undefined).join("\n\n");
}

const signatureStart = "\n\n*Written by Sallyport, acting as ";

/** Azure DevOps shows an account as the author, often a person's: this line says that it was not they who wrote. */
export function signComment(comment: string, { method, accountName }: Identity): string {
  const words = method === "pat" || method === "entra" ? "" : `the ${method.replace("-", " ")} `;
  return `${comment}${signatureStart}${words}${escapeMarkdown(nameOf(accountName))}.*`;
}

/** Pull requests may be read by everybody: neither mail addresses nor the ids of apps. */
function nameOf(accountName: string): string {
  return withoutMail(accountName).replace(/ \([0-9a-f-]{36}\)$/i, "");
}

/** Whoever wrote it: another one who says the same need not correct it. */
export function withoutSignature(comment: string): string {
  const at = comment.lastIndexOf(signatureStart);
  return at === -1 ? comment : comment.slice(0, at);
}
