/** Scans of branches and pull requests: running, finished, failed. */
import { sql } from "kysely";
import type { Finding } from "#model/finding.ts";
import type { InstanceId, ProjectId, RepositoryId, ScanId } from "#model/ids.ts";
import type { Because, ScanOutcome, ScanStats, ScanTarget } from "#model/scan.ts";
import type { Problem } from "#model/scan-result.ts";
import type { Scope } from "#model/scope.ts";
import type { Db } from "../database.ts";
import { json, storable } from "../json.ts";
import { newId } from "../new-id.ts";
import type { Page, Rows } from "../page.ts";
import { withinScope } from "../within-scope.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export type ScanRow = WithoutNulls<{
  id: ScanId;
  instanceId: InstanceId;
  repositoryId: RepositoryId;
  repositoryName: string;
  projectId: ProjectId;
  projectName: string;
  organizationName: string;
  target: ScanTarget;
  commit: string;
  because: Because;
  started: Date;
  finished: Date | null;
  outcome: ScanOutcome | null;
  stats: ScanStats | null;
  problems: readonly Problem[];
  error: string | null;
}>;

export interface NewScan {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly target: ScanTarget;
  readonly commit: string;
  readonly because: Because;
  readonly started: Date;
  readonly versions?: ScanVersions;
}

/** What a scan looks with. */
export interface ScanVersions {
  readonly scannersVersion: string;
  readonly knowledgeVersion: string;
}

export interface ScanFilter extends Page {
  readonly instanceId?: InstanceId | undefined;
  readonly repositoryId?: RepositoryId | undefined;
  /** `running` or an outcome. */
  readonly state?: "running" | ScanOutcome | undefined;
}

/** A scan of the same target that never finished belongs to a process that ended: this one takes over from it. */
export async function insertScan(db: Db, scan: NewScan): Promise<ScanId> {
  const id = newId<ScanId>();
  await sql`
    with abandoned as (
      update scans set outcome = 'superseded', finished = ${scan.started}, error = ${restartedMessage}
      where repository_id = ${scan.repositoryId} and finished is null
        and target - 'iteration' = ${json(scan.target)}::jsonb - 'iteration'
    )
    insert into scans (id, instance_id, repository_id, target, commit, because, started, scanners_version,
      knowledge_version)
    values (${id}, ${scan.instanceId}, ${scan.repositoryId}, ${json(scan.target)}, ${scan.commit},
      ${json(scan.because)}, ${scan.started}, ${scan.versions?.scannersVersion ?? null},
      ${scan.versions?.knowledgeVersion ?? null})
  `.execute(db);
  return id;
}

const restartedMessage = "The process that ran this scan ended before it did; the scan was started again.";
const abandonedMessage = "The process that ran this scan ended before it did.";

/** False if it was closed already, because a newer scan of the same target has begun. */
export async function finishScan(
  db: Db,
  id: ScanId,
  result: {
    readonly outcome: ScanOutcome;
    readonly stats: ScanStats;
    readonly problems: readonly Problem[];
    /** Of a commit alone; those of branches and pull requests are issues and occurrences. */
    readonly findings?: readonly Finding[];
    readonly at?: Date;
  },
): Promise<boolean> {
  const updated = await db
    .updateTable("scans")
    .set({
      outcome: result.outcome,
      stats: json(result.stats),
      problems: json(result.problems),
      ...(result.findings ? { findings: json(result.findings) } : {}),
      finished: result.at ?? sql`now()`,
    })
    .where("id", "=", id)
    .where("finished", "is", null)
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

/** Said when the scan is over: it is not complete, unless they are notices. */
export async function addScanProblems(tx: Db, id: ScanId, problems: readonly Problem[]): Promise<void> {
  if (problems.length === 0) return;
  const isPartial = problems.some(({ isNotice }) => !isNotice);
  await sql`
    update scans set problems = problems || ${json(problems)}::jsonb,
      outcome = case when ${isPartial} and outcome = 'complete' then 'partial' else outcome end
    where id = ${id}`.execute(tx);
}

export async function failScan(db: Db, id: ScanId, message: string, at?: Date): Promise<void> {
  await db
    .updateTable("scans")
    .set({ outcome: "failed", error: storable(message), finished: at ?? sql`now()` })
    .where("id", "=", id)
    .where("finished", "is", null)
    .execute();
}

/**
 * For a scan that never came to its begin, or was cut off: people see it with its reason. What fails again and again for
 * one reason stays one line, with the last time.
 */
export async function recordFailedScan(db: Db, scan: NewScan, message: string): Promise<ScanId> {
  const error = storable(message);
  const { rows } = await sql<{ id: ScanId }>`
    update scans set outcome = 'failed', error = ${error}, finished = ${scan.started}
    where (finished is null or (outcome = 'failed' and error = ${error})) and id = (
      select id from scans where repository_id = ${scan.repositoryId}
        and target - 'iteration' = ${json(scan.target)}::jsonb - 'iteration'
      order by started desc, id desc limit 1)
    returning id`.execute(db);
  if (rows[0]) return rows[0].id;
  const id = await insertScan(db, scan);
  await failScan(db, id, error, scan.started);
  return id;
}

export async function getScan(
  db: Db,
  scope: Scope,
  id: ScanId,
): Promise<(ScanRow & { readonly findings: readonly Finding[] }) | undefined> {
  const { rows } = await selectScans(db, sql`${withinScope(scope, "s.instance_id")} and s.id = ${id}`, sql``);
  if (!rows[0]) return undefined;
  const { findings } = await db.selectFrom("scans").select("findings").where("id", "=", id).executeTakeFirstOrThrow();
  return { ...rows[0], findings: findings ?? [] };
}

/** Undefined if the scan is gone, or was made by a version that did not write it down. */
export async function getScanVersions(db: Db, id: ScanId): Promise<ScanVersions | undefined> {
  const row = await db
    .selectFrom("scans")
    .select(["scannersVersion", "knowledgeVersion"])
    .where("id", "=", id)
    .executeTakeFirst();
  if (!row || row.scannersVersion === null) return undefined;
  return { scannersVersion: row.scannersVersion, knowledgeVersion: row.knowledgeVersion ?? "" };
}

/** A scan that has looked at this commit, or does so now. */
export async function findScanOfCommit(
  db: Db,
  repositoryId: RepositoryId,
  commit: string,
): Promise<ScanId | undefined> {
  const row = await db
    .selectFrom("scans")
    .select("id")
    .where("repositoryId", "=", repositoryId)
    .where("commit", "=", commit)
    // A history is read for its secrets alone.
    .where(sql<boolean>`not target @> '{"is": "history"}'::jsonb`)
    .where((where) => where.or([where("finished", "is", null), where("outcome", "in", ["complete", "partial"])]))
    .orderBy("started", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** The newest scan of a pull request. */
export async function findScanOfPullRequest(
  db: Db,
  repositoryId: RepositoryId,
  number: number,
): Promise<ScanId | undefined> {
  const row = await db
    .selectFrom("scans")
    .select("id")
    .where("repositoryId", "=", repositoryId)
    .where(sql<boolean>`target @> ${json({ is: "pull-request", number })}::jsonb`)
    .orderBy("started", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** Newest first. */
export async function listScans(db: Db, scope: Scope, filter: ScanFilter): Promise<Rows<ScanRow>> {
  const condition = sql`${withinScope(scope, "s.instance_id")}
    ${filter.instanceId ? sql`and s.instance_id = ${filter.instanceId}` : sql``}
    ${filter.repositoryId ? sql`and s.repository_id = ${filter.repositoryId}` : sql``}
    ${stateCondition(filter.state)}`;
  const tail = sql`order by s.started desc, s.id desc offset ${filter.offset} limit ${filter.limit}`;
  const [page, count] = await Promise.all([
    selectScans(db, condition, tail),
    sql<{ total: number }>`select count(*) as total from scans s where ${condition}`.execute(db),
  ]);
  return { rows: page.rows, total: count.rows[0]?.total ?? 0 };
}

export interface ScanActivity {
  readonly running: number;
  readonly complete: number;
  readonly partial: number;
  readonly failed: number;
  readonly superseded: number;
}

/** How many scans started since then, by how they ended. */
export async function countScans(db: Db, scope: Scope, since: Date): Promise<ScanActivity> {
  const { rows } = await sql<ScanActivity>`
    select count(*) filter (where s.finished is null) as running,
      count(*) filter (where s.outcome = 'complete') as complete, count(*) filter (where s.outcome = 'partial') as partial,
      count(*) filter (where s.outcome = 'failed') as failed,
      count(*) filter (where s.outcome = 'superseded') as superseded
    from scans s where ${withinScope(scope, "s.instance_id")} and s.started >= ${since}`.execute(db);
  return rows[0]!;
}

/** Closes scans that have been running since before `startedBefore`: no scan may take that long. Gives their number. */
export async function closeAbandonedScans(db: Db, startedBefore: Date): Promise<number> {
  const result = await db
    .updateTable("scans")
    .set({ outcome: "failed", error: abandonedMessage, finished: sql`now()` })
    .where("finished", "is", null)
    .where("started", "<", startedBefore)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

function stateCondition(state: ScanFilter["state"]): ReturnType<typeof sql> {
  if (state === undefined) return sql``;
  return state === "running" ? sql`and s.finished is null` : sql`and s.outcome = ${state}`;
}

async function selectScans(
  db: Db,
  condition: ReturnType<typeof sql>,
  tail: ReturnType<typeof sql>,
): Promise<{ readonly rows: readonly ScanRow[] }> {
  const { rows } = await sql<ScanRow>`
    select s.id, s.instance_id, s.repository_id, r.name as repository_name, r.project_id, p.name as project_name,
      o.name as organization_name, s.target, s.commit, s.because, s.started, s.finished, s.outcome, s.stats, s.problems,
      s.error
    from scans s
    join repositories r on r.id = s.repository_id
    join projects p on p.id = r.project_id
    join organizations o on o.id = r.organization_id
    where ${condition} ${tail}
  `.execute(db);
  return { rows: rows.map((row) => withoutNulls(row)) };
}
