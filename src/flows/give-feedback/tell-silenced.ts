/** One thread about the whole pull request says what it silences in the code: whatever is hidden is seen, and fails nothing. */
import { createThread, type Thread } from "#azure-devops/threads.ts";
import { compareSeverity } from "#model/severity.ts";
import { isSpan } from "#model/span.ts";
import { findRule } from "#scan/rules.ts";
import type { PullRequestFinding } from "#store/pull-request-findings.ts";
import type { PullRequestRow } from "#store/pull-requests.ts";
import type { App } from "../app.ts";
import type { ActingClient } from "../open-organization.ts";
import { pullRequestAddress } from "../pull-request-status.ts";
import { correctComment } from "./correct-comment.ts";
import { escapeMarkdown, markdownCode } from "./escape-markdown.ts";
import { signComment } from "./write-comment.ts";

export const silencedProperty = "sallyport.silenced";

/** More are counted: nobody reads a hundred lines in a comment. */
const mostLines = 20;

export async function tellSilenced(
  app: App,
  about: {
    readonly client: ActingClient;
    readonly pullRequest: PullRequestRow & { readonly scannedIteration: number };
    readonly findings: readonly PullRequestFinding[];
    readonly threads: readonly Thread[];
  },
): Promise<void> {
  const { client, pullRequest, findings, threads } = about;
  const { repositoryId, number, scannedIteration } = pullRequest;
  const silenced = findings.filter(({ state }) => state === "silenced");
  const thread = threads.find(({ properties }) => properties[silencedProperty] !== undefined);
  const content = describeSilenced(silenced, pullRequestAddress(app.publicUrl, repositoryId, number));
  if (thread) await correctComment({ client, pullRequest }, thread, content);
  else if (silenced.length > 0) {
    await createThread(client, repositoryId, number, {
      content: signComment(content, client.actsAs),
      // Nobody must answer it before the pull request may be completed.
      status: "closed",
      properties: { [silencedProperty]: "all" },
      iteration: scannedIteration,
    });
  }
}

export function describeSilenced(silenced: readonly PullRequestFinding[], consoleAddress: string): string {
  const [first] = silenced;
  if (!first) return "This pull request silences no problem any more.";
  const sorted = silenced.toSorted((a, b) => compareSeverity(a.finding.severity, b.finding.severity));
  const lines = sorted.slice(0, mostLines).map(lineOf);
  const left = silenced.length - lines.length;
  return [
    `**This pull request silences ${silenced.length === 1 ? "1 problem" : `${silenced.length} problems`}.**`,
    "The code says that they do not count, so nothing fails because of them. Please see whether the reasons hold.",
    [...lines, ...(left > 0 ? [`- and ${left} more`] : [])].join("\n"),
    `[See them in Sallyport](${consoleAddress})`,
  ].join("\n\n");
}

function lineOf({ finding: { rule, severity, message, at }, skip }: PullRequestFinding): string {
  const title = escapeMarkdown(findRule(rule)?.title ?? message);
  const where = isSpan(at) ? ` in ${markdownCode(`${at.path}:${at.startLine}`)}` : "";
  const place = skip?.at ? `Skipped in ${markdownCode(skip.at.path)} line ${skip.at.startLine}` : "Skipped";
  const reason = skip?.reason ? `: ${escapeMarkdown(skip.reason)}` : ", without a reason";
  return `- ${severity[0]?.toUpperCase()}${severity.slice(1)}: ${title}${where}. ${place}${reason}`;
}
