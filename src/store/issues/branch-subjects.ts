/** Open issues of a branch as policies see them, in portions. */
import { sql } from "kysely";
import type { Finding } from "#model/finding.ts";
import type { InstanceId, IssueId, RepositoryId } from "#model/ids.ts";
import type { PolicySubject } from "#model/verdict.ts";
import type { Db } from "../database.ts";

export interface BranchSubject extends PolicySubject {
  readonly issue: IssueId;
}

/** A portion that is smaller is the last one. */
export const portion = 2_000;

/** With `changedSince` only those to which something has happened since then, or whose secret was asked about; with `only` that one. */
export async function* branchSubjects(
  db: Db,
  branch: { readonly instanceId: InstanceId; readonly repositoryId: RepositoryId; readonly branch: string },
  { changedSince, only }: { readonly changedSince?: Date | undefined; readonly only?: IssueId } = {},
): AsyncGenerator<readonly BranchSubject[]> {
  const changed = changedSince
    ? sql`and (exists (select 1 from issue_events e where e.issue_id = i.id and e.at > ${changedSince}) or c.at > ${changedSince})`
    : sql``;
  let after: IssueId | undefined;
  for (;;) {
    const { rows }: { readonly rows: readonly Selected[] } = await sql<Selected>`
      select i.id as issue, i.first_seen, i.urgency, i.novelty,
        i.finding || jsonb_build_object('severity', i.severity) || case when c.fingerprint is null then '{}'::jsonb
          else jsonb_build_object('live', jsonb_build_object('verdict', c.verdict, 'reason', c.reason, 'at', c.at,
            'isByItself', c.is_by_itself)) end
          || case when i.only_in_history and i.finding ? 'origin'
          then jsonb_build_object('origin', i.finding->'origin' || '{"inHead": false}') else '{}'::jsonb end as finding
      from issues i
      left join secret_checks c on i.scanner = 'secrets' and c.instance_id = i.instance_id
        and c.fingerprint = i.fingerprint
      where i.repository_id = ${branch.repositoryId} and i.branch = ${branch.branch} and i.state = 'open'
        and not i.archived ${only ? sql`and i.id = ${only}` : sql``} ${after ? sql`and i.id > ${after}` : sql``} ${changed}
      order by i.id limit ${portion}`.execute(db);
    yield rows;
    if (rows.length < portion) return;
    after = rows.at(-1)?.issue;
  }
}

interface Selected extends BranchSubject {
  readonly finding: Finding;
  readonly urgency: number;
}
