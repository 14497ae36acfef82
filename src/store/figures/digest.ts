/** The week of an instance in numbers, for whoever reads one message a week. */
import { sql } from "kysely";
import type { InstanceId, IssueId } from "#model/ids.ts";
import type { Severity } from "#model/severity.ts";
import type { Db } from "../database.ts";

export interface Digest {
  readonly opened: number;
  readonly fixed: number;
  readonly reopened: number;
  readonly dismissed: number;
  readonly open: Readonly<Partial<Record<Severity, number>>>;
  readonly overdue: number;
  readonly blockedPullRequests: number;
  readonly passedPullRequests: number;
  readonly fixesMerged: number;
  readonly gatesNotEffective: number;
  /** Open, the most urgent first. */
  readonly urgent: readonly IssueId[];
}

const listedUrgent = 10;

export async function digestOf(db: Db, instanceId: InstanceId, since: Date, until: Date): Promise<Digest> {
  const [events, open, verdicts, rest, urgent] = await Promise.all([
    sql<{ kind: string; count: number }>`
      select kind, count(distinct issue_id) as count from issue_events
      where instance_id = ${instanceId} and at > ${since} and at <= ${until} group by kind`.execute(db),
    sql<{ severity: Severity; count: number; overdue: number }>`
      select severity, count(*) as count, count(*) filter (where due_at < ${until}) as overdue from issues
      where instance_id = ${instanceId} and state = 'open' and not archived group by severity`.execute(db),
    // Of each pull request what was said last.
    sql<{ outcome: string; count: number }>`
      select outcome, count(*) as count from (
        select distinct on (repository_id, number) outcome from verdicts
        where instance_id = ${instanceId} and number is not null and at > ${since} and at <= ${until}
        order by repository_id, number, at desc) last group by outcome`.execute(db),
    sql<{ fixes: number; gates: number }>`
      select (select count(*) from fixes where instance_id = ${instanceId} and state = 'merged'
          and changed_at > ${since} and changed_at <= ${until}) as fixes,
        (select count(*) from gates where instance_id = ${instanceId} and wanted
          and state not in ('effective', 'waiting')) as gates
      `.execute(db),
    sql<{ id: IssueId }>`
      select id from issues where instance_id = ${instanceId} and state = 'open' and not archived
      order by urgency desc, severity_rank, id limit ${listedUrgent}`.execute(db),
  ]);
  const counted = (kind: string) => events.rows.find((row) => row.kind === kind)?.count ?? 0;
  const judged = (outcome: string) => verdicts.rows.find((row) => row.outcome === outcome)?.count ?? 0;
  return {
    opened: counted("opened"),
    fixed: counted("fixed"),
    reopened: counted("reopened"),
    dismissed: counted("dismissed"),
    open: Object.fromEntries(open.rows.map(({ severity, count }) => [severity, count])),
    overdue: open.rows.reduce((sum, { overdue }) => sum + overdue, 0),
    blockedPullRequests: judged("blocked") + judged("unfinished"),
    passedPullRequests: judged("passed"),
    fixesMerged: rest.rows[0]?.fixes ?? 0,
    gatesNotEffective: rest.rows[0]?.gates ?? 0,
    urgent: urgent.rows.map(({ id }) => id),
  };
}
