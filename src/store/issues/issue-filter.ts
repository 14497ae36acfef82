/** Which issues a list is about, as SQL. */
import { sql } from "kysely";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { LiveVerdict } from "#model/finding.ts";
import type { InstanceId, ProjectId, RepositoryId } from "#model/ids.ts";
import type { Novelty } from "#model/policy.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { Scope } from "#model/scope.ts";
import { type Severity, severities } from "#model/severity.ts";
import type { DueState } from "#model/urgency.ts";
import { containsText } from "../contains-text.ts";
import type { Db, IssueStateName } from "../database.ts";
import { withinScope } from "../within-scope.ts";

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

/** Where to look: in instances, or in one repository. Empty if that is nowhere, or nothing that the person may see. */
export interface IssuePlaces {
  readonly column: "instance_id" | "repository_id";
  readonly ids: readonly (InstanceId | RepositoryId)[];
}

/** Indexes begin with an instance or a repository, so that these are always named. */
export async function placesOf(db: Db, scope: Scope, filter: IssueCriteria): Promise<IssuePlaces> {
  const { instanceId, repositoryId } = filter;
  if (repositoryId === undefined) {
    let query = db.selectFrom("instances").select("id").where(withinScope(scope, "id"));
    if (instanceId) query = query.where("id", "=", instanceId);
    return { column: "instance_id", ids: (await query.execute()).map(({ id }) => id) };
  }
  let query = db
    .selectFrom("repositories")
    .select("id")
    .where("id", "=", repositoryId)
    .where(withinScope(scope, "instanceId"));
  if (instanceId) query = query.where("instanceId", "=", instanceId);
  return { column: "repository_id", ids: (await query.execute()).map(({ id }) => id) };
}

const allStates: readonly IssueStateName[] = ["open", "fixed", "dismissed", "silenced"];

export function statesOf({ state }: IssueCriteria): readonly IssueStateName[] {
  return state?.length ? state : allStates;
}

/** On `issues i`, with its place and its state. */
export function issueCondition(places: IssuePlaces, filter: IssueCriteria, now: Date): Fragment {
  return sql`${oneOf(places.column, places.ids, "uuid")} and ${oneOf("state", statesOf(filter), "text")}
    and ${filterCondition(filter, now)}`;
}

/** The rest of it. */
export function filterCondition(filter: IssueCriteria, now: Date): Fragment {
  const parts: Fragment[] = [
    filter.archived ? sql`i.archived` : sql`not i.archived`,
    ...columnParts(filter),
    ...packageParts(filter),
  ];
  if (filter.search) parts.push(searchCondition(filter.search));
  if (filter.projectId)
    parts.push(sql`i.repository_id in (select id from repositories where project_id = ${filter.projectId})`);
  if (filter.tag?.length)
    parts.push(sql`i.repository_id in (select id from repositories where tags && ${[...filter.tag]}::text[])`);
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

export function searchCondition(search: string): Fragment {
  return sql`i.search_text like ${containsText(search.toLowerCase())}`;
}

/** The same, found by pieces of it that the index of words is asked for instead of the whole. */
export function searchByPieces(search: string, pieces: readonly string[]): Fragment {
  if (pieces.length === 0) return searchCondition(search);
  const found = pieces.map((piece) => sql`i.search_text like ${containsText(piece)}`);
  return sql`${sql.join(found, sql` and `)} and strpos(i.search_text, ${search.toLowerCase()}) > 0`;
}

function columnParts(filter: IssueCriteria): readonly Fragment[] {
  const parts: Fragment[] = [];
  if (filter.severity?.length) {
    const ranks = filter.severity.map((one) => severities.indexOf(one));
    parts.push(oneOf("severity_rank", ranks, "smallint"));
  }
  if (filter.scanner?.length) parts.push(oneOf("scanner", filter.scanner, "text"));
  if (filter.framework?.length) parts.push(oneOf("framework", filter.framework, "text"));
  if (filter.rule) parts.push(sql`i.rule = ${filter.rule}`);
  if (filter.fingerprint) parts.push(sql`i.fingerprint = ${filter.fingerprint} and i.scanner = 'secrets'`);
  if (filter.owner?.length) parts.push(oneOf("owner", filter.owner, "text"));
  if (filter.novelty) parts.push(sql`i.novelty = ${filter.novelty}`);
  if (filter.urgency !== undefined) parts.push(sql`i.urgency >= ${filter.urgency}`);
  if (filter.fixAvailable !== undefined) parts.push(sql`i.fix_available = ${filter.fixAvailable}`);
  return parts;
}

function packageParts({ ecosystem, package: name }: IssueCriteria): readonly Fragment[] {
  if (ecosystem && name) return [sql`i.package = ${`${ecosystem}/${name.toLowerCase()}`}`];
  if (ecosystem) return [sql`starts_with(i.package, ${`${ecosystem}/`})`];
  if (name) return [sql`substr(i.package, strpos(i.package, '/') + 1) = ${name.toLowerCase()}`];
  return [];
}

/** Of one value said as equal to it: then an index that goes on with an order gives its rows in that order. */
function oneOf(column: string, values: readonly (string | number)[], type: "uuid" | "text" | "smallint"): Fragment {
  const name = sql.ref(`i.${column}`);
  return values.length === 1
    ? sql`${name} = ${values[0]}::${sql.raw(type)}`
    : sql`${name} = any(${[...values]}::${sql.raw(type)}[])`;
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
