/** Pull requests that Sallyport scanned or will scan, by repository and number. */
import { sql } from "kysely";
import type { InstanceId, OrganizationId, ProjectId, RepositoryId, ScanId, VerdictId } from "#model/ids.ts";
import type { PullRequestState, PullRequestStatusState } from "#model/pull-request.ts";
import type { ScanOutcome } from "#model/scan.ts";
import type { Scope } from "#model/scope.ts";
import type { VerdictOutcome } from "#model/verdict.ts";
import { containsText } from "../contains-text.ts";
import type { Db } from "../database.ts";
import { storable } from "../json.ts";
import type { Page, Rows } from "../page.ts";
import { withinScope } from "../within-scope.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";
import type { PostedKinds } from "./posted-statuses.ts";

export type PullRequestRow = WithoutNulls<{
  repositoryId: RepositoryId;
  number: number;
  instanceId: InstanceId;
  title: string;
  author: string;
  state: PullRequestState;
  isDraft: boolean;
  sourceRef: string;
  targetRef: string;
  sourceCommit: string | null;
  webUrl: string;
  iteration: number | null;
  scanId: ScanId | null;
  scannedIteration: number | null;
  scannedCommit: string | null;
  scanOutcome: ScanOutcome | null;
  /** An iteration whose scan failed for good, and why; no longer there once a scan has ended well. */
  failedIteration: number | null;
  failure: string | null;
  postedIteration: number | null;
  postedState: PullRequestStatusState | null;
  postedRemoteId: number | null;
  /** When the posted iteration was first told anything. */
  postedSince: Date | null;
  postedDescription: string | null;
  postedKinds: PostedKinds;
  /** The thread at Azure DevOps that holds the summary. */
  summaryThreadId: number | null;
  createdAt: Date;
  updatedAt: Date;
}>;

export type PullRequestOverview = PullRequestRow & {
  readonly repositoryName: string;
  readonly projectId: ProjectId;
  readonly projectName: string;
  readonly organizationId: OrganizationId;
  readonly organizationName: string;
  readonly findings: { readonly open: number; readonly fixed: number };
  /** The newest one. */
  readonly verdict?: PullRequestVerdict;
};

export interface PullRequestVerdict {
  readonly id: VerdictId;
  readonly iteration: number | null;
  readonly outcome: VerdictOutcome;
  readonly decidedBy: readonly string[];
  readonly policiesVersion: string;
  /** As JSON has it. */
  readonly at: string;
}

export interface NewPullRequest {
  readonly repositoryId: RepositoryId;
  readonly number: number;
  readonly instanceId: InstanceId;
  readonly title: string;
  readonly author: string;
  readonly state: PullRequestState;
  readonly isDraft: boolean;
  readonly sourceRef: string;
  readonly targetRef: string;
  readonly sourceCommit?: string | undefined;
  readonly webUrl: string;
  /** The newest iteration there is. */
  readonly iteration?: number | undefined;
}

export interface PullRequestFilter extends Page {
  readonly search?: string | undefined;
  readonly state?: PullRequestState | undefined;
  readonly repositoryId?: RepositoryId | undefined;
  readonly instanceId?: InstanceId | undefined;
  /** Of the newest verdict. */
  readonly outcome?: VerdictOutcome | undefined;
}

/** What is not given (`sourceCommit`, `iteration`) keeps its value. */
export async function upsertPullRequest(db: Db, pullRequest: NewPullRequest): Promise<void> {
  const given = {
    instanceId: pullRequest.instanceId,
    title: storable(pullRequest.title),
    author: storable(pullRequest.author),
    state: pullRequest.state,
    isDraft: pullRequest.isDraft,
    sourceRef: pullRequest.sourceRef,
    targetRef: pullRequest.targetRef,
    webUrl: pullRequest.webUrl,
    ...(pullRequest.sourceCommit === undefined ? {} : { sourceCommit: pullRequest.sourceCommit }),
    ...(pullRequest.iteration === undefined ? {} : { iteration: pullRequest.iteration }),
  };
  await db
    .insertInto("pullRequests")
    .values({ repositoryId: pullRequest.repositoryId, number: pullRequest.number, ...given })
    .onConflict((conflict) =>
      conflict.columns(["repositoryId", "number"]).doUpdateSet({ ...given, updatedAt: sql`now()` }),
    )
    .execute();
}

/** False, and nothing changes, if a newer iteration was scanned already: the last push wins. */
export async function setPullRequestScan(
  db: Db,
  repositoryId: RepositoryId,
  number: number,
  scan: {
    readonly scanId: ScanId;
    readonly iteration: number;
    readonly commit: string;
    readonly outcome?: ScanOutcome | undefined;
  },
): Promise<boolean> {
  const result = await db
    .updateTable("pullRequests")
    .set({
      scanId: scan.scanId,
      scannedIteration: scan.iteration,
      scannedCommit: scan.commit,
      scanOutcome: scan.outcome ?? null,
      failedIteration: null,
      failure: null,
      updatedAt: sql`now()`,
    })
    .where("repositoryId", "=", repositoryId)
    .where("number", "=", number)
    .where((where) =>
      where.or([where("scannedIteration", "is", null), where("scannedIteration", "<=", scan.iteration)]),
    )
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Its commit counts as not scanned, so that it is compared again; what was found stays until then. */
export async function forgetComparison(db: Db, repositoryId: RepositoryId, number: number): Promise<void> {
  await db
    .updateTable("pullRequests")
    .set({ scannedCommit: null })
    .where("repositoryId", "=", repositoryId)
    .where("number", "=", number)
    .execute();
}

/** What was scanned before stays known. */
export async function setPullRequestFailure(
  db: Db,
  repositoryId: RepositoryId,
  number: number,
  failed: { readonly iteration: number; readonly reason: string },
): Promise<void> {
  await db
    .updateTable("pullRequests")
    .set({ failedIteration: failed.iteration, failure: storable(failed.reason), updatedAt: sql`now()` })
    .where("repositoryId", "=", repositoryId)
    .where("number", "=", number)
    .execute();
}

export async function getPullRequest(
  db: Db,
  repositoryId: RepositoryId,
  number: number,
): Promise<PullRequestRow | undefined> {
  const row = await db
    .selectFrom("pullRequests")
    .selectAll()
    .where("repositoryId", "=", repositoryId)
    .where("number", "=", number)
    .executeTakeFirst();
  return row && withoutNulls(row);
}

export async function getPullRequestOverview(
  db: Db,
  scope: Scope,
  repositoryId: RepositoryId,
  number: number,
): Promise<PullRequestOverview | undefined> {
  const condition = sql`${withinScope(scope, "pr.instance_id")}
    and pr.repository_id = ${repositoryId} and pr.number = ${number}`;
  return (await selectPullRequests(db, condition, sql``))[0];
}

/** Changed last comes first. */
export async function listPullRequests(
  db: Db,
  scope: Scope,
  filter: PullRequestFilter,
): Promise<Rows<PullRequestOverview>> {
  const condition = sql`${withinScope(scope, "pr.instance_id")}
    ${filter.search ? sql`and (pr.title ilike ${containsText(filter.search)} or pr.author ilike ${containsText(filter.search)})` : sql``}
    ${filter.state ? sql`and pr.state = ${filter.state}` : sql``}
    ${filter.repositoryId ? sql`and pr.repository_id = ${filter.repositoryId}` : sql``}
    ${filter.instanceId ? sql`and pr.instance_id = ${filter.instanceId}` : sql``}
    ${filter.outcome ? sql`and (select v.outcome from verdicts v where v.repository_id = pr.repository_id and v.number = pr.number order by v.at desc, v.id desc limit 1) = ${filter.outcome}` : sql``}`;
  const tail = sql`order by pr.updated_at desc, pr.repository_id, pr.number offset ${filter.offset} limit ${filter.limit}`;
  const [rows, count] = await Promise.all([
    selectPullRequests(db, condition, tail),
    sql<{ total: number }>`select count(*) as total from pull_requests pr where ${condition}`.execute(db),
  ]);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

export async function listActivePullRequests(
  db: Db,
  repositories: readonly RepositoryId[],
): Promise<readonly PullRequestRow[]> {
  const rows = await db
    .selectFrom("pullRequests")
    .selectAll()
    .where(sql<boolean>`repository_id = any(${[...repositories]}::uuid[])`)
    .where("state", "=", "active")
    .execute();
  return rows.map(withoutNulls);
}

/** Active ones that were scanned: what is said there follows from findings, settings and policies. */
export async function listJudgedPullRequests(
  db: Db,
  instanceId: InstanceId,
): Promise<readonly Pick<PullRequestRow, "repositoryId" | "instanceId" | "number">[]> {
  return db
    .selectFrom("pullRequests")
    .select(["repositoryId", "instanceId", "number"])
    .where("instanceId", "=", instanceId)
    .where("state", "=", "active")
    .where("scannedIteration", "is not", null)
    .execute();
}

export async function setSummaryThread(
  db: Db,
  repositoryId: RepositoryId,
  number: number,
  summaryThreadId: number,
): Promise<void> {
  await db
    .updateTable("pullRequests")
    .set({ summaryThreadId })
    .where("repositoryId", "=", repositoryId)
    .where("number", "=", number)
    .execute();
}

export async function deletePullRequest(db: Db, repositoryId: RepositoryId, number: number): Promise<void> {
  await db.deleteFrom("pullRequests").where("repositoryId", "=", repositoryId).where("number", "=", number).execute();
}

async function selectPullRequests(
  db: Db,
  condition: ReturnType<typeof sql>,
  tail: ReturnType<typeof sql>,
): Promise<readonly PullRequestOverview[]> {
  const { rows } = await sql<PullRequestOverview>`
    select pr.*, r.name as repository_name, r.project_id, p.name as project_name, r.organization_id,
      o.name as organization_name,
      (select jsonb_build_object('open', count(*) filter (where f.state = 'open' and s.enabled is not false),
          'fixed', count(*) filter (where f.state = 'fixed' or s.enabled is false))
       from pull_request_findings f
       left join rule_settings s on s.instance_id = f.instance_id and s.rule_id = f.finding->>'rule'
       where f.repository_id = pr.repository_id and f.number = pr.number) as findings,
      (select jsonb_build_object('id', v.id, 'iteration', v.iteration, 'outcome', v.outcome, 'decidedBy', v.decided_by,
          'policiesVersion', v.policies_version, 'at', v.at)
       from verdicts v where v.repository_id = pr.repository_id and v.number = pr.number
       order by v.at desc, v.id desc limit 1) as verdict
    from pull_requests pr
    join repositories r on r.id = pr.repository_id
    join projects p on p.id = r.project_id
    join organizations o on o.id = r.organization_id
    where ${condition} ${tail}
  `.execute(db);
  return rows.map((row) => withoutNulls(row));
}
