/** What is known about one pull request beside its row: what was told where, and what it introduces. */
import type { Exception } from "#model/exception.ts";
import type { Finding } from "#model/finding.ts";
import { compareSeverity } from "#model/severity.ts";
import { isSpan } from "#model/span.ts";
import type { PolicyMatch } from "#model/verdict.ts";
import { exceptionsOfPullRequest } from "#store/exceptions/pull-request-exceptions.ts";
import { latestVerdict } from "#store/policies/verdicts.ts";
import { listPullRequestFindings, type PullRequestFinding } from "#store/pull-requests/pull-request-findings.ts";
import type { PullRequestOverview } from "#store/pull-requests/pull-requests.ts";
import { findSecretChecks, type SecretCheck } from "#store/secrets/secret-checks.ts";
import type { Parts } from "../api-server.ts";
import { scannerOf } from "../rules/words-of.ts";
import { placeOf } from "../shapes/place-of.ts";
import { skipOf } from "../shapes/skip.ts";
import { toTime } from "../shapes/time.ts";
import type { PullRequestDetail, PullRequestRow } from "./contract.ts";

type Detail = Omit<PullRequestDetail, keyof PullRequestRow>;

export async function readDetail(parts: Parts, pullRequest: PullRequestOverview): Promise<Detail> {
  const { db } = parts.app;
  const { repositoryId, number, webUrl, summaryThreadId, postedKinds } = pullRequest;
  const findings = await listPullRequestFindings(db, repositoryId, number);
  const exceptions = await exceptionsOfPullRequest(db, repositoryId, number);
  const verdict = await latestVerdict(db, repositoryId, number);
  const secrets = findings.filter(({ finding }) => scannerOf(finding.rule) === "secrets");
  const prints = secrets.map(({ fingerprint }) => fingerprint);
  const checks = await findSecretChecks(db, pullRequest.instanceId, prints);
  const matches = new Map(verdict?.matches.map((match) => [match.fingerprint, match]));
  return {
    statuses: Object.entries(postedKinds).map(([name, posted]) => ({ name, ...posted })),
    threads: threadsOf(findings, (id) => parts.links.thread(webUrl, id)),
    summaryUrl: summaryThreadId === undefined ? null : parts.links.thread(webUrl, summaryThreadId),
    introduced: findings.toSorted(worstFirst).map((row) => ({
      ...introducedOf(row, matches.get(row.fingerprint), parts),
      live: liveOf(checks.get(row.fingerprint)),
      dismissal: dismissalOf(row.exceptionId && exceptions.get(row.exceptionId)),
      threadId: row.threadId ?? null,
      threadUrl: row.threadId === undefined ? null : parts.links.thread(webUrl, row.threadId),
    })),
  };
}

/** Of one severity, by file and line. */
function worstFirst({ finding: a }: PullRequestFinding, { finding: b }: PullRequestFinding): number {
  return compareSeverity(a.severity, b.severity) || byPlace(a.at, b.at);
}

function byPlace(a: Finding["at"], b: Finding["at"]): number {
  if (!isSpan(a) || !isSpan(b)) return 0;
  if (a.path === b.path) return a.startLine - b.startLine;
  return a.path < b.path ? -1 : 1;
}

function threadsOf(findings: readonly PullRequestFinding[], urlOf: (id: number) => string): Detail["threads"] {
  const threads = Map.groupBy(findings, ({ threadId }) => threadId);
  return [...threads].flatMap(([id, rows]) =>
    id === undefined
      ? []
      : [
          {
            ...{ id, url: urlOf(id), fingerprints: rows.map(({ fingerprint }) => fingerprint) },
            state: rows.find(({ postedState }) => postedState !== undefined)?.postedState ?? null,
          },
        ],
  );
}

function introducedOf(
  { fingerprint, finding, state, skip }: PullRequestFinding,
  match: PolicyMatch | undefined,
  { findRule }: Pick<Parts, "findRule">,
) {
  return {
    fingerprint,
    rule: finding.rule,
    title: findRule(finding.rule)?.title ?? finding.imported?.title ?? finding.rule,
    scanner: scannerOf(finding.rule),
    severity: finding.severity,
    message: finding.message,
    masked: finding.masked ?? null,
    ...placesOf(finding),
    commit: finding.origin?.inHead === false ? finding.origin.commit : null,
    state,
    skip: skip ? skipOf(skip) : null,
    actions: state === "open" ? [...(match?.actions ?? [])] : [],
    graceUntil: (state === "open" && match?.graceUntil) || null,
  };
}

/** More of them are found with the secret itself. */
const mostPlaces = 500;

/** A place is a line: what stands twice in one is told once. By file and line, as they are read. */
function placesOf({ at, alsoAt = [] }: Finding) {
  const lines = new Map([at, ...alsoAt].map((place) => [lineOf(place), place]));
  lines.delete(lineOf(at));
  const others = [...lines.values()].toSorted(byPlace);
  return { at: placeOf(at), alsoAt: others.slice(0, mostPlaces).map(placeOf), places: others.length + 1 };
}

function lineOf(at: Finding["at"]): string {
  return isSpan(at) ? `${at.startLine} ${at.path}` : `${at.setting} ${at.resource}`;
}

function liveOf(check: SecretCheck | undefined): Detail["introduced"][number]["live"] {
  if (!check) return null;
  const { verdict, reason, at, isByItself } = check;
  return { verdict, reason, at: toTime(at), isByItself };
}

function dismissalOf(exception: Exception | undefined): Detail["introduced"][number]["dismissal"] {
  if (!exception) return null;
  const { id, author, approver, reason, comment, until, source } = exception;
  return {
    ...{ exceptionId: id, by: author, approver: approver ?? null, reason, comment, source },
    until: until ? toTime(until) : null,
  };
}
