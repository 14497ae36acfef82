/** Jobs of a group that failed for good, those of no group too: what they were, why, and once more. */
import { sql } from "kysely";
import type { Db } from "../database.ts";
import { noGroup } from "./enqueue-jobs.ts";
import { deadLetterQueue } from "./pending-jobs.ts";

/** By queue. */
export interface FailedJobs {
  readonly queue: string;
  readonly count: number;
  readonly first: Date;
  /** What the last one threw. */
  readonly error: unknown;
}

export interface FailedJob {
  readonly queue: string;
  readonly data: object;
  readonly key: string | null;
  readonly group: string;
}

const ofGroup = (group: string, queues: readonly string[]) => sql`name = ${deadLetterQueue} and state < 'active'
  and source_name = any(${[...queues]}::text[]) and group_id in (${group}, ${noGroup})`;

export async function listFailedJobs(db: Db, group: string, queues: readonly string[]): Promise<readonly FailedJobs[]> {
  const { rows } = await sql<FailedJobs>`
    select source_name as queue, count(*)::int as count, min(created_on) as first,
      (array_agg(source_output order by created_on desc))[1] as error
    from pgboss.job_common where ${ofGroup(group, queues)} group by 1 order by 1`.execute(db);
  return rows;
}

/** Whoever takes them enqueues them again in the same transaction. */
export async function takeFailedJobs(tx: Db, group: string, queues: readonly string[]): Promise<readonly FailedJob[]> {
  const { rows } = await sql<FailedJob>`
    delete from pgboss.job_common where ${ofGroup(group, queues)}
    returning source_name as queue, data, singleton_key as key, group_id as "group"`.execute(tx);
  return rows;
}
