/** The comment that sums a pull request up: the verdict, every open problem, what is solved or set aside and by whom, and what one may reply. */
import { threadAddress } from "#azure-devops/links.ts";
import type { Exception, ExceptionId } from "#model/exception.ts";
import type { Problem } from "#model/scan-result.ts";
import { compareSeverity } from "#model/severity.ts";
import { isSpan } from "#model/span.ts";
import type { Verdict } from "#model/verdict.ts";
import { findRule } from "#scan/rules.ts";
import type { PullRequestFinding } from "#store/pull-requests/pull-request-findings.ts";
import { policyName } from "../policies/policy-words.ts";
import { cutRows } from "./cut-rows.ts";
import { escapeMarkdown, markdownCode } from "./escape-markdown.ts";
import { inCommit } from "./only-in-commits.ts";
import type { AboutSummary } from "./reconcile-summary.ts";
import { compareTopics, type Topic } from "./topics.ts";
import { isSecret, severityWord, stillInCommits } from "./write-comment.ts";

export interface SummaryFacts
  extends Pick<AboutSummary, "topics" | "told" | "verdict" | "policies" | "findings" | "unread"> {
  readonly pullRequest: { readonly webUrl: string };
  readonly exceptions: ReadonlyMap<ExceptionId, Exception>;
  readonly consoleAddress: string;
}

/** Of what does not count any more; the open ones are all listed. */
const mostLines = 20;

export function writeSummary(facts: SummaryFacts): string {
  const { findings, unread, consoleAddress, exceptions } = facts;
  const ofState = (state: PullRequestFinding["state"]) =>
    findings
      .filter((row) => row.state === state)
      .toSorted((a, b) => compareSeverity(a.finding.severity, b.finding.severity));
  const silenced = ofState("silenced");
  const solved = ofState("fixed");
  const rest = [
    section(
      "Dismissed by people",
      ofState("dismissed").map((row) => dismissedLine(row, exceptions)),
      consoleAddress,
    ),
    ...(silenced.length === 0
      ? []
      : [
          section("Silenced in the code", silenced.map(silencedLine), consoleAddress),
          "Nothing fails because of them. Please see whether the reasons hold.",
        ]),
    section("Solved in this pull request", solved.map(placeLine), consoleAddress),
    solved.some(({ finding }) => isSecret(finding)) ? stillInCommits : undefined,
    section("Not fully examined", unread.map(unreadLine), consoleAddress),
    commands,
    `[See all of it in Sallyport](${consoleAddress})`,
  ].filter((part) => part !== undefined);
  const head = verdictWords(facts);
  const table = tableOf(facts, [head, ...rest].join("\n\n").length);
  return [head, ...(table === undefined ? [] : [table]), ...rest].join("\n\n");
}

function verdictWords({ verdict, topics, policies, unread }: SummaryFacts): string {
  const { outcome, decidedBy } = verdict;
  const open = topics.filter(({ state }) => state === "open");
  const blocking = open.filter(({ asks }) => asks === "block").length;
  const names = decidedBy.map((id) => `"${escapeMarkdown(policyName(id, policies))}"`);
  const by = names.length === 0 ? "" : ` by the ${names.length === 1 ? "policy" : "policies"} ${names.join(", ")}`;
  const found = open.length === 1 ? "1 new problem" : `${open.length} new problems`;
  if (outcome === "unfinished") {
    return `**Sallyport: not finished.** The scan of this pull request did not end, so it is held up${by}. It is tried again by itself.`;
  }
  if (outcome === "blocked") {
    const count = blocking === open.length ? found : `${blocking} of ${found}`;
    return `**Sallyport: blocked${by}.** ${count} must be solved, or dismissed for a reason, before this pull request is completed.`;
  }
  if (open.length === 0) {
    const where = unread.length === 0 ? "This pull request" : "As far as it was examined, this pull request";
    return `**Sallyport: passed.** ${where} brings in no security problem that counts.`;
  }
  const which = open.length === 1 ? "No policy blocks on it." : "No policy blocks on them.";
  return `**Sallyport: passed.** This pull request brings in ${found}. ${which}`;
}

function tableOf({ topics, told, verdict, policies, pullRequest, consoleAddress }: SummaryFacts, room: number) {
  const open = topics.filter(({ state }) => state === "open").toSorted(compareTopics);
  if (open.length === 0) return undefined;
  const decided = new Map(verdict.matches.map((match) => [match.fingerprint, match]));
  const rows = open.map((topic) => {
    const { severity } = topic.rows[0].finding;
    const thread = told.get(topic);
    const link = thread === undefined ? "" : `[thread](${threadAddress(pullRequest.webUrl, thread)})`;
    const matches = topic.rows.flatMap(({ fingerprint }) => decided.get(fingerprint) ?? []);
    const cells = [severityWord(severity), titleOf(topic), whereOf(topic), consequence(matches, policies), link];
    return `| ${cells.map(cellOf).join(" | ")} |`;
  });
  const head = ["| Severity | Problem | Where | What follows | Told |", "|---|---|---|---|---|"];
  const cut = cutRows(rows, room, (left) => `\nand ${left} more: [see all of them](${consoleAddress})`);
  return [...head, ...cut].join("\n");
}

/** A pipe would begin a cell, also in code. */
function cellOf(text: string): string {
  return text.replace(/(?<!\\)\|/g, "\\|");
}

function titleOf({ rows: [first, ...others] }: Topic): string {
  const { finding } = first;
  const count = 1 + others.filter(({ state }) => state === "open").length;
  const rule = escapeMarkdown(findRule(finding.rule)?.title ?? finding.message);
  if (!finding.package) return rule;
  const name = markdownCode(`${finding.package.name} ${finding.package.version ?? ""}`.trim());
  return count === 1 ? `${name}: ${rule}` : `${name}: ${count} known problems`;
}

function whereOf({ rows: [{ finding }] }: Topic): string {
  return `${placeOf(finding.at) ?? ""}${inCommit(finding)}`;
}

function placeOf(at: PullRequestFinding["finding"]["at"]): string | undefined {
  return isSpan(at) ? markdownCode(`${at.path}:${at.startLine}`) : escapeMarkdown(`${at.setting} of ${at.resource}`);
}

function consequence(matches: Verdict["matches"], policies: SummaryFacts["policies"]): string {
  const blocks = matches.flatMap(({ actions }) => actions.filter(({ action }) => action === "block"));
  if (blocks.length > 0) {
    const ids = [...new Set(blocks.map(({ policy }) => policy))];
    return `blocks: ${ids.map((id) => escapeMarkdown(policyName(id, policies))).join(", ")}`;
  }
  const until = matches.flatMap(({ graceUntil }) => graceUntil ?? []).toSorted()[0];
  return until === undefined ? "nothing must be done" : `blocks from ${until.slice(0, 10)} on`;
}

function section(title: string, lines: readonly string[], consoleAddress: string): string | undefined {
  if (lines.length === 0) return undefined;
  const left = lines.length - mostLines;
  const shown = lines.slice(0, mostLines).map((line) => `- ${line}`);
  const more = left > 0 ? [`- and ${left} more: [see all of them](${consoleAddress})`] : [];
  return [`**${title}: ${lines.length}**`, "", ...shown, ...more].join("\n");
}

function placeLine({ finding: { rule, severity, message, at } }: PullRequestFinding): string {
  const where = isSpan(at) ? ` in ${placeOf(at)}` : "";
  return `${severityWord(severity)}: ${escapeMarkdown(findRule(rule)?.title ?? message)}${where}`;
}

function silencedLine(row: PullRequestFinding): string {
  const { skip } = row;
  const place = skip?.at ? `Skipped in ${markdownCode(skip.at.path)} line ${skip.at.startLine}` : "Skipped";
  const reason = skip?.reason ? `: ${escapeMarkdown(skip.reason)}` : ", without a reason";
  return `${placeLine(row)}. ${place}${reason}`;
}

function dismissedLine(row: PullRequestFinding, exceptions: SummaryFacts["exceptions"]): string {
  const exception = row.exceptionId && exceptions.get(row.exceptionId);
  if (!exception) return placeLine(row);
  const { author, approver, reason, comment, until } = exception;
  const words = [
    `by ${escapeMarkdown(author)}`,
    approver && `agreed by ${escapeMarkdown(approver)}`,
    reason.replaceAll("-", " "),
    until ? `until ${until.toISOString().slice(0, 10)}` : "without an end",
  ].filter(Boolean);
  return `${placeLine(row)}: ${words.join(", ")}${comment === "" ? "" : `: ${escapeMarkdown(comment)}`}`;
}

function unreadLine({ path, line, message }: Problem): string {
  const where = path === undefined ? "" : `${markdownCode(line === undefined ? path : `${path}:${line}`)}: `;
  return `${where}${escapeMarkdown(message)}`;
}

const commands = [
  "**What you may reply**, in the thread of a problem:",
  "",
  "- `/sallyport ignore <reason> [until YYYY-MM-DD]`: it stays as it is, for a reason that others see",
  "- `/sallyport false-positive [reason]`: it is none",
  "- `/sallyport rotated`: of a secret that its provider no longer takes",
  "- `/sallyport fix`: a pull request with the edit, where there is one",
  "- `/sallyport explain`: more about it, and why it counts here",
  "- `/sallyport rescan`, anywhere: looks again",
  "",
  "Outside of such a thread say which problems you mean: `/sallyport ignore all <reason>`, or the id of a rule in the place of `all`.",
].join("\n");
