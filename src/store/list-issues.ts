/**
 * Pages of issues out of millions. Few hits are read and sorted. Where there are more than anybody counts, the order's
 * index is read from the right place for each instance and state, and what these give is merged.
 */
import { sql } from "kysely";
import type { InstanceId, IssueId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Db, IssueStateName } from "./database.ts";
import {
  comesAfter,
  type Fragment,
  type IssueCriteria,
  type IssueSort,
  issueCondition,
  keyColumns,
  orderBy,
  orderKeys,
} from "./issue-filter.ts";
import { type IssueRow, issuesById } from "./issues.ts";
import type { Page, Rows } from "./page.ts";
import { inTransaction } from "./transaction.ts";
import { withinScope } from "./within-scope.ts";

export interface IssueFilter extends IssueCriteria, Page {
  /** Default: severity, worst first. */
  readonly sort?: IssueSort | undefined;
  /** Turns the order round. */
  readonly descending?: boolean | undefined;
  /** Begins after this issue, which costs the same on every page; `offset` counts from there. */
  readonly after?: IssueId | undefined;
}

export interface IssueRows extends Rows<IssueRow> {
  /** False: there are more than `total`, which nobody counted. */
  readonly isExact: boolean;
}

/** Beyond it a count is not worth its time. */
const mostCounted = 10_000;
const allStates: readonly IssueStateName[] = ["open", "fixed", "dismissed", "silenced"];

export async function listIssues(db: Db, scope: Scope, filter: IssueFilter, now = new Date()): Promise<IssueRows> {
  const { total, isExact } = await countMatches(db, scope, filter, now);
  const list = { ...filter, sort: filter.sort ?? "severity", descending: filter.descending ?? false };
  const ids = total === 0 ? [] : await (isExact ? fewIds : manyIds)(db, scope, list, now);
  return { rows: await issuesById(db, ids), total, isExact };
}

export async function countMatches(
  db: Db,
  scope: Scope,
  filter: IssueCriteria,
  now: Date,
): Promise<{ readonly total: number; readonly isExact: boolean }> {
  const condition = sql`${issueCondition(scope, filter, now)} and ${stateCondition(filter)}`;
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from (select 1 from issues i where ${condition} limit ${mostCounted + 1}) hits`.execute(
    db,
  );
  const total = rows[0]?.total ?? 0;
  return { total: Math.min(total, mostCounted), isExact: total <= mostCounted };
}

export function stateCondition({ state }: IssueCriteria): Fragment {
  return sql`i.state = any(${[...(state?.length ? state : allStates)]}::text[])`;
}

type Listed = IssueFilter & { readonly sort: IssueSort; readonly descending: boolean };

async function fewIds(db: Db, scope: Scope, list: Listed, now: Date): Promise<readonly IssueId[]> {
  const keys = orderKeys(list.sort, list.descending);
  const isByName = list.sort === "repository";
  const names = isByName ? sql`join repositories r on r.id = i.repository_id` : sql``;
  const after =
    list.after === undefined ? sql`true` : isByName ? afterByName(list, list.after) : comesAfter(keys, list.after);
  const byName = isByName ? sql`${nameOrder(list, "r")}, ` : sql``;
  const { rows } = await sql<{ id: IssueId }>`
    with hits as materialized (
      select ${keyColumns(keys)}, i.repository_id from issues i
      where ${issueCondition(scope, list, now)} and ${stateCondition(list)} ${dated(list)})
    select i.id from hits i ${names} where ${after}
    order by ${byName}${orderBy(keys, "i")} offset ${list.offset} limit ${list.limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Among so many the index of the order always leads to a page sooner than to read all and sort, which the planner may not believe. */
async function manyIds(db: Db, scope: Scope, list: Listed, now: Date): Promise<readonly IssueId[]> {
  return inTransaction(db, async (tx) => {
    await sql`set local enable_sort = off`.execute(tx);
    await sql`set local enable_bitmapscan = off`.execute(tx);
    return idsInOrder(tx, scope, list, now);
  });
}

async function idsInOrder(db: Db, scope: Scope, list: Listed, now: Date): Promise<readonly IssueId[]> {
  const keys = orderKeys(list.sort, list.descending);
  const condition = issueCondition(scope, list, now);
  const states = [...(list.state?.length ? list.state : allStates)];
  const most = list.offset + list.limit;
  const isByName = list.sort === "repository";
  const after = list.after === undefined || isByName ? sql`true` : comesAfter(keys, list.after);
  const pageOf = (place: Fragment, more: Fragment) => sql`
    unnest(${states}::text[]) as s (name) cross join lateral (
      select ${keyColumns(keys)} from issues i
      where ${place} and i.state = s.name and ${condition} ${dated(list)} and ${more}
      order by ${orderBy(keys, "i")} limit ${most}) x`;
  if (isByName) return idsByName(db, scope, list, pageOf);
  // Only these orders have an index that begins with a repository.
  const isOfOne = list.repositoryId !== undefined && (list.sort === "urgency" || list.sort === "severity");
  const places = isOfOne ? [list.repositoryId] : await instancesOf(db, scope, list);
  const place = isOfOne ? sql`i.repository_id = p.id` : sql`i.instance_id = p.id`;
  const { rows } = await sql<{ id: IssueId }>`
    select x.id from unnest(${places}::uuid[]) as p (id) cross join ${pageOf(place, after)}
    order by ${orderBy(keys, "x")} offset ${list.offset} limit ${list.limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** One repository after the other, until there are enough. */
async function idsByName(
  db: Db,
  scope: Scope,
  list: Listed,
  pageOf: (place: Fragment, more: Fragment) => Fragment,
): Promise<readonly IssueId[]> {
  const keys = orderKeys(list.sort, list.descending);
  const { after } = list;
  const here = sql`(select repository_id from issues where id = ${after})`;
  const from =
    after === undefined
      ? sql`true`
      : sql`(lower(r.name), r.id) ${list.descending ? sql`<=` : sql`>=`}
    (select lower(name), id from repositories where id = ${here})`;
  const more = after === undefined ? sql`true` : sql`(p.id <> ${here} or ${comesAfter(keys, after)})`;
  const { rows } = await sql<{ id: IssueId }>`
    select x.id from (
      select r.id, lower(r.name) as name from repositories r where ${withinScope(scope, "r.instance_id")} and ${from}
      order by ${nameOrder(list, "r")}) p
    cross join lateral (
      select x.* from ${pageOf(sql`i.repository_id = p.id`, more)}
      order by ${orderBy(keys, "x")} limit ${list.offset + list.limit}) x
    order by p.name ${wayOf(list)}, p.id ${wayOf(list)}, ${orderBy(keys, "x")}
    offset ${list.offset} limit ${list.limit}`.execute(db);
  return rows.map(({ id }) => id);
}

function afterByName(list: Listed, after: IssueId): Fragment {
  const here = sql`(select repository_id from issues where id = ${after})`;
  const name = sql`(select lower(name) from repositories where id = ${here})`;
  const [way, keys] = [list.descending ? sql`<` : sql`>`, orderKeys(list.sort, list.descending)];
  return sql`((lower(r.name), r.id) ${way} (${name}, ${here}) or r.id = ${here} and ${comesAfter(keys, after)})`;
}

function nameOrder(list: Listed, table: string): Fragment {
  return sql`lower(${sql.ref(`${table}.name`)}) ${wayOf(list)}, ${sql.ref(`${table}.id`)} ${wayOf(list)}`;
}

function wayOf({ descending }: Listed): Fragment {
  return descending ? sql`desc` : sql`asc`;
}

/** What has no due date has no place in their order. */
function dated({ sort }: Listed): Fragment {
  return sort === "due" ? sql`and i.due_at is not null` : sql``;
}

async function instancesOf(db: Db, scope: Scope, { instanceId }: IssueCriteria): Promise<readonly InstanceId[]> {
  if (instanceId !== undefined) return [instanceId];
  if (scope.is !== "everything") return [...scope.ids];
  return (await db.selectFrom("instances").select("id").execute()).map(({ id }) => id);
}
