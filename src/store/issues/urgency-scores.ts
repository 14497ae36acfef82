/** Issues whose urgency is to be computed, with all that it is computed from, and what came of it. */
import { sql } from "kysely";
import type { Finding, LiveVerdict } from "#model/finding.ts";
import type { InstanceId, IssueId, OrganizationId, RepositoryId } from "#model/ids.ts";
import type { Novelty } from "#model/policy.ts";
import type { Severity } from "#model/severity.ts";
import type { OwnerSource, Urgency } from "#model/urgency.ts";
import type { Db, IssueStateName } from "../database.ts";
import { json, storable } from "../json.ts";
import type { Branch } from "./occurrences.ts";

export interface IssueToScore {
  readonly id: IssueId;
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly branch: string;
  readonly path: string;
  readonly finding: Finding;
  readonly severity: Severity;
  readonly state: IssueStateName;
  readonly onlyInHistory: boolean;
  readonly firstSeen: Date;
  readonly countsFrom: Date | null;
  readonly novelty: Novelty;
  readonly urgency: number;
  readonly owner: string | null;
  readonly ownerFrom: OwnerSource | null;
  readonly liveVerdict: LiveVerdict | null;
  readonly liveByItself: boolean | null;
  readonly liveReason: string | null;
  readonly liveAt: Date | null;
}

export interface IssueScore {
  readonly id: IssueId;
  readonly urgency: Urgency;
  readonly novelty: Novelty;
  readonly countsFrom: Date;
  readonly dueSoonAt: Date;
  readonly dueAt: Date;
  readonly owner: string;
  readonly ownerFrom: OwnerSource;
  readonly live: LiveVerdict | null;
  /** When it changes by itself; undefined: never. */
  readonly nextAt: Date | undefined;
}

/** Which ones: of a branch, of some ids whether due or not, or of all, those that are due first. */
export type Unscored =
  | { readonly is: "branch"; readonly branch: Branch; readonly now: Date; readonly limit: number }
  | { readonly is: "due"; readonly now: Date; readonly limit: number }
  | { readonly is: "ids"; readonly ids: readonly IssueId[] };

export async function listIssuesToScore(db: Db, which: Unscored): Promise<readonly IssueToScore[]> {
  const condition =
    which.is === "ids"
      ? sql`i.id = any(${[...which.ids]}::uuid[])`
      : which.is === "due"
        ? sql`i.score_at <= ${which.now} order by i.score_at limit ${which.limit} for update of i skip locked`
        : sql`i.repository_id = ${which.branch.repositoryId} and i.branch = ${which.branch.branch}
            and i.score_at <= ${which.now} limit ${which.limit}`;
  return selectToScore(db, condition);
}

/** Open issues of an instance, the most urgent first, in batches. */
export async function* listMostUrgent(
  db: Db,
  instanceId: InstanceId,
  most: number,
): AsyncGenerator<readonly IssueToScore[]> {
  const { rows } = await sql<{ id: IssueId }>`
    select id from issues where instance_id = ${instanceId} and state = 'open' and not archived
    order by urgency desc, id limit ${most}`.execute(db);
  for (let from = 0; from < rows.length; from += streamed) {
    const ids = rows.slice(from, from + streamed).map(({ id }) => id);
    yield await selectToScore(db, sql`i.id = any(${ids}::uuid[])`);
  }
}

const streamed = 2_000;

async function selectToScore(db: Db, condition: ReturnType<typeof sql>): Promise<readonly IssueToScore[]> {
  const { rows } = await sql<IssueToScore>`
    select i.id, i.instance_id, i.repository_id, i.branch, i.path, i.finding, i.severity, i.state, i.only_in_history,
      i.first_seen, i.counts_from, i.novelty, i.urgency, i.owner, i.owner_from,
      c.verdict as live_verdict, c.reason as live_reason, c.at as live_at, c.is_by_itself as live_by_itself
    from issues i
    left join secret_checks c
      on i.scanner = 'secrets' and c.instance_id = i.instance_id and c.fingerprint = i.fingerprint
    where ${condition}`.execute(db);
  return rows;
}

export async function writeIssueScores(tx: Db, scores: readonly IssueScore[]): Promise<void> {
  if (scores.length === 0) return;
  await sql`
    update issues i set urgency = s.urgency, urgency_points = s.points::jsonb, novelty = s.novelty,
      counts_from = s.counts_from, due_soon_at = s.due_soon_at, due_at = s.due_at, owner = s.owner,
      owner_from = s.owner_from, live = s.live, score_at = coalesce(s.next_at, 'infinity')
    from unnest(
      ${scores.map(({ id }) => id)}::uuid[], ${scores.map(({ urgency }) => urgency.score)}::smallint[],
      ${scores.map(({ urgency }) => json(urgency.points))}::text[], ${scores.map(({ novelty }) => novelty)}::text[],
      ${scores.map(({ countsFrom }) => countsFrom)}::timestamptz[],
      ${scores.map(({ dueSoonAt }) => dueSoonAt)}::timestamptz[], ${scores.map(({ dueAt }) => dueAt)}::timestamptz[],
      ${scores.map(({ owner }) => storable(owner))}::text[], ${scores.map(({ ownerFrom }) => ownerFrom)}::text[],
      ${scores.map(({ live }) => live)}::text[], ${scores.map(({ nextAt }) => nextAt ?? null)}::timestamptz[]
    ) as s (id, urgency, points, novelty, counts_from, due_soon_at, due_at, owner, owner_from, live, next_at)
    where i.id = s.id`.execute(tx);
}

/** What a provider said of a secret counts wherever the secret stands. Tells on which branches. */
export async function scoreSecretAgain(
  tx: Db,
  { instanceId, fingerprint }: { readonly instanceId: InstanceId; readonly fingerprint: string },
): Promise<readonly Branch[]> {
  const { rows } = await sql<Branch>`
    update issues set score_at = '-infinity'
    where instance_id = ${instanceId} and fingerprint = ${fingerprint} and scanner = 'secrets'
    returning instance_id, repository_id, branch`.execute(tx);
  return rows;
}

/** Whether the time has come for any. */
export async function areScoresDue(db: Db, now: Date): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select exists (select 1 from issues where score_at <= ${now} and score_at < 'infinity')
      or exists (select 1 from urgency_settings where walked_to is not null) as due`.execute(db);
  return rows[0]?.due === true;
}

/** What repositories are, as settings of urgency ask. */
export interface ScoredPlace {
  readonly repositoryId: RepositoryId;
  readonly organizationId: OrganizationId;
  readonly project: string;
  readonly repository: string;
  readonly tags: readonly string[];
  readonly pipelines: readonly string[];
  readonly owners: string | null;
}

const mostPipelines = 200;

export async function listScoredPlaces(db: Db, ids: readonly RepositoryId[]): Promise<readonly ScoredPlace[]> {
  const { rows } = await sql<ScoredPlace>`
    select r.id as repository_id, r.organization_id, p.name as project, r.name as repository, r.tags, o.text as owners,
      array(select distinct definition from builds b where b.repository_id = r.id order by 1 limit ${mostPipelines})
        as pipelines
    from repositories r join projects p on p.id = r.project_id
    left join repository_owners o on o.repository_id = r.id
    where r.id = any(${[...ids]}::uuid[])`.execute(db);
  return rows;
}
