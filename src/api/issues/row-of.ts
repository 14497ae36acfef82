/** Issues as the wire carries them. */
import type { PackageTimes } from "#flows/packages/package-times.ts";
import type { Finding, Origin, ResourceReference } from "#model/finding.ts";
import { importedRule } from "#model/imported-from.ts";
import type { Severity } from "#model/severity.ts";
import type { Skip } from "#model/silenced-finding.ts";
import { dueStateOf } from "#model/sla.ts";
import { isSpan } from "#model/span.ts";
import type { IssueEvent } from "#store/issues/issue-events.ts";
import type { IssueDetail as StoredDetail, IssueRow as StoredIssue } from "#store/issues/issues.ts";
import type { Parts } from "../api-server.ts";
import { wordsOf } from "../rules/words-of.ts";
import { branchName } from "../shapes/branch-name.ts";
import { otherBranches } from "../shapes/other-branches.ts";
import { placeOf, spanOf } from "../shapes/place-of.ts";
import { skipOf } from "../shapes/skip.ts";
import { toTime } from "../shapes/time.ts";
import type { IssueDetail, IssueRow } from "./contract.ts";

type Words = Pick<Parts, "findRule" | "links"> & { readonly app: Pick<Parts["app"], "now"> };

export function rowOf(issue: StoredIssue, { findRule, app }: Pick<Words, "findRule" | "app">): IssueRow {
  return {
    id: issue.id,
    rule: issue.rule,
    title: findRule(issue.rule)?.title ?? issue.finding.imported?.title ?? issue.rule,
    scanner: issue.scanner,
    severity: issue.severity,
    message: issue.message,
    state: stateOf(issue.state),
    instanceId: issue.instanceId,
    repository: {
      id: issue.repositoryId,
      name: issue.repositoryName,
      project: issue.projectName,
      organization: issue.organizationName,
    },
    branch: branchName(issue.branch),
    at: placeOf(issue.finding.at),
    aliases: [...issue.finding.aliases],
    masked: issue.finding.masked ?? null,
    onlyInHistory: issue.onlyInHistory,
    branches: issue.onlyInHistory ? otherBranches(issue.finding, issue.branch) : [],
    urgency: issue.urgency,
    novelty: issue.novelty,
    owner: issue.owner === undefined ? null : { name: issue.owner, from: issue.ownerFrom ?? "project" },
    due: issue.due
      ? { state: dueStateOf(issue.due, issue.state.is === "open", app.now()), at: toTime(issue.due.dueAt) }
      : null,
    live: issue.live ?? null,
    fixAvailable: issue.fixAvailable,
    firstSeen: toTime(issue.firstSeen),
    lastSeen: toTime(issue.lastSeen),
  };
}

export function detailOf(issue: StoredDetail, times: PackageTimes, words: Words): IssueDetail {
  const { finding } = issue;
  const rule = words.findRule(issue.rule) ?? importedRule(finding);
  return {
    ...rowOf(issue, words),
    signals: [...(finding.signals ?? [])],
    urgencyPoints: issue.urgencyPoints.map(({ isMissing = false, ...point }) => ({ ...point, isMissing })),
    fingerprint: issue.scanner === "secrets" ? finding.fingerprint : null,
    origin: issue.origin ? originOf(issue.origin, issue.repositoryWebUrl, words) : null,
    ...packagePartsOf(finding),
    times: finding.package ? timesOf(times) : null,
    resource: finding.resource ? resourceOf(finding.resource) : null,
    fix: finding.fix
      ? {
          title: finding.fix.title,
          safe: finding.fix.safe,
          edits: finding.fix.edits.map(({ at, text }) => ({ at: spanOf(at), text })),
        }
      : null,
    words: rule ? wordsOf(rule) : null,
    webUrl: webUrlOf(issue, finding.at, words),
    occurrences: issue.occurrences.map((occurrence) => ({
      at: placeOf(occurrence.finding.at),
      skip: occurrence.skip ? skipOf(occurrence.skip) : null,
      webUrl: webUrlOf(issue, occurrence.finding.at, words),
    })),
    events: issue.events.map(eventOf),
  };
}

function timesOf({ known, since, fixed }: PackageTimes): NonNullable<IssueDetail["times"]> {
  return {
    known: known ? toTime(known) : null,
    since: since ? toTime(since) : null,
    fixed: fixed ? toTime(fixed) : null,
  };
}

function originOf(
  { commit, author, at, branches }: Origin,
  repositoryWebUrl: string,
  { links }: Pick<Words, "links">,
): NonNullable<IssueDetail["origin"]> {
  const made = new Date(at);
  return {
    commit,
    author,
    at: Number.isNaN(made.getTime()) ? null : toTime(made),
    branches: [...branches],
    webUrl: links.commit(repositoryWebUrl, commit),
  };
}

type PackageParts = Pick<IssueDetail, "package" | "advisory" | "upgrade" | "reachability" | "risk" | "license">;

/** The wire carries them as the model has them; lists there are only not read-only. */
function packagePartsOf(finding: Finding): PackageParts {
  return structuredClone({
    package: finding.package ?? null,
    advisory: finding.advisory ?? null,
    upgrade: finding.upgrade ?? null,
    reachability: finding.reachability ?? null,
    risk: finding.risk ?? null,
    license: finding.license ?? null,
  }) as PackageParts;
}

function resourceOf({ address, language, at }: ResourceReference): NonNullable<IssueDetail["resource"]> {
  return { address, language: language ?? null, at: at ? spanOf(at) : null };
}

export function webUrlOf(
  issue: Pick<StoredDetail, "repositoryWebUrl" | "scannedCommit">,
  at: StoredIssue["finding"]["at"],
  { links }: Pick<Words, "links">,
): string | null {
  if (!isSpan(at)) return at.url ?? null;
  return issue.scannedCommit === undefined ? null : links.line(issue.repositoryWebUrl, issue.scannedCommit, at);
}

function stateOf(state: StoredIssue["state"]): IssueRow["state"] {
  switch (state.is) {
    case "open":
      return { is: "open" };
    case "fixed":
      return { is: "fixed", at: toTime(state.at) };
    case "silenced":
      return { is: "silenced", skip: skipOf(state) };
    case "dismissed":
      return {
        is: "dismissed",
        by: state.by,
        reason: state.reason,
        ...(state.until === undefined ? {} : { until: toTime(state.until) }),
        ...(state.comment === undefined ? {} : { comment: state.comment }),
      };
  }
}

function eventOf(event: IssueEvent): IssueDetail["events"][number] {
  const data = (event.data ?? {}) as {
    readonly reason?: string;
    readonly comment?: string;
    readonly severity?: Severity;
    readonly skip?: Skip;
  };
  return {
    at: toTime(event.at),
    is: event.kind,
    by: event.actor ?? null,
    scanId: event.scanId ?? null,
    reason: data.reason ?? null,
    comment: data.comment ?? null,
    severity: data.severity ?? null,
    skip: data.skip ? skipOf(data.skip) : null,
  };
}
