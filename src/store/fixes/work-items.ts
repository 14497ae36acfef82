/** Work items: which issues each is about, and what it has said about them. An index lets a group have one at a time. */
import { sql } from "kysely";
import type { InstanceId, IssueId, OrganizationId, RepositoryId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { WorkItem, WorkItemId, WorkItemState } from "#model/work-item.ts";
import type { Db, IssueStateName } from "../database.ts";
import { json, storable } from "../json.ts";
import { newId } from "../new-id.ts";
import type { Page, Rows } from "../page.ts";
import { withinScope } from "../within-scope.ts";
import { withoutNulls } from "../without-nulls.ts";

export type NewWorkItem = Pick<
  WorkItem,
  "instanceId" | "organizationId" | "projectId" | "repositoryId" | "key" | "title" | "askedBy" | "askedAt"
>;

/** Undefined if the group has one already. */
export async function insertWorkItem(db: Db, item: NewWorkItem): Promise<WorkItemId | undefined> {
  const row = await db
    .insertInto("workItems")
    .values({
      ...item,
      id: newId<WorkItemId>(),
      title: storable(item.title),
      state: "planned",
      askedBy: json(item.askedBy),
      changedAt: item.askedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export interface WorkItemChange
  extends Partial<Pick<WorkItem, "title" | "state" | "number" | "webUrl" | "type" | "remoteState" | "revision">> {
  /** Null: there is none any more. */
  readonly reason?: string | null;
  readonly lookedAt?: Date;
  readonly tryAt?: Date | null;
}

/** What only was looked at has not changed. */
export async function changeWorkItem(db: Db, id: WorkItemId, change: WorkItemChange, at: Date): Promise<void> {
  const { reason, ...plain } = change;
  const isNews = change.state !== undefined || change.remoteState !== undefined || reason !== undefined;
  await db
    .updateTable("workItems")
    .set({
      ...plain,
      ...(reason !== undefined && { reason: reason === null ? null : storable(reason) }),
      ...(isNews && { changedAt: at }),
    })
    .where("id", "=", id)
    .execute();
}

const columns = [
  "id",
  "instanceId",
  "organizationId",
  "projectId",
  "repositoryId",
  "key",
  "title",
  "state",
  "number",
  "webUrl",
  "type",
  "remoteState",
  "revision",
  "reason",
  "askedBy",
  "askedAt",
  "changedAt",
] as const;

export interface WorkItemToSync extends WorkItem {
  /** Something happened to its issues that it does not tell. */
  readonly hasNews: boolean;
  readonly tellings: number;
  /** Those that it links to. */
  readonly pullRequests: readonly number[];
  readonly lookedAt?: Date;
}

/** Whether a work item tells something else of an issue than is true. */
const untold = sql`exists (select 1 from work_item_issues l join issues i on i.id = l.issue_id
  where l.work_item_id = w.id and l.told is distinct from case when i.state = 'open' then 'open' else 'over' end)`;

const dayMilliseconds = 24 * 60 * 60_000;

/** What has been closed for long is nobody's any more. */
function isWatched(now: Date) {
  const monthAgo = new Date(now.getTime() - 30 * dayMilliseconds);
  return sql`(w.state <> 'closed' or w.number is not null and w.changed_at > ${monthAgo})`;
}

/** What was deleted may be restored, and what could not be read may be read again: once a day, as long as anybody remembers. */
function mayBeBack(now: Date) {
  const [dayAgo, monthAgo] = [1, 30].map((days) => new Date(now.getTime() - days * dayMilliseconds));
  return sql`(w.looked_at is null or w.looked_at <= ${dayAgo} and w.changed_at > ${monthAgo})`;
}

function isDue(now: Date, lookedBefore: Date) {
  return sql`(w.try_at is null or w.try_at <= ${now}) and case when w.state = 'gone' then ${mayBeBack(now)}
    else w.state = 'planned' or ${untold} or ${isWatched(now)} and coalesce(w.looked_at <= ${lookedBefore}, true) end`;
}

/** Those with something to do or say, and those that nobody looked at for a time, the longest first. */
export async function listWorkItemsToSync(
  db: Db,
  organizationId: OrganizationId,
  { now, lookedBefore, limit }: { readonly now: Date; readonly lookedBefore: Date; readonly limit: number },
): Promise<readonly WorkItemToSync[]> {
  const { rows } = await sql<WorkItemToSync>`
    select ${sql.join(columns.map((name) => sql.ref(`w.${name}`)))}, w.looked_at, w.tellings, w.pull_requests,
      ${untold} as has_news
    from work_items w
    where w.organization_id = ${organizationId} and ${isDue(now, lookedBefore)}
    order by w.looked_at nulls first, w.id limit ${limit}`.execute(db);
  return rows.map((row) => withoutNulls(row));
}

/** Organizations with a work item that has something to say, or that is to be looked at. */
export async function organizationsWithWorkItems(
  db: Db,
  now: Date,
  lookedBefore: Date,
): Promise<readonly { readonly id: OrganizationId; readonly instanceId: InstanceId }[]> {
  const { rows } = await sql<{ id: OrganizationId; instanceId: InstanceId }>`
    select distinct w.organization_id as id, w.instance_id
    from work_items w join instances n on n.id = w.instance_id
    where n.state <> 'disabled' and (n.features->>'workItems')::boolean and ${isDue(now, lookedBefore)}`.execute(db);
  return rows;
}

/** Somebody changed what may have been the reason. */
export async function forgetRefusals(db: Db, instanceId: InstanceId): Promise<void> {
  await db.updateTable("workItems").set({ tryAt: null }).where("instanceId", "=", instanceId).execute();
}

/** The next sync looks at it, whatever it was refused before. */
export async function lookNow(db: Db, id: WorkItemId): Promise<void> {
  await db.updateTable("workItems").set({ tryAt: null, lookedAt: null }).where("id", "=", id).execute();
}

/** Of a repository those that are planned or open. */
export async function listLiveWorkItems(db: Db, repositoryId: RepositoryId): Promise<readonly WorkItem[]> {
  const rows = await db
    .selectFrom("workItems")
    .select(columns)
    .where("repositoryId", "=", repositoryId)
    .where("state", "in", ["planned", "open"])
    .orderBy("id")
    .execute();
  return rows.map(withoutNulls);
}

/** Whoever asks for work items of a repository waits here for others who do. */
export async function lockForWorkItems(tx: Db, repositoryId: RepositoryId): Promise<void> {
  await sql`select 1 from repositories where id = ${repositoryId} for no key update`.execute(tx);
}

export async function linkIssues(
  db: Db,
  { id, instanceId }: Pick<WorkItem, "id" | "instanceId">,
  issues: readonly IssueId[],
): Promise<void> {
  await sql`
    insert into work_item_issues (work_item_id, issue_id, instance_id)
    select ${id}, given.id, ${instanceId} from unnest(${[...issues]}::uuid[]) as given (id)
    on conflict do nothing`.execute(db);
}

/** Issues that some work item is about, whether it is done or not. What was deleted in Boards counts too: that was decided. */
export async function issuesWithWorkItem(db: Db, issues: readonly IssueId[]): Promise<ReadonlyMap<IssueId, WorkItem>> {
  const { rows } = await sql<WorkItem & { issueId: IssueId }>`
    select distinct on (l.issue_id) l.issue_id, ${sql.join(columns.map((name) => sql.ref(`w.${name}`)))}
    from work_item_issues l join work_items w on w.id = l.work_item_id
    where l.issue_id = any(${[...issues]}::uuid[]) order by l.issue_id, w.id desc`.execute(db);
  return new Map(rows.map(({ issueId, ...row }) => [issueId, withoutNulls(row)]));
}

export interface LinkedIssue {
  readonly id: IssueId;
  readonly told: "open" | "over" | null;
  readonly state: IssueStateName;
}

export async function listLinkedIssues(db: Db, id: WorkItemId): Promise<readonly LinkedIssue[]> {
  const { rows } = await sql<LinkedIssue>`
    select i.id, l.told, i.state from work_item_issues l join issues i on i.id = l.issue_id
    where l.work_item_id = ${id} order by i.severity_rank, i.urgency desc, i.id`.execute(db);
  return rows;
}

export async function noteLinkedPullRequests(db: Db, id: WorkItemId, pullRequests: readonly number[]): Promise<void> {
  await sql`update work_items set pull_requests = ${[...pullRequests]}::integer[] where id = ${id}`.execute(db);
}

/** What its text or a comment says now. */
export async function markTold(db: Db, id: WorkItemId, issues: readonly LinkedIssue[]): Promise<void> {
  await sql`update work_items set tellings = tellings + 1 where id = ${id}`.execute(db);
  for (const [told, own] of Map.groupBy(issues, ({ state }) => (state === "open" ? "open" : "over"))) {
    await sql`update work_item_issues set told = ${told}
      where work_item_id = ${id} and issue_id = any(${own.map((one) => one.id)}::uuid[])`.execute(db);
  }
}

/** Pull requests of fixes that end some of its issues. */
export async function fixPullRequestsOf(db: Db, id: WorkItemId): Promise<readonly number[]> {
  const { rows } = await sql<{ number: number }>`
    select distinct f.pull_request as number from work_items w join fixes f on f.repository_id = w.repository_id
    where w.id = ${id} and f.pull_request is not null and f.state in ('open', 'merged')
      and exists (select 1 from jsonb_array_elements(f.fixes) e
        join issues i on i.fingerprint = e->>'fingerprint' and i.repository_id = w.repository_id
        join work_item_issues l on l.issue_id = i.id and l.work_item_id = w.id)
    order by 1 limit 50`.execute(db);
  return rows.map(({ number }) => number);
}

/** Numbers of the work items about what a fix ends, the newest first. */
export async function workItemsOfFix(
  db: Db,
  { repositoryId, fixes }: { readonly repositoryId: RepositoryId; readonly fixes: readonly { fingerprint: string }[] },
): Promise<readonly number[]> {
  const { rows } = await sql<{ number: number }>`
    select distinct w.number from issues i
    join work_item_issues l on l.issue_id = i.id join work_items w on w.id = l.work_item_id
    where i.repository_id = ${repositoryId} and w.number is not null and w.state = 'open'
      and i.fingerprint = any(${fixes.map(({ fingerprint }) => fingerprint)}::text[])
    order by 1 desc limit 10`.execute(db);
  return rows.map(({ number }) => number);
}

export interface WorkItemOverview extends WorkItem {
  readonly repositoryName: string;
  readonly projectName: string;
  readonly organizationName: string;
  readonly issues: number;
  readonly openIssues: number;
}

export interface WorkItemFilter extends Page {
  readonly state?: readonly WorkItemState[] | undefined;
  readonly instanceId?: InstanceId | undefined;
  readonly repositoryId?: RepositoryId | undefined;
  readonly issueId?: IssueId | undefined;
}

export async function getWorkItemOverview(db: Db, scope: Scope, id: WorkItemId): Promise<WorkItemOverview | undefined> {
  const [row] = await select(db, sql`${withinScope(scope, "w.instance_id")} and w.id = ${id}`, sql``);
  return row;
}

/** Changed last comes first. */
export async function listWorkItems(db: Db, scope: Scope, filter: WorkItemFilter): Promise<Rows<WorkItemOverview>> {
  const { state, instanceId, repositoryId, issueId } = filter;
  const condition = sql`${withinScope(scope, "w.instance_id")}
    ${state?.length ? sql`and w.state = any(${[...state]}::text[])` : sql``}
    ${instanceId ? sql`and w.instance_id = ${instanceId}` : sql``}
    ${repositoryId ? sql`and w.repository_id = ${repositoryId}` : sql``}
    ${issueId ? sql`and exists (select 1 from work_item_issues l where l.work_item_id = w.id and l.issue_id = ${issueId})` : sql``}`;
  const tail = sql`order by w.changed_at desc, w.id desc offset ${filter.offset} limit ${filter.limit}`;
  const [rows, count] = await Promise.all([
    select(db, condition, tail),
    sql<{ total: number }>`select count(*) as total from work_items w where ${condition}`.execute(db),
  ]);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

async function select(
  db: Db,
  condition: ReturnType<typeof sql>,
  tail: ReturnType<typeof sql>,
): Promise<readonly WorkItemOverview[]> {
  const { rows } = await sql<WorkItemOverview>`
    select ${sql.join(columns.map((name) => sql.ref(`w.${name}`)))}, r.name as repository_name, p.name as project_name,
      o.name as organization_name, c.issues, c.open_issues
    from work_items w
    join repositories r on r.id = w.repository_id
    join projects p on p.id = r.project_id
    join organizations o on o.id = w.organization_id
    cross join lateral (
      select count(*) as issues, count(*) filter (where i.state = 'open') as open_issues
      from work_item_issues l join issues i on i.id = l.issue_id where l.work_item_id = w.id) c
    where ${condition} ${tail}`.execute(db);
  return rows.map((row) => withoutNulls(row));
}
