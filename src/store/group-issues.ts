/** Issues by what they have in common: how many, how urgent, and the most urgent of each group. */
import { sql } from "kysely";
import type { IssueId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Db } from "./database.ts";
import { type Fragment, type IssueCriteria, issueCondition, placesOf } from "./issue-filter.ts";
import { type IssueRow, issuesById } from "./issues.ts";
import type { Page, Rows } from "./page.ts";

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

/** `filter` narrows what is grouped; groups with the most urgent issue first, then the larger ones. */
export async function groupIssues(
  db: Db,
  scope: Scope,
  given: IssueCriteria & Page & { readonly by: IssueGrouping },
  now: Date,
): Promise<Rows<IssueGroup>> {
  const { by, offset, limit } = given;
  const condition = sql`${issueCondition(await placesOf(db, scope, given), given, now)} and ${hasKey[by]}`;
  const { rows } = await sql<{ key: string; count: number; urgency: number; total: number }>`
    select key, count, urgency, count(*) over ()::int as total from (
      select ${keyOf[by]} as key, count(*)::int as count, max(i.urgency) as urgency from issues i
      where ${condition} group by 1) g
    order by urgency desc, count desc, key offset ${offset} limit ${limit}`.execute(db);
  const { rows: first } = await sql<{ key: string; id: IssueId }>`
    select g.key, x.id from unnest(${rows.map(({ key }) => key)}::text[]) as g (key) cross join lateral (
      select i.id from issues i where ${isOf[by]} and ${condition} order by i.urgency desc, i.id limit ${shownOfEach}) x`.execute(
    db,
  );
  const issues = await issuesById(
    db,
    first.map(({ id }) => id),
  );
  const byId = new Map(issues.map((issue) => [issue.id, issue]));
  const ofKey = Map.groupBy(first, ({ key }) => key);
  return {
    rows: rows.map(({ key, count, urgency }) => ({
      ...{ key, count, urgency },
      first: (ofKey.get(key) ?? []).flatMap(({ id }) => byId.get(id) ?? []),
    })),
    total: rows[0]?.total ?? 0,
  };
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
