/** Makes exceptions for issues, one or many: each for what the issue is about, as far as the person wants it to reach. */
import type { Exception, ExceptionAnchor, ExceptionSource, Justification } from "#model/exception.ts";
import type { Finding } from "#model/finding.ts";
import type { IssueId } from "#model/ids.ts";
import type { DismissReason } from "#model/issue.ts";
import type { Scope } from "#model/scope.ts";
import { type FoundIssue, findIssues } from "#store/issues/find-issues.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { type ExceptionOutcome, type ExceptionWish, makeException } from "./make-exception.ts";

/** `finding`: this problem; `advisory`: the advisory against the package, in all manifests; `rule`: all that the rule says of the file or resource. */
export const reaches = ["finding", "advisory", "rule"] as const;

export type Reach = (typeof reaches)[number];

export interface IssuesToExcept {
  readonly ids: readonly IssueId[];
  readonly scope: Scope;
  readonly reach: Reach;
  /** In all repositories of their instance. */
  readonly everywhere: boolean;
  readonly reason: DismissReason;
  readonly comment: string;
  readonly justification?: Justification | undefined;
  readonly until?: Date | undefined;
  readonly author: string;
  readonly source: ExceptionSource;
}

export interface IssueOutcome {
  readonly issue: IssueId;
  readonly outcome:
    | ExceptionOutcome
    | { readonly is: "not-there" }
    | { readonly is: "not-open"; readonly state: FoundIssue["state"] };
}

/** Each in a transaction of its own, in the order given: what one refuses does not undo the others. */
export async function exceptIssues(
  app: Pick<App, "db" | "jobs" | "now">,
  asked: IssuesToExcept,
): Promise<readonly IssueOutcome[]> {
  const outcomes: IssueOutcome[] = [];
  const made = new Map<string, Exception>();
  for (const issue of new Set(asked.ids)) {
    const [known] = await findIssues(app.db, asked.scope, [issue]);
    const earlier = known && made.get(nameOf(wishFor(known, asked)));
    const outcome = earlier ? ({ is: "there", exception: earlier } as const) : await exceptIssue(app, known, asked);
    if (known && outcome.is === "made") made.set(nameOf(wishFor(known, asked)), outcome.exception);
    outcomes.push({ issue, outcome });
  }
  return outcomes;
}

async function exceptIssue(
  app: Pick<App, "db" | "jobs" | "now">,
  issue: FoundIssue | undefined,
  asked: IssuesToExcept,
): Promise<IssueOutcome["outcome"]> {
  if (!issue) return { is: "not-there" };
  if (issue.state !== "open") return { is: "not-open", state: issue.state };
  return inTransaction(app.db, async (tx) => makeException(app, tx, wishFor(issue, asked)));
}

/** Several issues of one secret, or of one advisory, are one exception. */
function nameOf({ anchor, repositoryId, instanceId }: ExceptionWish): string {
  return JSON.stringify([instanceId, repositoryId, anchor]);
}

function wishFor({ instanceId, repositoryId, finding, path }: FoundIssue, asked: IssuesToExcept): ExceptionWish {
  const { reason, comment, until, author, source, reach } = asked;
  // What its provider no longer takes is worth nothing in any repository, also in those that come to hold it.
  const isEverywhere = asked.everywhere || reason === "rotated";
  return {
    ...{ instanceId, anchor: anchorOf(finding, path, reach), about: subjectOf(finding), source },
    ...{ reason, comment, author },
    ...(!isEverywhere && { repositoryId }),
    ...(until && { until }),
    ...(asked.justification && finding.advisory && { justification: asked.justification }),
  };
}

export function subjectOf({ rule, severity, message, at }: Finding): Exception["about"] {
  return { rule, severity, message, path: "path" in at ? at.path : at.resource };
}

/** What has no package is about itself. */
function anchorOf(finding: Finding, path: string, reach: Reach): ExceptionAnchor {
  const { rule, package: about, advisory, resource, fingerprint } = finding;
  if (reach === "advisory" && about && advisory) {
    return { is: "advisory", ecosystem: about.ecosystem, package: about.name, advisory: advisory.id };
  }
  if (reach === "rule") return { is: "rule", rule, paths: [resource?.address ?? path] };
  return { is: "finding", fingerprint };
}
