/** Fixes: what was asked for, how far it is, and what became of it. An index lets one root cause have one at a time. */
import { sql } from "kysely";
import type { Hunk } from "#model/diff-of-fix.ts";
import { type Fix, type FixId, type FixState, liveFixStates } from "#model/fix.ts";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Db } from "../database.ts";
import { json, storable } from "../json.ts";
import { newId } from "../new-id.ts";
import type { Page, Rows } from "../page.ts";
import { withinScope } from "../within-scope.ts";
import { withoutNulls } from "../without-nulls.ts";

export interface FixOverview extends Fix {
  readonly repositoryName: string;
  readonly projectName: string;
  readonly organizationName: string;
}

export interface FixFilter extends Page {
  readonly state?: readonly FixState[] | undefined;
  readonly instanceId?: InstanceId | undefined;
  readonly repositoryId?: RepositoryId | undefined;
  /** Those that end a problem of this fingerprint. */
  readonly fingerprint?: string | undefined;
  /** Those that go into the branch of this pull request. */
  readonly forPullRequest?: number | undefined;
}

export type NewFix = Pick<
  Fix,
  | "instanceId"
  | "repositoryId"
  | "key"
  | "grouping"
  | "title"
  | "goal"
  | "branch"
  | "targetRef"
  | "forPullRequest"
  | "fixes"
  | "askedBy"
  | "askedAt"
>;

/** Undefined if one of the same root cause is under way. */
export async function insertFix(db: Db, fix: NewFix): Promise<FixId | undefined> {
  const row = await db
    .insertInto("fixes")
    .values({
      ...fix,
      id: newId<FixId>(),
      title: storable(fix.title),
      forPullRequest: fix.forPullRequest ?? null,
      state: "planned",
      fixes: json(fix.fixes),
      askedBy: json(fix.askedBy),
      changedAt: fix.askedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export interface FixChange
  extends Partial<
    Pick<
      Fix,
      | "title"
      | "goal"
      | "baseCommit"
      | "headCommit"
      | "pushedCommit"
      | "pullRequest"
      | "pullRequestUrl"
      | "state"
      | "fixes"
      | "adds"
      | "said"
      | "risk"
      | "askedBy"
      | "askedAt"
    >
  > {
  /** Null: there is none any more. */
  readonly reason?: string | null;
  readonly hunks?: readonly Hunk[];
}

export async function changeFix(db: Db, id: FixId, change: FixChange, at: Date): Promise<void> {
  const { fixes, adds, said, risk, hunks, askedBy, reason, title, ...plain } = change;
  await db
    .updateTable("fixes")
    .set({
      ...plain,
      ...(title !== undefined && { title: storable(title) }),
      ...(reason !== undefined && { reason: reason === null ? null : storable(reason) }),
      ...(fixes && { fixes: json(fixes) }),
      ...(adds && { adds: json(adds) }),
      ...(said && { said: json(said) }),
      ...(risk && { risk: json(risk) }),
      ...(hunks && { hunks: json(hunks) }),
      ...(askedBy && { askedBy: json(askedBy) }),
      changedAt: at,
    })
    .where("id", "=", id)
    .execute();
}

const columns = [
  "id",
  "instanceId",
  "repositoryId",
  "key",
  "grouping",
  "title",
  "goal",
  "branch",
  "targetRef",
  "forPullRequest",
  "baseCommit",
  "headCommit",
  "pushedCommit",
  "pullRequest",
  "pullRequestUrl",
  "state",
  "reason",
  "fixes",
  "adds",
  "said",
  "risk",
  "askedBy",
  "askedAt",
  "changedAt",
] as const;

export async function getFix(db: Db, id: FixId): Promise<Fix | undefined> {
  const row = await db.selectFrom("fixes").select(columns).where("id", "=", id).executeTakeFirst();
  return row && withoutNulls(row);
}

/** How far it is, for the rest of the transaction. */
export async function lockFixState(tx: Db, id: FixId): Promise<FixState | undefined> {
  const row = await tx.selectFrom("fixes").select("state").where("id", "=", id).forUpdate().executeTakeFirst();
  return row?.state;
}

/** Of one root cause, the newest first. */
export async function listFixesOf(
  db: Db,
  of: Pick<Fix, "repositoryId" | "targetRef" | "key">,
): Promise<readonly Fix[]> {
  const rows = await db
    .selectFrom("fixes")
    .select(columns)
    .where("repositoryId", "=", of.repositoryId)
    .where("targetRef", "=", of.targetRef)
    .where("key", "=", of.key)
    .orderBy("id", "desc")
    .limit(50)
    .execute();
  return rows.map(withoutNulls);
}

/** Those under way, the oldest first; of one repository, or of all. */
export async function listLiveFixes(db: Db, repositoryId?: RepositoryId): Promise<readonly Fix[]> {
  let query = db
    .selectFrom("fixes")
    .select(columns)
    .where("state", "in", [...liveFixStates]);
  if (repositoryId !== undefined) query = query.where("repositoryId", "=", repositoryId);
  return (await query.orderBy("id").execute()).map(withoutNulls);
}

/** Whoever asks for fixes of a repository, or begins one, waits here for others who do: before anything is locked of a fix. */
export async function lockForFixes(tx: Db, repositoryId: RepositoryId): Promise<void> {
  await sql`select 1 from repositories where id = ${repositoryId} for no key update`.execute(tx);
}

/** Whether one of the repository's places is left, as long as they are locked. */
export async function hasPlace(tx: Db, fix: Pick<Fix, "id" | "repositoryId">, limit: number): Promise<boolean> {
  const { rows } = await sql<{ taken: number }>`
    select count(*) as taken from fixes where repository_id = ${fix.repositoryId} and id <> ${fix.id}
      and (state in ('making', 'rescanned', 'open') or (state = 'planned' and pull_request is not null))`.execute(tx);
  return (rows[0]?.taken ?? 0) < limit;
}

export async function getFixDetail(
  db: Db,
  scope: Scope,
  id: FixId,
): Promise<(FixOverview & { readonly hunks: readonly Hunk[] }) | undefined> {
  const [row] = await selectFixes(db, sql`${withinScope(scope, "f.instance_id")} and f.id = ${id}`, sql``);
  if (!row) return undefined;
  const { hunks } = await db.selectFrom("fixes").select("hunks").where("id", "=", id).executeTakeFirstOrThrow();
  return { ...row, hunks };
}

/** Changed last comes first. */
export async function listFixes(db: Db, scope: Scope, filter: FixFilter): Promise<Rows<FixOverview>> {
  const { state, instanceId, repositoryId, fingerprint, forPullRequest } = filter;
  const condition = sql`${withinScope(scope, "f.instance_id")}
    ${state?.length ? sql`and f.state = any(${[...state]}::text[])` : sql``}
    ${instanceId ? sql`and f.instance_id = ${instanceId}` : sql``}
    ${repositoryId ? sql`and f.repository_id = ${repositoryId}` : sql``}
    ${fingerprint ? sql`and f.fixes @> ${json([{ fingerprint }])}::jsonb` : sql``}
    ${forPullRequest === undefined ? sql`` : sql`and f.for_pull_request = ${forPullRequest}`}`;
  const tail = sql`order by f.changed_at desc, f.id desc offset ${filter.offset} limit ${filter.limit}`;
  const [rows, count] = await Promise.all([
    selectFixes(db, condition, tail),
    sql<{ total: number }>`select count(*) as total from fixes f where ${condition}`.execute(db),
  ]);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

async function selectFixes(
  db: Db,
  condition: ReturnType<typeof sql>,
  tail: ReturnType<typeof sql>,
): Promise<readonly FixOverview[]> {
  const { rows } = await sql<FixOverview>`
    select ${sql.join(columns.map((name) => sql.ref(`f.${name}`)))}, r.name as repository_name, p.name as project_name,
      o.name as organization_name
    from fixes f
    join repositories r on r.id = f.repository_id
    join projects p on p.id = r.project_id
    join organizations o on o.id = r.organization_id
    where ${condition} ${tail}`.execute(db);
  return rows.map((row) => withoutNulls(row));
}
