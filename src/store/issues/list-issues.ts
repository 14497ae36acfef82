/**
 * Pages of issues out of millions. Few hits are read and sorted. Where there are more, the order's index is read from the
 * right place for each instance and state, and what these give is merged. Nothing is counted further than it is worth.
 */
import { sql } from "kysely";
import type { IssueId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Db } from "../database.ts";
import type { Page, Rows } from "../page.ts";
import { inTransaction } from "../transaction.ts";
import {
  type Fragment,
  filterCondition,
  type IssueCriteria,
  type IssuePlaces,
  issueCondition,
  placesOf,
  searchByPieces,
  statesOf,
} from "./issue-filter.ts";
import { comesAfter, type IssueSort, keyColumns, orderBy, orderKeys } from "./issue-order.ts";
import { type IssueRow, issuesById } from "./issues.ts";
import { sampleSearch } from "./sample-search.ts";

export interface IssueFilter extends IssueCriteria, Page {
  /** Default: severity, worst first. */
  readonly sort?: IssueSort | undefined;
  /** Turns the order round. */
  readonly descending?: boolean | undefined;
  /** Begins after this issue, which costs the same on every page; `offset` counts from there. */
  readonly after?: IssueId | undefined;
}

export interface IssueRows extends Rows<IssueRow> {
  /** False: there are `total` or more, which nobody counted. */
  readonly isExact: boolean;
}

interface Hits {
  readonly ids: readonly IssueId[];
  readonly total: number;
  readonly isExact: boolean;
}

/** Beyond it a count is not worth its time. */
const mostCounted = 10_000;
/** Beyond it the order's index leads to a page sooner than to read and sort all. */
const mostSorted = 2_000;
/** Of a search: where so many of all rows are hits, a page is found by looking at rows in the order. */
const common = 0.004;

export async function listIssues(db: Db, scope: Scope, filter: IssueFilter, now = new Date()): Promise<IssueRows> {
  const places = await placesOf(db, scope, filter);
  const sort = filter.sort ?? "severity";
  const list = { ...filter, sort, descending: filter.descending ?? false, places, now };
  const { ids, ...count } = await byIndexes(db, (tx) => (filter.search ? searchHits(tx, list) : filterHits(tx, list)));
  return { rows: await issuesById(db, ids), ...count };
}

export async function countMatches(
  db: Db,
  scope: Scope,
  filter: IssueCriteria,
  now: Date,
): Promise<{ readonly total: number; readonly isExact: boolean }> {
  const places = await placesOf(db, scope, filter);
  const { rows } = await sql<{ total: number }>`
    select count(*)::int as total from (
      select 1 from issues i where ${issueCondition(places, filter, now)} limit ${mostCounted + 1}) hits`.execute(db);
  return countOf(rows[0]?.total ?? 0);
}

interface Listed extends IssueFilter {
  readonly sort: IssueSort;
  readonly descending: boolean;
  readonly places: IssuePlaces;
  readonly now: Date;
}

/** The planner does not know what is common among what; here to read an index is always right. */
async function byIndexes<T>(db: Db, run: (tx: Db) => Promise<T>): Promise<T> {
  const set = (to: "on" | "off", tx: Db) =>
    sql`select set_config('enable_sort', ${to}, true), set_config('enable_seqscan', ${to}, true),
      set_config('enable_bitmapscan', ${to}, true)`.execute(tx);
  return inTransaction(db, async (tx) => {
    await set("off", tx);
    const result = await run(tx);
    if (db.isTransaction) await set("on", tx);
    return result;
  });
}

async function filterHits(tx: Db, list: Listed): Promise<Hits> {
  const hits = await collect(tx, list, { condition: issueCondition(list.places, list, list.now), most: mostSorted });
  return hits.total <= mostSorted ? hits : { ...hits, ids: await walk(tx, list) };
}

async function searchHits(tx: Db, list: Listed): Promise<Hits> {
  const { search = "" } = list;
  const others = issueCondition(list.places, { ...list, search: undefined }, list.now);
  const sample = await sampleSearch(tx, search, others);
  if (sample && sample.both >= common) {
    const ids = await walk(tx, list);
    const isExact = ids.length > 0 && ids.length < list.limit && list.after === undefined;
    return { ids, total: list.offset + ids.length, isExact };
  }
  // The index of words is worth its start only where words narrow more than all else does.
  if (!sample || sample.words <= sample.others) await sql`set local enable_bitmapscan = on`.execute(tx);
  const condition = sql`${others} and ${searchByPieces(search, sample?.rare ?? [])}`;
  const hits = await collect(tx, list, { condition, most: mostCounted });
  return hits.isExact ? hits : { ...hits, ids: await walk(tx, list) };
}

function countOf(total: number): Omit<Hits, "ids"> {
  return { total: Math.min(total, mostCounted), isExact: total <= mostCounted };
}

/** How many there are, and the page if they are few enough to be sorted. Only ids first: those an index knows. */
async function collect(
  tx: Db,
  list: Listed,
  { condition, most }: { readonly condition: Fragment; readonly most: number },
): Promise<Hits> {
  const keys = orderKeys(list.sort, list.descending);
  const isByName = list.sort === "repository";
  const names = isByName ? sql`join repositories r on r.id = i.repository_id` : sql``;
  const { after } = list;
  const more = after === undefined ? sql`true` : isByName ? afterByName(list, after) : comesAfter(keys, after);
  const byName = isByName ? sql`${nameOrder(list, "r")}, ` : sql``;
  const { rows } = await sql<{ total: number; ids: readonly IssueId[] }>`
    with hits as materialized (
      select i.id from issues i where ${condition} limit ${mostCounted + 1}),
    counted as materialized (select count(*)::int as total from hits)
    select total, array(
      select i.id from issues i ${names}
      where total <= ${most} and i.id = any(array(select id from hits)) ${dated(list)} and ${more}
      order by ${byName}${orderBy(keys, "i")} offset ${list.offset} limit ${list.limit})::text[] as ids
    from counted`.execute(tx);
  return { ids: rows[0]?.ids ?? [], ...countOf(rows[0]?.total ?? 0) };
}

async function walk(tx: Db, list: Listed): Promise<readonly IssueId[]> {
  if (list.sort === "repository") return walkByName(tx, list);
  const { places, after } = list;
  const keys = orderKeys(list.sort, list.descending);
  // Only these orders have an index that begins with a repository.
  const isDirect = places.column === "instance_id" || list.sort === "urgency" || list.sort === "severity";
  const place = isDirect
    ? sql`${sql.ref(`i.${places.column}`)} = p.id`
    : sql`i.repository_id = p.id and i.instance_id = (select r.instance_id from repositories r where r.id = p.id)`;
  const more = after === undefined ? sql`true` : comesAfter(keys, after);
  const { rows } = await sql<{ id: IssueId }>`
    select x.id from unnest(${[...places.ids]}::uuid[]) as p (id) cross join ${pagesOf(list, place, more)}
    order by ${orderBy(keys, "x")} offset ${list.offset} limit ${list.limit}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** In each state of each place `p`, as many as could be asked for. */
function pagesOf(list: Listed, place: Fragment, more: Fragment): Fragment {
  const keys = orderKeys(list.sort, list.descending);
  return sql`
    unnest(${[...statesOf(list)]}::text[]) as s (name) cross join lateral (
      select ${keyColumns(keys)} from issues i
      where ${place} and i.state = s.name and ${filterCondition(list, list.now)} ${dated(list)} and ${more}
      order by ${orderBy(keys, "i")} limit ${list.offset + list.limit}) x`;
}

/** One repository after the other, until there are enough. */
async function walkByName(tx: Db, list: Listed): Promise<readonly IssueId[]> {
  const keys = orderKeys(list.sort, list.descending);
  const { after, places } = list;
  const here = sql`(select repository_id from issues where id = ${after})`;
  const from =
    after === undefined
      ? sql`true`
      : sql`(lower(r.name), r.id) ${list.descending ? sql`<=` : sql`>=`}
    (select lower(name), id from repositories where id = ${here})`;
  const column = places.column === "instance_id" ? "r.instance_id" : "r.id";
  const more = after === undefined ? sql`true` : sql`(p.id <> ${here} or ${comesAfter(keys, after)})`;
  const { rows } = await sql<{ id: IssueId }>`
    select x.id from (
      select r.id, lower(r.name) as name from repositories r
      where ${sql.ref(column)} = any(${[...places.ids]}::uuid[]) and ${from}
      order by ${nameOrder(list, "r")}) p
    cross join lateral (
      select x.* from ${pagesOf(list, sql`i.repository_id = p.id`, more)}
      order by ${orderBy(keys, "x")} limit ${list.offset + list.limit}) x
    order by p.name ${wayOf(list)}, p.id ${wayOf(list)}, ${orderBy(keys, "x")}
    offset ${list.offset} limit ${list.limit}`.execute(tx);
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
