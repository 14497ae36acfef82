/** Does what one command asks for, and says in words what was done, or why it was not. */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import type { CommentAuthor, Thread, ThreadComment } from "#azure-devops/threads.ts";
import type { ExceptionSettings } from "#model/exception.ts";
import type { PullRequest } from "#model/pull-request.ts";
import type { Repository } from "#model/repository.ts";
import type { Db } from "#store/database.ts";
import { findExceptionSettings } from "#store/exceptions/exception-settings.ts";
import { listPullRequestFindings, type PullRequestFinding } from "#store/pull-requests/pull-request-findings.ts";
import type { PullRequestRow } from "#store/pull-requests/pull-requests.ts";
import type { App } from "../app.ts";
import { askForFix } from "../fixes/ask-for-fix.ts";
import { escapeMarkdown, markdownProse } from "../give-feedback/escape-markdown.ts";
import { askForPullRequestScan } from "../jobs/ask.ts";
import { decideFindings } from "./decide-findings.ts";
import { explainFindings } from "./explain-findings.ts";
import { findingsOf } from "./findings-of.ts";
import { type MayDecide, mayDecide } from "./may-decide.ts";
import type { Command } from "./read-commands.ts";

/** What was asked outside before anything is written. */
interface Prepared {
  readonly may: MayDecide;
  readonly settings: ExceptionSettings;
}

export interface CommandContext {
  readonly repository: Repository;
  readonly row: PullRequestRow;
  readonly pullRequest: PullRequest;
  /** Asks what the author may do, if some command needs to know; each author once. */
  prepare(commands: readonly Command[], author: CommentAuthor | undefined): Promise<Prepared>;
}

export function openCommands(
  app: Pick<App, "db">,
  about: Omit<CommandContext, "prepare"> & { readonly client: OrganizationClient },
): CommandContext {
  const { client, repository, pullRequest, row } = about;
  const asked = new Map<string, MayDecide>();
  return {
    ...{ repository, row, pullRequest },
    async prepare(commands, author) {
      const settings = await findExceptionSettings(app.db, row.instanceId);
      const isNeeded = commands.some(({ is }) => is === "ignore" || is === "false-positive" || is === "rotated");
      if (!isNeeded) return { settings, may: { is: "no", why: "" } };
      const known = author && asked.get(author.id);
      const may = known ?? (await mayDecide({ client, repository, pullRequest, settings }, author));
      if (author) asked.set(author.id, may);
      return { settings, may };
    },
  };
}

export interface Commanding extends Prepared {
  readonly command: Command;
  readonly thread: Thread;
  readonly comment: ThreadComment;
}

export async function answerCommand(
  app: Pick<App, "jobs" | "now" | "publicUrl">,
  tx: Db,
  context: CommandContext,
  given: Commanding,
): Promise<string> {
  const { command, comment } = given;
  const { row, pullRequest } = context;
  if (command.is === "malformed") return `Not understood: ${markdownProse(command.why)}\n\n${helpWords}`;
  if (command.is === "help") return helpWords;
  if (pullRequest.state !== "active") return "This pull request is not open any more, so nothing was done.";
  const person = comment.author?.name || "somebody";
  if (command.is === "rescan") {
    await askForPullRequestScan(app, tx, row, { is: "person", name: person });
    return "It is scanned again; the check says when that is done.";
  }
  const findings = await listPullRequestFindings(tx, row.repositoryId, row.number);
  const open = findings.filter(({ state }) => state === "open");
  if (command.is === "fix") return fix(app, tx, context, { open, given, person });
  if (command.is === "explain") return explainFindings(tx, row, findingsOf(given.thread, findings, undefined));
  // What was taken out of the files is in the commits still: that it is rotated is to be said then, too.
  const meant = command.is === "rotated" ? findings.filter(({ state }) => state === "open" || state === "fixed") : open;
  return decideFindings(app, tx, { row, findings: meant, command, given, pullRequest });
}

async function fix(
  app: Pick<App, "jobs" | "now">,
  tx: Db,
  { row }: CommandContext,
  about: { readonly open: readonly PullRequestFinding[]; readonly given: Commanding; readonly person: string },
): Promise<string> {
  const found = findingsOf(about.given.thread, about.open, undefined);
  if (found.is === "which") return found.why;
  const fingerprints = found.rows.map(({ fingerprint }) => fingerprint);
  if (fingerprints.length === 0) return "There is nothing open in this thread to fix.";
  const { instanceId, repositoryId, number: pullRequest } = row;
  const askedBy = { is: "reply", name: about.person, pullRequest } as const;
  const answers = await askForFix(app, tx, { instanceId, repositoryId, fingerprints, pullRequest, askedBy });
  const lines = answers.map((answer) => {
    if (answer.is === "refused") return escapeMarkdown(answer.because);
    const where = answer.pullRequest === undefined ? "" : ` in pull request !${answer.pullRequest}`;
    return answer.is === "asked"
      ? `${escapeMarkdown(answer.title)}: it is made, scanned, and offered as a pull request into this branch${where}.`
      : `${escapeMarkdown(answer.title)}: that is under way already${where}.`;
  });
  return lines.length === 1 ? (lines[0] ?? "") : lines.map((line) => `- ${line}`).join("\n");
}

const helpWords = [
  "What one may write, at the beginning of a line:",
  [
    "- `/sallyport ignore <reason> [until YYYY-MM-DD]`: what this thread is about stays as it is, for a reason that others see",
    "- `/sallyport false-positive [reason] [until YYYY-MM-DD]`: it is none",
    "- `/sallyport rotated [comment]`: of a secret that its provider no longer takes; it counts nowhere any more",
    "- `/sallyport explain`: more about it, and why it counts here",
    "- `/sallyport fix`: a pull request with the edit, where there is one",
    "- `/sallyport rescan`: looks again",
    "- outside the thread of a problem, name what is meant: `/sallyport ignore all <reason>`, or the id of a rule in the place of `all`",
  ].join("\n"),
].join("\n\n");
