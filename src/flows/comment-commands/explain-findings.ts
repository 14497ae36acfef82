/** Says of findings what their rule says, what decided that they are there, and which policy makes them count. */

import { importedRule } from "#model/imported-from.ts";
import type { Verdict } from "#model/verdict.ts";
import { findRule } from "#scan/rules.ts";
import type { Db } from "#store/database.ts";
import { latestVerdict } from "#store/policies/verdicts.ts";
import type { PullRequestFinding } from "#store/pull-requests/pull-request-findings.ts";
import type { PullRequestRow } from "#store/pull-requests/pull-requests.ts";
import { escapeMarkdown, markdownCode, markdownProse } from "../give-feedback/escape-markdown.ts";
import { sentenceOf } from "../give-feedback/write-comment.ts";
import type { FoundFindings } from "./findings-of.ts";

/** More are counted: nobody reads a hundred. */
const mostFindings = 10;

export async function explainFindings(tx: Db, row: PullRequestRow, found: FoundFindings): Promise<string> {
  if (found.is === "which") return found.why;
  if (found.rows.length === 0) return "There is nothing here that could be explained.";
  const verdict = await latestVerdict(tx, row.repositoryId, row.number);
  const parts = found.rows.slice(0, mostFindings).map((one) => explain(one, verdict));
  const left = found.rows.length - parts.length;
  return [...parts, ...(left > 0 ? [`and ${left} more of this thread`] : [])].join("\n\n---\n\n");
}

function explain({ finding, state }: PullRequestFinding, verdict: Verdict | undefined): string {
  const rule = findRule(finding.rule) ?? importedRule(finding);
  const signals = finding.signals ?? [];
  const links = (rule?.links ?? []).filter((link) => /^https:\/\/[^\s()<>]+$/.test(link));
  const parts = [
    `**${escapeMarkdown(rule?.title ?? finding.message)}** (${finding.severity}, rule ${markdownCode(finding.rule)})`,
    rule && sentenceOf(finding, rule.title),
    rule && `**Why it matters:** ${markdownProse(rule.why)}`,
    rule && `**What to do:** ${markdownProse(rule.fix)}`,
    signals.length > 0 && `**What decided:** ${signals.map(escapeMarkdown).join("; ")}`,
    `**Here:** ${decided(finding.fingerprint, state, verdict)}`,
    links.length > 0 && links.map((link) => `- <${link}>`).join("\n"),
  ];
  return parts.filter((part) => typeof part === "string").join("\n\n");
}

function decided(fingerprint: string, state: PullRequestFinding["state"], verdict: Verdict | undefined): string {
  if (state !== "open") return `it is ${state}, and counts for nothing.`;
  const match = verdict?.matches.find((one) => one.fingerprint === fingerprint);
  const actions = (match?.actions ?? []).map(({ action, policy }) => `${action} (policy ${markdownCode(policy)})`);
  if (actions.length === 0) return "no policy asks for anything; it is only recorded.";
  const grace = match?.graceUntil === undefined ? "" : ` It blocks only after ${match.graceUntil.slice(0, 10)}.`;
  return `${actions.join(", ")}.${grace}`;
}
