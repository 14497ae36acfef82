/** What a command in a thread is about: the problems of that thread, or in any other thread those that it names. */
import type { Thread } from "#azure-devops/threads.ts";
import type { PullRequestFinding } from "#store/pull-requests/pull-request-findings.ts";
import { fingerprintProperty, groupProperty } from "../give-feedback/own-threads.ts";

export type FoundFindings =
  | {
      readonly is: "found";
      readonly rows: readonly PullRequestFinding[] /** Without what named them. */;
      readonly reason: string;
    }
  /** It does not say which. */
  | { readonly is: "which"; readonly why: string };

/** `reason`: whose first word may name them; undefined where that cannot be, then all of the thread are meant. */
export function findingsOf(
  { id, properties }: Pick<Thread, "id" | "properties">,
  rows: readonly PullRequestFinding[],
  reason: string | undefined,
): FoundFindings {
  const fingerprint = properties[fingerprintProperty];
  if (fingerprint !== undefined || properties[groupProperty] !== undefined) {
    const here = rows.filter((row) => row.threadId === id || row.fingerprint === fingerprint);
    return { is: "found", rows: here, reason: reason ?? "" };
  }
  if (reason === undefined) {
    return { is: "which", why: "Which problem is meant? Write it in the thread of the problem." };
  }
  const [name = "", ...words] = reason.split(" ");
  const rest = words.join(" ");
  if (name.toLowerCase() === "all") return { is: "found", rows, reason: rest };
  const ofRule = rows.filter(({ finding }) => [finding.rule, ...finding.aliases].includes(name.replace(/^`|`$/g, "")));
  if (ofRule.length > 0) return { is: "found", rows: ofRule, reason: rest };
  const why =
    "Which problems are meant? Write it in the thread of a problem, or name them here: `/sallyport ignore all <reason>`, or the id of a rule in the place of `all`.";
  return { is: "which", why };
}
