/** Pull requests with all that they ever brought in, in portions: for questions about the past. */
import { sql } from "kysely";
import type { Finding, LiveAnswer } from "#model/finding.ts";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { PullRequestState } from "#model/pull-request.ts";
import type { VerdictOutcome } from "#model/verdict.ts";
import type { Db, PullRequestFindingState } from "../database.ts";
import { inPortions } from "../page.ts";

export interface RecordedPullRequest {
  readonly repositoryId: RepositoryId;
  readonly repositoryName: string;
  readonly projectName: string;
  readonly tags: readonly string[];
  readonly defaultBranch: string | null;
  readonly protectedRefs: readonly string[];
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly state: PullRequestState;
  readonly targetRef: string;
  readonly updatedAt: Date;
  /** The strictest verdict that it ever had. */
  readonly was: VerdictOutcome | null;
  /** Those that count, or counted until they were fixed. */
  readonly findings: readonly {
    readonly finding: Finding;
    /** What the provider of a secret said, if it was asked. */
    readonly live: LiveAnswer | null;
    readonly state: PullRequestFindingState;
    readonly firstSeen: string;
  }[];
}

const portion = 200;

/** Scanned ones that somebody or something touched since then. */
export function recordedPullRequests(db: Db, instanceId: InstanceId, since: Date): AsyncGenerator<RecordedPullRequest> {
  return inPortions(portion, async (after) => {
    const { rows } = await sql<RecordedPullRequest>`
      select pr.repository_id, r.name as repository_name, p.name as project_name, r.tags, r.default_branch,
        array(select g.ref from gates g where g.repository_id = r.id and g.state = 'effective') as protected_refs, pr.number,
        pr.title, pr.author, pr.state, pr.target_ref, pr.updated_at,
        (select case when bool_or(v.outcome = 'blocked') then 'blocked' when bool_or(v.outcome = 'unfinished')
            then 'unfinished' when count(*) > 0 then 'passed' end
          from verdicts v where v.repository_id = pr.repository_id and v.number = pr.number) as was,
        coalesce((select json_agg(json_build_object('state', f.state, 'firstSeen', f.first_seen, 'finding', f.finding,
              'live', case when c.fingerprint is not null
                then json_build_object('verdict', c.verdict, 'reason', c.reason, 'at', c.at, 'isByItself', c.is_by_itself)
                end))
            from pull_request_findings f
            left join secret_checks c on c.instance_id = f.instance_id and c.fingerprint = f.fingerprint
            where f.repository_id = pr.repository_id and f.number = pr.number and f.state in ('open', 'fixed')),
          '[]') as findings
      from pull_requests pr
      join repositories r on r.id = pr.repository_id
      join projects p on p.id = r.project_id
      where pr.instance_id = ${instanceId} and pr.updated_at >= ${since} and pr.scanned_iteration is not null
        ${after ? sql`and (pr.repository_id, pr.number) > (${after.repositoryId}::uuid, ${after.number}::int)` : sql``}
      order by pr.repository_id, pr.number limit ${portion}`.execute(db);
    return rows;
  });
}
