/** Makes exceptions for what a reply is about, if who wrote it may, and says what came of it. */
import type { ExceptionSettings } from "#model/exception.ts";
import type { DismissReason } from "#model/issue.ts";
import type { PullRequest } from "#model/pull-request.ts";
import { findRule } from "#scan/rules.ts";
import type { Db } from "#store/database.ts";
import type { PullRequestFinding } from "#store/pull-requests/pull-request-findings.ts";
import type { PullRequestRow } from "#store/pull-requests/pull-requests.ts";
import type { App } from "../app.ts";
import { subjectOf } from "../exceptions/except-issues.ts";
import { type ExceptionOutcome, makeException } from "../exceptions/make-exception.ts";
import { escapeMarkdown } from "../give-feedback/escape-markdown.ts";
import type { Commanding } from "./answer-command.ts";
import { findingsOf } from "./findings-of.ts";
import type { DecisionCommand } from "./read-commands.ts";

interface Decision {
  readonly row: PullRequestRow;
  readonly pullRequest: PullRequest;
  /** Those that the command can be about. */
  readonly findings: readonly PullRequestFinding[];
  readonly command: DecisionCommand;
  readonly given: Commanding;
}

export async function decideFindings(
  app: Pick<App, "jobs" | "now" | "publicUrl">,
  tx: Db,
  { row, pullRequest, findings, command, given }: Decision,
): Promise<string> {
  const { may, thread, comment } = given;
  if (may.is === "no") return `Nothing was changed. ${escapeMarkdown(may.why)}`;
  const found = findingsOf(thread, findings, command.reason);
  if (found.is === "which") return found.why;
  if (found.rows.length === 0) return "There is nothing open here that this could be about.";
  if (command.is === "ignore" && found.reason === "") return "It gives no reason: write why, after what is meant.";
  const said: (readonly [PullRequestFinding, ExceptionOutcome])[] = [];
  for (const one of found.rows) {
    const outcome = await makeException(app, tx, {
      ...{ instanceId: row.instanceId, about: subjectOf(one.finding) },
      // A key that is worth nothing is so everywhere.
      ...(command.is !== "rotated" && { repositoryId: row.repositoryId }),
      ...{ anchor: { is: "finding", fingerprint: one.fingerprint }, comment: found.reason, source: "pull-request" },
      reason: reasons[command.is],
      ...{ author: comment.author?.name ?? "", authorAccount: comment.author?.account ?? "" },
      saidAt: `${pullRequest.webUrl}?discussionId=${thread.id}`,
      ...(command.until && { until: command.until }),
    });
    said.push([one, outcome]);
  }
  return describe(said, command, given.settings, app.publicUrl);
}

const reasons = {
  ignore: "accepted-risk",
  "false-positive": "false-positive",
  rotated: "rotated",
} as const satisfies Record<DecisionCommand["is"], DismissReason>;

const done = {
  ignore: "ignored",
  "false-positive": "a false positive",
  rotated: "rotated, so it counts in no repository any more",
} as const satisfies Record<DecisionCommand["is"], string>;

/** More are counted. */
const mostLines = 20;

function describe(
  said: readonly (readonly [PullRequestFinding, ExceptionOutcome])[],
  { is }: Decision["command"],
  { approvalFrom }: ExceptionSettings,
  publicUrl: string,
): string {
  const lines = said.slice(0, mostLines).map(([{ finding }, outcome]) => {
    const title = escapeMarkdown(findRule(finding.rule)?.title ?? finding.message);
    if (outcome.is === "refused") return `${title}: nothing was changed; ${subject(outcome)} ${outcome.why}.`;
    const { state, until } = outcome.exception;
    const end = until ? ` until ${lastDayOf(until)}` : "";
    if (state.is === "pending") {
      return `${title}: asked for${end}. From the severity ${approvalFrom ?? "here"} on a second person has to agree, in [Sallyport](${publicUrl}/exceptions).`;
    }
    return `${title}: ${done[is]}${end}.`;
  });
  const left = said.length - lines.length;
  const all = left > 0 ? [...lines, `and ${left} more`] : lines;
  const list = all.length === 1 ? (all[0] ?? "") : all.map((line) => `- ${line}`).join("\n");
  const isChanged = said.some(([, outcome]) => outcome.is !== "refused" && outcome.exception.state.is === "active");
  return isChanged ? `${list}\n\nThe check follows without another push.` : list;
}

function subject({ field }: ExceptionOutcome & { readonly is: "refused" }): string {
  return field === "until" ? "the date" : "`rotated`";
}

/** An end at midnight is the end of the day before. */
function lastDayOf(until: Date): string {
  return new Date(until.getTime() - 1).toISOString().slice(0, 10);
}
