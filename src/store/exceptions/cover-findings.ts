/**
 * What exceptions make of issues and of findings of pull requests: what one covers is dismissed, and open again when it ends.
 * Scans ask when they have written (`applyExceptions`), people when they decide (`coverWith`, `uncover`).
 */
import { sql } from "kysely";
import { coveredBy, type Exception, type ExceptionAnchor, isAnchoredTo } from "#model/exception.ts";
import type { Finding } from "#model/finding.ts";
import type { InstanceId, IssueId, RepositoryId } from "#model/ids.ts";
import type { Db, IssueEventKind, IssueStateName } from "../database.ts";
import { insertIssueEvents } from "../issues/issue-events.ts";
import { storable } from "../json.ts";
import { activeExceptions } from "./exceptions.ts";

export interface CoveredPullRequest {
  readonly repositoryId: RepositoryId;
  readonly instanceId: InstanceId;
  readonly number: number;
}

export interface Covered {
  readonly issues: readonly {
    readonly id: IssueId;
    readonly repositoryId: RepositoryId;
    readonly state: IssueStateName;
  }[];
  /** Active ones: what their check says is another now. */
  readonly pullRequests: readonly CoveredPullRequest[];
}

interface Place {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly at: Date;
}

const batchSize = 2_000;

/** Of these issues, dismisses the open ones that some exception covers. Gives those that it dismissed. */
export async function applyExceptions(tx: Db, place: Place, ids: readonly IssueId[]): Promise<ReadonlySet<IssueId>> {
  const done = new Set<IssueId>();
  if (ids.length === 0 || !(await hasExceptions(tx, place))) return done;
  for (let start = 0; start < ids.length; start += batchSize) {
    const { rows } = await sql<{ id: IssueId; fingerprint: string; finding: Finding }>`
      select id, fingerprint, finding from issues
      where id = any(${ids.slice(start, start + batchSize)}::uuid[]) and state = 'open'`.execute(tx);
    const exceptions = await activeExceptions(
      tx,
      place,
      rows.map(({ fingerprint }) => fingerprint),
    );
    for (const [exception, covered] of byException(exceptions, rows)) {
      for (const { id } of await dismissIssues(tx, exception, place.at, covered)) done.add(id);
    }
  }
  return done;
}

/** The same for the open findings of a pull request, whose row is locked. */
export async function applyExceptionsToPullRequest(tx: Db, place: Place, number: number): Promise<void> {
  if (!(await hasExceptions(tx, place))) return;
  const { rows } = await sql<{ fingerprint: string; finding: Finding }>`
    select fingerprint, finding from pull_request_findings
    where repository_id = ${place.repositoryId} and number = ${number} and state = 'open'`.execute(tx);
  const exceptions = await activeExceptions(
    tx,
    place,
    rows.map(({ fingerprint }) => fingerprint),
  );
  for (const [exception, covered] of byException(exceptions, rows)) {
    await sql`
      update pull_request_findings set state = 'dismissed', exception_id = ${exception.id}
      where repository_id = ${place.repositoryId} and number = ${number}
        and fingerprint = any(${covered.map(({ fingerprint }) => fingerprint)}::text[])`.execute(tx);
  }
}

async function hasExceptions(tx: Db, { instanceId, repositoryId }: Place): Promise<boolean> {
  const { rows } = await sql`
    select 1 from exceptions where instance_id = ${instanceId} and state = 'active'
      and (repository_id is null or repository_id = ${repositoryId}) limit 1`.execute(tx);
  return rows.length > 0;
}

function byException<Row extends { readonly finding: Finding }>(
  exceptions: readonly Exception[],
  rows: readonly Row[],
): ReadonlyMap<Exception, readonly Row[]> {
  const ofFinding = new Map<string, Exception[]>();
  const wide: Exception[] = [];
  for (const exception of exceptions) {
    if (exception.anchor.is !== "finding") wide.push(exception);
    else {
      const { fingerprint } = exception.anchor;
      ofFinding.set(fingerprint, [...(ofFinding.get(fingerprint) ?? []), exception]);
    }
  }
  const groups = new Map<Exception, Row[]>();
  for (const row of rows) {
    const exception = coveredBy([...(ofFinding.get(row.finding.fingerprint) ?? []), ...wide], row.finding);
    if (exception) groups.set(exception, [...(groups.get(exception) ?? []), row]);
  }
  return groups;
}

/**
 * Scans of these repositories wait until the exception is written, or have written before: nothing falls between.
 * Repositories first, then pull requests, as everybody does.
 */
export async function lockForException(
  tx: Db,
  { instanceId, repositoryId }: Pick<Exception, "instanceId" | "repositoryId">,
): Promise<void> {
  const ofRepository = (column: string) => (repositoryId ? sql`and ${sql.ref(column)} = ${repositoryId}` : sql``);
  await sql`select 1 from repositories where instance_id = ${instanceId} ${ofRepository("id")}
    order by id for no key update`.execute(tx);
  await sql`select 1 from pull_requests where instance_id = ${instanceId} ${ofRepository("repository_id")}
    and state = 'active' order by repository_id, number for no key update`.execute(tx);
}

/** Dismisses whatever is open and covered by an active exception. After `lockForException`. */
export async function coverWith(tx: Db, exception: Exception, at: Date): Promise<Covered> {
  const { instanceId, repositoryId } = exception;
  const inPlace = (table: string) =>
    repositoryId
      ? sql`${sql.ref(`${table}.instance_id`)} = ${instanceId} and ${sql.ref(`${table}.repository_id`)} = ${repositoryId}`
      : sql`${sql.ref(`${table}.instance_id`)} = ${instanceId}`;
  const { rows: issues } = await sql<{ id: IssueId; finding: Finding }>`
    select i.id, i.finding from issues i where ${inPlace("i")} and i.state = 'open' and ${perhapsAnchored(exception.anchor, "i")}
  `.execute(tx);
  const covered = issues.filter(({ finding }) => isAnchoredTo(exception.anchor, finding));
  const { rows: findings } = await sql<CoveredPullRequest & { fingerprint: string; finding: Finding }>`
    select f.repository_id, f.instance_id, f.number, f.fingerprint, f.finding
    from pull_request_findings f
    join pull_requests pr on pr.repository_id = f.repository_id and pr.number = f.number and pr.state = 'active'
    where ${inPlace("f")} and f.state = 'open' and ${perhapsAnchored(exception.anchor, "f")}`.execute(tx);
  const told = findings.filter(({ finding }) => isAnchoredTo(exception.anchor, finding));
  await sql`
    update pull_request_findings f set state = 'dismissed', exception_id = ${exception.id}
    from unnest(${told.map((one) => one.repositoryId)}::uuid[], ${told.map(({ number }) => number)}::integer[],
      ${told.map(({ fingerprint }) => fingerprint)}::text[]) as given (repository_id, number, fingerprint)
    where f.repository_id = given.repository_id and f.number = given.number and f.fingerprint = given.fingerprint
  `.execute(tx);
  return { issues: await dismissIssues(tx, exception, at, covered), pullRequests: pullRequestsOf(told) };
}

/** What narrows the rows that are looked at; the anchor itself decides. */
export function perhapsAnchored(anchor: ExceptionAnchor, table: "i" | "f") {
  const finding = sql.ref(`${table}.finding`);
  switch (anchor.is) {
    case "finding":
      return sql`${sql.ref(`${table}.fingerprint`)} = ${anchor.fingerprint}`;
    case "advisory":
      return sql`${finding}->'package'->>'ecosystem' = ${anchor.ecosystem}`;
    case "rule":
      return sql`${finding}->>'rule' = ${anchor.rule}`;
  }
}

async function dismissIssues(
  tx: Db,
  exception: Exception,
  at: Date,
  issues: readonly { readonly id: IssueId }[],
): Promise<Covered["issues"]> {
  const { id: exceptionId, instanceId, author, madeAt, reason, until, comment } = exception;
  const { rows } = await sql<Covered["issues"][number]>`
    update issues set state = 'dismissed', exception_id = ${exceptionId}, dismissed_by = ${storable(author)},
      dismissed_at = ${madeAt}, dismiss_reason = ${reason}, dismissed_until = ${until ?? null},
      dismiss_comment = ${comment === "" ? null : storable(comment)}, score_at = '-infinity'
    where id = any(${issues.map(({ id }) => id)}::uuid[]) and state = 'open'
    returning id, repository_id, state`.execute(tx);
  const data = { reason, until, ...(comment !== "" && { comment }), exception: exceptionId };
  await insertIssueEvents(
    tx,
    rows.map(({ id }) => ({ id, data })),
    { instanceId, at, kind: "dismissed", actor: author },
  );
  return rows;
}

/** Gives back what an exception that ended covered; another one that covers it takes over at once. */
export async function uncover(
  tx: Db,
  { id, instanceId }: Pick<Exception, "id" | "instanceId">,
  end: { readonly at: Date; readonly kind: IssueEventKind & ("reopened" | "dismissal-ended"); readonly by?: string },
): Promise<Covered> {
  const { at, kind, by } = end;
  const { rows: issues } = await sql<Covered["issues"][number]>`
    update issues set state = case when not present then 'fixed' when skip is null then 'open' else 'silenced' end,
      fixed_at = case when present then null else ${at}::timestamptz end, exception_id = null,
      dismissed_by = null, dismissed_at = null, dismissed_until = null, dismiss_reason = null, dismiss_comment = null,
      score_at = '-infinity'
    where exception_id = ${id} and state = 'dismissed'
    returning id, repository_id, state`.execute(tx);
  const ended = issues.map((issue) => ({ id: issue.id, data: { state: issue.state } }));
  await insertIssueEvents(tx, ended, { instanceId, at, kind, ...(by !== undefined && { actor: by }) });
  const { rows: findings } = await sql<CoveredPullRequest & { isActive: boolean }>`
    update pull_request_findings f set state = 'open', exception_id = null
    from pull_requests pr
    where f.exception_id = ${id} and f.state = 'dismissed' and pr.repository_id = f.repository_id and pr.number = f.number
    returning f.repository_id, f.instance_id, f.number, pr.state = 'active' as is_active`.execute(tx);
  for (const [repositoryId, ofRepository] of Map.groupBy(issues, (issue) => issue.repositoryId)) {
    const open = ofRepository.flatMap((issue) => (issue.state === "open" ? [issue.id] : []));
    await applyExceptions(tx, { instanceId, repositoryId, at }, open);
  }
  const pullRequests = pullRequestsOf(findings.filter(({ isActive }) => isActive));
  for (const { repositoryId, number } of pullRequests) {
    await applyExceptionsToPullRequest(tx, { instanceId, repositoryId, at }, number);
  }
  return { issues, pullRequests };
}

/** What is dismissed until then shows the new date. */
export async function showExtension(tx: Db, exception: Exception, by: { readonly name: string; readonly at: Date }) {
  const { rows } = await sql<{ id: IssueId }>`
    update issues set dismissed_until = ${exception.until ?? null} where exception_id = ${exception.id}
      and state = 'dismissed' returning id`.execute(tx);
  await insertIssueEvents(
    tx,
    rows.map(({ id }) => ({ id, data: { until: exception.until } })),
    { instanceId: exception.instanceId, at: by.at, kind: "exception-extended", actor: by.name },
  );
}

function pullRequestsOf(rows: readonly CoveredPullRequest[]): readonly CoveredPullRequest[] {
  const all = new Map(
    rows.map(({ repositoryId, instanceId, number }) => [
      `${repositoryId}/${number}`,
      { repositoryId, instanceId, number },
    ]),
  );
  return [...all.values()];
}
