/** Gates by branch: those that people asked for, and what each watched branch has or lacks. */
import { type RawBuilder, sql } from "kysely";
import type { Bypasser, GatedBranch, GateEvaluation, GateFlaw, GateState } from "#model/gate.ts";
import type { InstanceId, OrganizationId, ProjectId, RepositoryId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import { containsText } from "../contains-text.ts";
import type { Db } from "../database.ts";
import { json } from "../json.ts";
import type { Page, Rows } from "../page.ts";
import { withinScope } from "../within-scope.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export type GateRow = WithoutNulls<{
  instanceId: InstanceId;
  repositoryId: RepositoryId;
  ref: string;
  /** Somebody asked for it. A branch without is watched and has a row all the same. */
  wanted: boolean;
  changedBy: string | null;
  changedAt: Date | null;
  toInstall: boolean;
  remoteId: number | null;
  authorId: string | null;
  state: GateState;
  flaws: readonly GateFlaw[];
  /** Whether commits may be pushed to the branch without a pull request, by whoever may contribute. */
  directPushes: boolean | null;
  bypassers: readonly Bypasser[] | null;
  bypassersAt: Date | null;
  evaluation: GateEvaluation | null;
  checkedAt: Date | null;
  repositoryName: string;
  projectId: ProjectId;
  projectName: string;
  organizationId: OrganizationId;
  organizationName: string;
  isDefault: boolean;
  /** Its repository is chosen, there, and neither disabled nor empty. */
  isScanned: boolean;
}>;

export interface GateFilter extends Page {
  readonly search?: string | undefined;
  readonly instanceId?: InstanceId | undefined;
  readonly repositoryId?: RepositoryId | undefined;
  readonly state?: GateState | undefined;
  readonly wanted?: boolean | undefined;
}

const scanned = sql`(r.chosen and r.gone_at is null and not r.is_disabled and r.default_branch is not null)`;

/** Each default branch that is watched gets a row; rows that nobody asked for and that hold nothing any more go. */
export async function noteWatchedBranches(db: Db, organizationId: OrganizationId): Promise<void> {
  await sql`
    insert into gates (instance_id, repository_id, ref)
    select r.instance_id, r.id, r.default_branch from repositories r
    where r.organization_id = ${organizationId} and ${scanned}
    on conflict do nothing`.execute(db);
  await sql`
    delete from gates g using repositories r
    where r.id = g.repository_id and r.organization_id = ${organizationId} and not g.wanted and g.remote_id is null
      and not (${scanned} and g.ref = r.default_branch)`.execute(db);
}

/** What people asked for now; what was asked for before is done again. */
export async function wantGates(
  db: Db,
  branches: readonly GatedBranch[],
  asked: { readonly by: string; readonly at: Date },
): Promise<void> {
  await sql`
    insert into gates (instance_id, repository_id, ref, wanted, to_install, changed_by, changed_at)
    select r.instance_id, r.id, given.ref, true, true, ${asked.by}, ${asked.at}
    from unnest(${branches.map(({ repositoryId }) => repositoryId)}::uuid[], ${branches.map(({ ref }) => ref)}::text[])
      as given (id, ref) join repositories r on r.id = given.id
    on conflict (repository_id, ref) do update set wanted = true, to_install = true, state = 'waiting', flaws = '[]',
      changed_by = excluded.changed_by, changed_at = excluded.changed_at`.execute(db);
}

export async function unwantGates(
  db: Db,
  branches: readonly GatedBranch[],
  asked: { readonly by: string; readonly at: Date },
): Promise<void> {
  await sql`
    update gates g set wanted = false, to_install = false, changed_by = ${asked.by}, changed_at = ${asked.at}
    from unnest(${branches.map(({ repositoryId }) => repositoryId)}::uuid[], ${branches.map(({ ref }) => ref)}::text[])
      as given (id, ref)
    where g.repository_id = given.id and g.ref = given.ref and g.wanted`.execute(db);
}

export interface GateChange {
  readonly toInstall?: boolean;
  /** Null: it is gone. */
  readonly remoteId?: number | null;
  readonly authorId?: string;
  readonly state?: GateState;
  readonly flaws?: readonly GateFlaw[];
  readonly directPushes?: boolean;
  readonly bypassers?: readonly Bypasser[];
  readonly bypassersAt?: Date;
  /** Null: nothing is known any more. */
  readonly evaluation?: GateEvaluation | null;
  readonly checkedAt?: Date;
}

export async function saveGate(db: Db, { repositoryId, ref }: GatedBranch, change: GateChange): Promise<void> {
  const { flaws, bypassers, evaluation, ...plain } = change;
  await db
    .updateTable("gates")
    .set({
      ...plain,
      ...(flaws && { flaws: json(flaws) }),
      ...(bypassers && { bypassers: json(bypassers) }),
      ...(evaluation !== undefined && { evaluation: evaluation === null ? null : json(evaluation) }),
    })
    .where("repositoryId", "=", repositoryId)
    .where("ref", "=", ref)
    .execute();
}

/** Whether somebody has asked for it, or no more, since the row was read: then what was found is about something else. */
export async function isStillAsked(db: Db, gate: GateRow): Promise<boolean> {
  const row = await db
    .selectFrom("gates")
    .select(["wanted", "toInstall"])
    .where("repositoryId", "=", gate.repositoryId)
    .where("ref", "=", gate.ref)
    .executeTakeFirst();
  return row?.wanted === gate.wanted && row.toInstall === gate.toInstall;
}

export async function listGatesOfOrganization(db: Db, organizationId: OrganizationId): Promise<readonly GateRow[]> {
  return select(db, sql`r.organization_id = ${organizationId}`, sql`order by r.id, g.ref`);
}

/** The wanted ones that do not hold, for the instance's reasons. */
export async function listFailingGates(db: Db, instanceId: InstanceId): Promise<readonly GateRow[]> {
  const condition = sql`g.instance_id = ${instanceId} and g.wanted and g.state not in ('effective', 'waiting')`;
  return select(db, condition, sql`order by lower(p.name), lower(r.name), g.ref limit 1000`);
}

/** Wanted ones that do not hold first, then those that nobody wants and that lack. */
export async function listGates(db: Db, scope: Scope, filter: GateFilter): Promise<Rows<GateRow>> {
  const { search, instanceId, repositoryId, state, wanted, offset, limit } = filter;
  const like = search && containsText(search);
  const condition = sql`${withinScope(scope, "g.instance_id")}
    ${like ? sql`and (r.name ilike ${like} or p.name ilike ${like} or g.ref ilike ${like})` : sql``}
    ${instanceId ? sql`and g.instance_id = ${instanceId}` : sql``}
    ${repositoryId ? sql`and g.repository_id = ${repositoryId}` : sql``}
    ${state ? sql`and g.state = ${state}` : sql``}
    ${wanted === undefined ? sql`` : sql`and g.wanted = ${wanted}`}`;
  const order = sql`order by (g.state = 'effective'), not g.wanted, lower(p.name), lower(r.name), g.ref, g.repository_id
    offset ${offset} limit ${limit}`;
  const [rows, count] = await Promise.all([
    select(db, condition, order),
    sql<{ total: number }>`select count(*) as total from gates g join repositories r on r.id = g.repository_id
      join projects p on p.id = r.project_id where ${condition}`.execute(db),
  ]);
  return { rows, total: count.rows[0]?.total ?? 0 };
}

async function select(db: Db, condition: RawBuilder<unknown>, tail: RawBuilder<unknown>): Promise<readonly GateRow[]> {
  const { rows } = await sql<GateRow>`
    select g.*, r.name as repository_name, r.project_id, p.name as project_name, r.organization_id,
      o.name as organization_name, r.default_branch is not distinct from g.ref as is_default, ${scanned} as is_scanned
    from gates g join repositories r on r.id = g.repository_id join projects p on p.id = r.project_id
    join organizations o on o.id = r.organization_id
    where ${condition} ${tail}`.execute(db);
  return rows.map((row) => withoutNulls(row));
}

/** The newest pull request into the branch that is open. */
export async function openPullRequestInto(db: Db, { repositoryId, ref }: GatedBranch): Promise<number | undefined> {
  const row = await db
    .selectFrom("pullRequests")
    .select("number")
    .where("repositoryId", "=", repositoryId)
    .where("targetRef", "=", ref)
    .where("state", "=", "active")
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.number;
}

/** Statuses that another account posted count no more: those of open pull requests are owed again. */
export async function forgetPostedStatuses(db: Db, repositoryId: RepositoryId): Promise<readonly number[]> {
  const rows = await db
    .updateTable("pullRequests")
    .set({ postedIteration: null, postedState: null, postedRemoteId: null })
    .where("repositoryId", "=", repositoryId)
    .where("state", "=", "active")
    .where("postedIteration", "is not", null)
    .returning("number")
    .execute();
  return rows.map(({ number }) => number);
}
