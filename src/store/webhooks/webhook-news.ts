/** What happened that webhooks may be told of, read from the tables where it is written anyway. */
import { type RawBuilder, sql } from "kysely";
import type { GateFlaw } from "#model/gate.ts";
import type { InstanceId, IssueId, RepositoryId, ScanId, VerdictId } from "#model/ids.ts";
import type { VerdictOutcome } from "#model/verdict.ts";
import type { Db, IssueEventKind } from "../database.ts";
import type { Page } from "../page.ts";

export interface Period {
  readonly instanceId: InstanceId;
  /** Not included. */
  readonly since: Date;
  readonly until: Date;
}

/** What one scan, or one person, did at once to issues of one repository. */
export interface IssueNews {
  readonly kind: IssueEventKind;
  readonly at: Date;
  readonly scanId: ScanId | null;
  readonly actor: string | null;
  readonly repositoryId: RepositoryId;
  /** The worst of them. */
  readonly issues: readonly IssueId[];
  readonly total: number;
}

/** The oldest first. */
export async function issueNews(
  db: Db,
  { instanceId, since, until }: Period,
  of: Page & { readonly kinds: readonly IssueEventKind[]; readonly listed: number },
): Promise<readonly IssueNews[]> {
  const { rows } = await sql<IssueNews>`
    select e.kind, e.at, e.scan_id, e.actor, i.repository_id, count(*) as total,
      (array_agg(i.id order by i.severity_rank, i.id))[1:${sql.lit(of.listed)}] as issues
    from issue_events e join issues i on i.id = e.issue_id
    where e.instance_id = ${instanceId} and e.at > ${since} and e.at <= ${until}
      and e.kind = any(${[...of.kinds]}::text[])
    group by e.kind, e.at, e.scan_id, e.actor, i.repository_id
    order by e.at, i.repository_id, e.kind, e.scan_id, e.actor offset ${of.offset} limit ${of.limit}`.execute(db);
  return rows;
}

export interface VerdictNews {
  readonly id: VerdictId;
  readonly at: Date;
  readonly outcome: VerdictOutcome;
  readonly decidedBy: readonly string[];
  readonly number: number;
  readonly commit: string;
  readonly repositoryId: RepositoryId;
  readonly title: string | null;
  readonly author: string | null;
  readonly webUrl: string | null;
}

/** Of pull requests. */
export async function verdictNews(
  db: Db,
  { instanceId, since, until }: Period,
  { offset, limit }: Page,
): Promise<readonly VerdictNews[]> {
  const { rows } = await sql<VerdictNews>`
    select v.id, v.at, v.outcome, v.decided_by, v.number, v.commit, v.repository_id, p.title, p.author, p.web_url
    from verdicts v left join pull_requests p on p.repository_id = v.repository_id and p.number = v.number
    where v.instance_id = ${instanceId} and v.number is not null and v.at > ${since} and v.at <= ${until}
    order by v.at, v.id offset ${offset} limit ${limit}`.execute(db);
  return rows;
}

export interface FixNews {
  readonly id: string;
  readonly state: "open" | "merged";
  readonly at: Date;
  readonly title: string;
  readonly pullRequest: number | null;
  readonly pullRequestUrl: string | null;
  readonly repositoryId: RepositoryId;
  readonly problems: number;
}

export async function fixNews(
  db: Db,
  { instanceId, since, until }: Period,
  { offset, limit }: Page,
): Promise<readonly FixNews[]> {
  const { rows } = await sql<FixNews>`
    select id, state, changed_at as at, title, pull_request, pull_request_url, repository_id,
      jsonb_array_length(fixes) as problems
    from fixes where instance_id = ${instanceId} and state in ('open', 'merged') and changed_at > ${since}
      and changed_at <= ${until} order by changed_at, id offset ${offset} limit ${limit}`.execute(db);
  return rows;
}

export interface GateNews {
  readonly repositoryId: RepositoryId;
  readonly ref: string;
  readonly at: Date;
  readonly flaws: readonly GateFlaw[];
}

const failing = sql`wanted and state not in ('effective', 'waiting')`;

/** Gates that people want and that do not hold, or that could not be made or looked at. */
export async function gateNews(
  db: Db,
  { instanceId, since, until }: Period,
  { offset, limit }: Page,
): Promise<readonly GateNews[]> {
  const { rows } = await sql<GateNews>`
    select repository_id, ref, checked_at as at, flaws from gates
    where instance_id = ${instanceId} and ${failing} and checked_at > ${since}
      and checked_at <= ${until} order by checked_at, repository_id, ref offset ${offset} limit ${limit}`.execute(db);
  return rows;
}

/** Whether something of all that happened after this time. */
export async function hasNews(db: Db, instanceId: InstanceId, since: Date): Promise<boolean> {
  const after = (table: string, column: string, more: RawBuilder<unknown> = sql``) =>
    sql`exists (select 1 from ${sql.table(table)} where instance_id = ${instanceId} and ${sql.ref(column)} > ${since} ${more})`;
  const { rows } = await sql<{ found: boolean }>`
    select ${after("issue_events", "at")} or ${after("verdicts", "at", sql`and number is not null`)}
      or ${after("fixes", "changed_at")}
      or ${after("gates", "checked_at", sql`and ${failing}`)} as found`.execute(db);
  return rows[0]?.found ?? false;
}
