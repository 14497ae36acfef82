/** What waits, runs and failed, for metrics and people. */
import { sql } from "kysely";
import type { Db } from "../database.ts";

/** pg-boss copies a job that failed for good into this queue. */
export const deadLetterQueue = "dead-letter";

export interface PendingJobs {
  readonly queue: string;
  /** May start now. */
  readonly waiting: number;
  /** Start later: so asked for, or a retry. */
  readonly delayed: number;
  readonly active: number;
  /** Failed for good. */
  readonly dead: number;
  /** Of the job that has waited longest. */
  readonly waitingSince?: Date;
}

export interface DeadJob {
  readonly id: string;
  readonly queue: string;
  readonly data: unknown;
  readonly error: unknown;
  readonly at: Date;
}

/** Queues without any are left out. */
export async function countJobs(db: Db): Promise<readonly PendingJobs[]> {
  const { rows } = await sql<Omit<PendingJobs, "waitingSince"> & { waitingSince: Date | null }>`
    select case when name = ${deadLetterQueue} then source_name else name end as queue,
      count(*) filter (where name <> ${deadLetterQueue} and state < 'active' and start_after <= now()) as waiting,
      count(*) filter (where name <> ${deadLetterQueue} and state < 'active' and start_after > now()) as delayed,
      count(*) filter (where state = 'active') as active,
      count(*) filter (where name = ${deadLetterQueue}) as dead,
      min(start_after) filter (where name <> ${deadLetterQueue} and state < 'active' and start_after <= now())
        as waiting_since
    from pgboss.job_common where state <= 'active' group by 1 order by 1`.execute(db);
  return rows.map(({ waitingSince, ...row }) => ({ ...row, ...(waitingSince ? { waitingSince } : {}) }));
}

export async function listDeadJobs(db: Db, limit: number): Promise<readonly DeadJob[]> {
  const { rows } = await sql<DeadJob>`
    select id, source_name as queue, data, source_output as error, created_on as at
    from pgboss.job_common where name = ${deadLetterQueue}
    order by created_on desc limit ${limit}`.execute(db);
  return rows;
}
