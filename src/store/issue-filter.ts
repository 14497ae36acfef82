/** Which issues a list is about, and in which order, as SQL. */
import { sql } from "kysely";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { LiveVerdict } from "#model/finding.ts";
import type { InstanceId, IssueId, ProjectId, RepositoryId } from "#model/ids.ts";
import type { Novelty } from "#model/policy.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { Scope } from "#model/scope.ts";
import { type Severity, severities } from "#model/severity.ts";
import type { DueState } from "#model/urgency.ts";
import { containsText } from "./contains-text.ts";
import type { IssueStateName } from "./database.ts";
import { withinScope } from "./within-scope.ts";

export type IssueSort = "urgency" | "severity" | "due" | "first-seen" | "last-seen" | "repository" | "rule" | "path";

/** All that are given must hold; a list holds if one of it does. */
export interface IssueCriteria {
  /** In path, message, rule and package. */
  readonly search?: string | undefined;
  readonly severity?: readonly Severity[] | undefined;
  readonly scanner?: readonly ScannerName[] | undefined;
  readonly state?: readonly IssueStateName[] | undefined;
  /** What the resource is written in; a plan of Terraform counts as Terraform. */
  readonly framework?: readonly string[] | undefined;
  readonly repositoryId?: RepositoryId | undefined;
  readonly instanceId?: InstanceId | undefined;
  readonly projectId?: ProjectId | undefined;
  /** Of repositories, as people tag them. */
  readonly tag?: readonly string[] | undefined;
  readonly rule?: string | undefined;
  /** About a package, by its name as the ecosystem writes it. */
  readonly ecosystem?: Ecosystem | undefined;
  readonly package?: string | undefined;
  /** Of a secret: all places where it is an issue. */
  readonly fingerprint?: string | undefined;
  readonly owner?: readonly string[] | undefined;
  readonly novelty?: Novelty | undefined;
  readonly due?: readonly DueState[] | undefined;
  /** At least. */
  readonly urgency?: number | undefined;
  /** What its provider said of a secret; `not-asked`: nothing yet. */
  readonly live?: readonly (LiveVerdict | "not-asked")[] | undefined;
  readonly fixAvailable?: boolean | undefined;
  /** Those of repositories that are no longer watched, instead of the others. */
  readonly archived?: boolean | undefined;
}

export type Fragment = ReturnType<typeof sql>;

/** On `issues i`, without its state. */
export function issueCondition(scope: Scope, filter: IssueCriteria, now: Date): Fragment {
  const parts: Fragment[] = [
    withinScope(scope, "i.instance_id"),
    filter.archived ? sql`i.archived` : sql`not i.archived`,
    ...columnParts(filter),
  ];
  if (filter.search) parts.push(sql`i.search_text like ${containsText(filter.search.toLowerCase())}`);
  if (filter.framework?.length) parts.push(sql`i.framework = any(${[...filter.framework]}::text[])`);
  if (filter.projectId)
    parts.push(sql`i.repository_id in (select id from repositories where project_id = ${filter.projectId})`);
  if (filter.tag?.length)
    parts.push(sql`i.repository_id in (select id from repositories where tags && ${[...filter.tag]}::text[])`);
  if (filter.ecosystem && filter.package) {
    parts.push(sql`i.package = ${`${filter.ecosystem}/${filter.package.toLowerCase()}`}`);
  } else if (filter.ecosystem) parts.push(sql`starts_with(i.package, ${`${filter.ecosystem}/`})`);
  else if (filter.package)
    parts.push(sql`substr(i.package, strpos(i.package, '/') + 1) = ${filter.package.toLowerCase()}`);
  if (filter.due?.length)
    parts.push(
      sql`(${sql.join(
        filter.due.map((one) => dueCondition(one, now)),
        sql` or `,
      )})`,
    );
  if (filter.live?.length) parts.push(liveCondition(filter.live));
  return sql.join(parts, sql` and `);
}

function columnParts(filter: IssueCriteria): readonly Fragment[] {
  const parts: Fragment[] = [];
  if (filter.severity?.length)
    parts.push(sql`i.severity_rank = any(${filter.severity.map((one) => severities.indexOf(one))}::smallint[])`);
  if (filter.scanner?.length) parts.push(sql`i.scanner = any(${[...filter.scanner]}::text[])`);
  if (filter.repositoryId) parts.push(sql`i.repository_id = ${filter.repositoryId}`);
  if (filter.instanceId) parts.push(sql`i.instance_id = ${filter.instanceId}`);
  if (filter.rule) parts.push(sql`i.rule = ${filter.rule}`);
  if (filter.fingerprint) parts.push(sql`i.fingerprint = ${filter.fingerprint} and i.scanner = 'secrets'`);
  if (filter.owner?.length) parts.push(sql`i.owner = any(${[...filter.owner]}::text[])`);
  if (filter.novelty) parts.push(sql`i.novelty = ${filter.novelty}`);
  if (filter.urgency !== undefined) parts.push(sql`i.urgency >= ${filter.urgency}`);
  if (filter.fixAvailable !== undefined) parts.push(sql`i.fix_available = ${filter.fixAvailable}`);
  return parts;
}

function dueCondition(due: DueState, now: Date): Fragment {
  switch (due) {
    case "overdue":
      return sql`i.state = 'open' and i.due_at <= ${now}`;
    case "approaching":
      return sql`i.state = 'open' and i.due_soon_at <= ${now} and i.due_at > ${now}`;
    case "on-track":
      // Said of the due date as well, which has an index.
      return sql`i.state = 'open' and i.due_soon_at > ${now} and i.due_at > ${now}`;
    case "none":
      return sql`(i.state <> 'open' or i.due_at is null)`;
  }
}

function liveCondition(live: NonNullable<IssueCriteria["live"]>): Fragment {
  const said = sql`i.live = any(${live.filter((one) => one !== "not-asked")}::text[])`;
  return live.includes("not-asked") ? sql`(${said} or i.live is null and i.scanner = 'secrets')` : said;
}

interface OrderKey {
  readonly column: string;
  readonly descending: boolean;
}

const orders: Readonly<Record<IssueSort, readonly OrderKey[]>> = {
  urgency: [{ column: "urgency", descending: true }],
  // Newest first within a severity.
  severity: [
    { column: "severity_rank", descending: false },
    { column: "last_seen", descending: true },
  ],
  due: [{ column: "due_at", descending: false }],
  "first-seen": [{ column: "first_seen", descending: false }],
  "last-seen": [{ column: "last_seen", descending: false }],
  // Within one repository, or rule, the most urgent first.
  repository: [
    { column: "urgency", descending: true },
    { column: "severity_rank", descending: false },
  ],
  rule: [
    { column: "rule", descending: false },
    { column: "urgency", descending: true },
  ],
  path: [
    { column: "path", descending: false },
    { column: "line", descending: false },
  ],
};

/** The id goes last, so that every order is the same each time. */
export function orderKeys(sort: IssueSort, turned: boolean): readonly OrderKey[] {
  const keys = [...orders[sort], { column: "id", descending: false }];
  return keys.map(({ column, descending }) => ({ column, descending: descending !== turned }));
}

export function orderBy(keys: readonly OrderKey[], table: string): Fragment {
  return sql.join(
    keys.map(({ column, descending }) => sql`${sql.ref(`${table}.${column}`)} ${descending ? sql`desc` : sql`asc`}`),
  );
}

export function keyColumns(keys: readonly OrderKey[]): Fragment {
  return sql.join(keys.map(({ column }) => sql`i.${sql.ref(column)}`));
}

/** Those that come after an issue in this order. Its place is what it is now. */
export function comesAfter(keys: readonly OrderKey[], after: IssueId): Fragment {
  const ofAfter = (column: string) => sql`(select ${sql.ref(column)} from issues where id = ${after})`;
  const [first] = keys;
  const options = keys.map(({ column, descending }, index) => {
    const same = keys.slice(0, index).map((key) => sql`i.${sql.ref(key.column)} = ${ofAfter(key.column)}`);
    return sql`(${sql.join([...same, sql`i.${sql.ref(column)} ${descending ? sql`<` : sql`>`} ${ofAfter(column)}`], sql` and `)})`;
  });
  // Said once more of the first key alone: with it an index begins at the right place.
  const from =
    first && sql`i.${sql.ref(first.column)} ${first.descending ? sql`<=` : sql`>=`} ${ofAfter(first.column)}`;
  return sql`${from} and (${sql.join(options, sql` or `)})`;
}
