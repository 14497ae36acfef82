/** The verdict on an iteration, as statuses that a branch policy can require: failed only if a policy blocks. */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import type { Problem } from "#model/scan-result.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { PullRequestFinding } from "#store/pull-requests/pull-request-findings.ts";
import type { PullRequestRow } from "#store/pull-requests/pull-requests.ts";
import type { App } from "../app.ts";
import type { DecidedVerdict } from "../policies/decide-for-pull-request.ts";
import { policyWords } from "../policies/policy-words.ts";
import { postStatuses, type Told } from "./post-statuses.ts";
import { sayUnread } from "./say-unread.ts";

export async function postResult(
  app: App,
  about: {
    readonly client: OrganizationClient;
    readonly pullRequest: PullRequestRow & { readonly scannedIteration: number };
    readonly findings: readonly PullRequestFinding[];
    /** What the scan could not read. */
    readonly unread: readonly Problem[];
    readonly decided: DecidedVerdict;
  },
): Promise<void> {
  const { client, pullRequest, findings, unread, decided } = about;
  const missed = (kind?: ScannerName) => (pullRequest.scanOutcome === "partial" ? sayUnread(unread, kind) : undefined);
  await postStatuses(app, {
    ...{ client, pullRequest, iteration: pullRequest.scannedIteration },
    ofKind: (kind) => {
      const ofKind = findings.filter(({ finding }) => scannerOf(finding) === kind);
      return tell(ofKind, decided, { missed: missed(kind), kind });
    },
    ofAll: tell(findings, decided, { missed: missed() }),
  });
}

function tell(
  findings: readonly PullRequestFinding[],
  decided: DecidedVerdict,
  { missed, kind }: { readonly missed: string | undefined; readonly kind?: ScannerName },
): Told {
  const { verdict, policies } = decided;
  const matches = kind === undefined ? verdict.matches : verdict.matches.filter(({ scanner }) => scanner === kind);
  const blocks = matches.flatMap(({ actions }) => actions.filter(({ action }) => action === "block"));
  const count = (state: string) => findings.filter((one) => one.state === state).length;
  const deciding = kind === undefined ? verdict.decidedBy : decided.decidedByOf(kind);
  const description = [
    describeFound({ blocking: blocks.length, others: count("open") - blocks.length }),
    ...(count("silenced") > 0 ? [`${count("silenced")} silenced in the code`] : []),
    ...(count("dismissed") > 0 ? [`${count("dismissed")} dismissed`] : []),
  ].join(", ");
  const ends = [blocks.length > 0 ? `blocked by ${policyWords(deciding, policies)}` : undefined, missed];
  return {
    state: blocks.length > 0 ? "failed" : "succeeded",
    description: [description, ...ends.filter((end) => end !== undefined)].join("; "),
  };
}

function describeFound({ blocking, others }: { readonly blocking: number; readonly others: number }): string {
  if (blocking > 0) {
    const found = blocking === 1 ? "1 new security problem" : `${blocking} new security problems`;
    return others > 0 ? `${found}, ${others} more that no policy blocks` : found;
  }
  if (others === 0) return "No new security problems";
  return others === 1 ? "1 new problem, which no policy blocks" : `${others} new problems, which no policy blocks`;
}

function scannerOf({ rule }: PullRequestFinding["finding"]): string {
  return rule.slice(0, rule.indexOf("/"));
}
