/** Issues by what they have in common: how many, how urgent, and the most urgent of each group. */
import { sql } from "kysely";
import type { IssueId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Db } from "../database.ts";
import type { Page, Rows } from "../page.ts";
import {
  type Fragment,
  filterCondition,
  type IssueCriteria,
  type IssuePlaces,
  issueCondition,
  placesOf,
  statesOf,
} from "./issue-filter.ts";
import { type IssueRow, issuesById } from "./issues.ts";

export const issueGroupings = ["repository", "rule", "package", "secret", "owner"] as const;

export type IssueGrouping = (typeof issueGroupings)[number];

export interface IssueGroup {
  /** What filters the list to this group: an id, a rule, `ecosystem/name`, a fingerprint, an owner. */
  readonly key: string;
  readonly count: number;
  readonly urgency: number;
  /** The most urgent ones. */
  readonly first: readonly IssueRow[];
}

const shownOfEach = 3;
/** For each group that is wanted, so many of the most urgent issues: most name a group that another one named. */
const lookedAt = 8;

type Asked = IssueCriteria & Page & { readonly by: IssueGrouping };

interface Counted extends Pick<IssueGroup, "key" | "count" | "urgency"> {
  readonly total: number;
}

/** `filter` narrows what is grouped; groups with the most urgent issue first, then the larger ones. */
export async function groupIssues(db: Db, scope: Scope, asked: Asked, now: Date): Promise<Rows<IssueGroup>> {
  const places = await placesOf(db, scope, asked);
  const groups = await (isCounted(asked) ? keptGroups : countedGroups)(db, places, asked, now);
  const first = await firstOfEach(db, places, asked, { now, keys: groups.map(({ key }) => key) });
  const issues = await issuesById(
    db,
    first.map(({ id }) => id),
  );
  const byId = new Map(issues.map((issue) => [issue.id, issue]));
  const ofKey = Map.groupBy(first, ({ key }) => key);
  return {
    rows: groups.map(({ key, count, urgency }) => ({
      ...{ key, count, urgency },
      first: (ofKey.get(key) ?? []).flatMap(({ id }) => byId.get(id) ?? []),
    })),
    total: groups[0]?.total ?? 0,
  };
}

/** Whether nothing but states and instances are asked for: of those the database keeps the counts. */
function isCounted({ by, state: _state, instanceId: _instance, offset: _offset, limit: _limit, ...others }: Asked) {
  return by !== "secret" && Object.values(others).every((one) => one === undefined || one === false || isEmpty(one));
}

function isEmpty(given: unknown): boolean {
  return given === "" || (Array.isArray(given) && given.length === 0);
}

async function countedGroups(db: Db, places: IssuePlaces, asked: Asked, now: Date): Promise<readonly Counted[]> {
  const { by, offset, limit } = asked;
  const { rows } = await sql<Counted>`
    select key, count, urgency, count(*) over ()::int as total from (
      select ${keyOf[by]} as key, count(*)::int as count, max(i.urgency) as urgency from issues i
      where ${issueCondition(places, asked, now)} and ${hasKey[by]} group by 1) g
    order by urgency desc, count desc, key offset ${offset} limit ${limit}`.execute(db);
  return rows;
}

/** The counts are kept; how urgent the most urgent is, the most urgent issues of all tell, or else an index for each group. */
async function keptGroups(db: Db, places: IssuePlaces, asked: Asked): Promise<readonly Counted[]> {
  const instances = sql`${[...places.ids]}::uuid[]`;
  const states = sql`${[...statesOf(asked)]}::text[]`;
  const kept = sql`kind = ${asked.by} and instance_id = any(${instances}) and state = any(${states})`;
  const first = await mostUrgentGroups(db, asked, { instances, states, kept });
  return first.length === asked.limit ? first : allGroups(db, asked, kept);
}

/** Those that the first issues are of. Where looking ended at some urgency, groups of it may be missing, and are left out. */
async function mostUrgentGroups(
  db: Db,
  { by, offset, limit }: Asked,
  { instances, states, kept }: Readonly<Record<"instances" | "states" | "kept", Fragment>>,
): Promise<readonly Counted[]> {
  const looked = lookedAt * (offset + limit);
  const { rows } = await sql<Counted>`
    with top as materialized (
      select x.key, x.urgency, x.row from unnest(${instances}) as p (id) cross join unnest(${states}) as s (name)
      cross join lateral (
        select ${keyOf[by]} as key, i.urgency, row_number() over (order by i.urgency desc, i.id) as row from issues i
        where i.instance_id = p.id and i.state = s.name and not i.archived and ${hasKey[by]}
        order by i.urgency desc, i.id limit ${looked}) x),
    g as (
      select key, max(urgency) as urgency from top group by key
      having max(urgency) > coalesce((select max(urgency) from top where row = ${looked}), -1))
    select key, c.count, urgency, (
      select count(*)::int from (select from issue_counts where ${kept} group by key having sum(count) > 0) x) as total
    from g cross join lateral (select sum(count)::int as count from issue_counts where ${kept} and key = g.key) c
    order by urgency desc, count desc, key offset ${offset} limit ${limit}`.execute(db);
  return rows;
}

async function allGroups(db: Db, { by, offset, limit }: Asked, kept: Fragment): Promise<readonly Counted[]> {
  const place = by === "repository" ? sql`true` : sql`i.instance_id = g.instance_id`;
  const { rows } = await sql<Counted>`
    with g as materialized (
      select instance_id, state, key, sum(count) as count from issue_counts
      where ${kept} group by instance_id, state, key having sum(count) > 0)
    select key, sum(count)::int as count, max(urgency) as urgency, count(*) over ()::int as total
    from g cross join lateral (
      select i.urgency from issues i where ${place} and i.state = g.state and ${isOf[by]} and not i.archived
      order by i.urgency desc limit 1) most
    group by key order by urgency desc, count desc, key offset ${offset} limit ${limit}`.execute(db);
  return rows;
}

async function firstOfEach(
  db: Db,
  places: IssuePlaces,
  asked: Asked,
  { now, keys }: { readonly now: Date; readonly keys: readonly string[] },
): Promise<readonly { readonly key: string; readonly id: IssueId }[]> {
  const { by } = asked;
  const isPlace = by === "repository";
  const ids = isPlace ? places.ids.slice(0, 1) : places.ids;
  // From each place and state in the order of an index, then the first of these.
  const { rows } = await sql<{ key: string; id: IssueId }>`
    select g.key, y.id from unnest(${[...keys]}::text[]) as g (key) cross join lateral (
      select x.id from unnest(${[...ids]}::uuid[]) as p (id) cross join unnest(${[...statesOf(asked)]}::text[]) as s (name)
      cross join lateral (
        select i.id, i.urgency from issues i
        where ${isPlace ? sql`true` : sql`${sql.ref(`i.${places.column}`)} = p.id`} and i.state = s.name
          and ${isOf[by]} and ${hasKey[by]} and ${filterCondition(asked, now)}
        order by i.urgency desc, i.id limit ${shownOfEach}) x
      order by x.urgency desc, x.id limit ${shownOfEach}) y`.execute(db);
  return rows;
}

const keyOf: Readonly<Record<IssueGrouping, Fragment>> = {
  repository: sql`i.repository_id::text`,
  rule: sql`i.rule`,
  package: sql`i.package`,
  secret: sql`i.fingerprint`,
  owner: sql`i.owner`,
};

/** Written so that an index finds it. */
const isOf: Readonly<Record<IssueGrouping, Fragment>> = {
  repository: sql`i.repository_id = g.key::uuid`,
  rule: sql`i.rule = g.key`,
  package: sql`i.package = g.key`,
  secret: sql`i.fingerprint = g.key`,
  owner: sql`i.owner = g.key`,
};

const hasKey: Readonly<Record<IssueGrouping, Fragment>> = {
  repository: sql`true`,
  rule: sql`true`,
  package: sql`i.package is not null`,
  secret: sql`i.scanner = 'secrets'`,
  owner: sql`i.owner is not null`,
};
