/** Every place of a secret: where default branches hold it now, and where repositories held it once. */
import { sql } from "kysely";
import type { Finding } from "#model/finding.ts";
import type { InstanceId, IssueId, RepositoryId } from "#model/ids.ts";
import type { Db, IssueStateName } from "../database.ts";

interface OfRepository {
  readonly repositoryId: RepositoryId;
  readonly repositoryName: string;
  readonly repositoryWebUrl: string;
  readonly projectName: string;
  readonly organizationName: string;
}

export interface SecretIssue extends OfRepository {
  readonly id: IssueId;
  readonly branch: string;
  readonly state: IssueStateName;
  readonly onlyInHistory: boolean;
}

export interface SecretPlaceRow extends OfRepository {
  readonly path: string;
  readonly line: number;
  /** With its origin, if the history was read. */
  readonly finding: Finding;
  /** The default branch, as a full ref name. */
  readonly branch: string | null;
  readonly inHead: boolean;
  /** Microseconds since 1970 at which a commit brought it there; a number below all others if that is not known. */
  readonly introduced: string;
  /** The commit that the branch was scanned at last. */
  readonly scannedCommit: string | null;
}

const ofRepository = sql`r.id as repository_id, r.name as repository_name, r.web_url as repository_web_url,
  p.name as project_name, o.name as organization_name`;
const repositories = sql`repositories r join projects p on p.id = r.project_id
  join organizations o on o.id = r.organization_id`;

export async function listSecretIssues(db: Db, ids: readonly IssueId[]): Promise<readonly SecretIssue[]> {
  const { rows } = await sql<SecretIssue>`
    select i.id, i.branch, i.state, i.only_in_history, ${ofRepository}
    from issues i, ${repositories} where r.id = i.repository_id and i.id = any(${[...ids]}::uuid[])
    order by array_position(${[...ids]}::uuid[], i.id)`.execute(db);
  return rows;
}

/** Where a place stands among those of one secret: by what they are sorted by, so that it may be gone itself. */
export interface PlaceInOrder {
  readonly inHead: boolean;
  readonly introduced: string;
  readonly repositoryName: string;
  readonly repositoryId: string;
  readonly path: string;
  readonly line: number;
}

export interface PlacesAsked {
  /** Goes on after this one. */
  readonly after?: PlaceInOrder | undefined;
  readonly limit: number;
}

/** Those of today first, then the oldest first. One that stands in a file today is not listed once more for former times. */
export async function listSecretPlaces(
  db: Db,
  secret: { readonly instanceId: InstanceId; readonly fingerprint: string; readonly issueIds: readonly IssueId[] },
  { after, limit }: PlacesAsked,
): Promise<readonly SecretPlaceRow[]> {
  const { instanceId, fingerprint, issueIds } = secret;
  const { rows } = await sql<SecretPlaceRow>`
    with today as (
      select distinct on (c.repository_id, c.path, coalesce(c.line, 0))
        c.repository_id, c.branch, c.path, coalesce(c.line, 0) as line, c.finding
      from issues i join occurrences c
        on c.repository_id = i.repository_id and c.branch = i.branch and c.fingerprint = i.fingerprint
      where i.id = any(${[...issueIds]}::uuid[])
      order by c.repository_id, c.path, coalesce(c.line, 0), c.branch, c.ordinal
    ), former as (
      select repository_id, path, line, finding, introduced_at from history_occurrences
      where instance_id = ${instanceId} and fingerprint = ${fingerprint}
    ), places as (
      select t.repository_id, t.branch, t.path, t.line, true as in_head, f.introduced_at,
        case when f.finding ? 'origin' then t.finding || jsonb_build_object('origin', f.finding->'origin')
          else t.finding end as finding
      from today t left join lateral (
        select * from former where former.repository_id = t.repository_id and former.path = t.path
        order by introduced_at nulls last limit 1) f on true
      union all
      select f.repository_id, r.default_branch, f.path, f.line, false, f.introduced_at, f.finding
      from former f join repositories r on r.id = f.repository_id
      where r.chosen and r.gone_at is null and not exists (
        select 1 from today t where t.repository_id = f.repository_id and t.path = f.path)
    )
    select s.path, s.line, s.finding, s.branch, s.in_head, ${introduced}::text as introduced, ${ofRepository},
      case when r.scanned_ref = s.branch then r.scanned_commit end as scanned_commit
    from places s, ${repositories} where r.id = s.repository_id and ${comesAfter(after)}
    order by ${placeOrder} limit ${limit}`.execute(db);
  return rows;
}

const introduced = sql`coalesce((extract(epoch from s.introduced_at) * 1000000)::bigint, -999999999999999999)`;
const placeOrder = sql`not s.in_head, ${introduced}, lower(r.name), r.id, s.path, s.line`;

function comesAfter(after: PlaceInOrder | undefined) {
  if (after === undefined) return sql`true`;
  const { inHead, introduced: moment, repositoryName, repositoryId, path, line } = after;
  return sql`(${placeOrder}) > (${!inHead}::boolean, ${moment}::bigint, lower(${repositoryName}::text),
    ${repositoryId}::uuid, ${path}::text, ${line}::integer)`;
}
