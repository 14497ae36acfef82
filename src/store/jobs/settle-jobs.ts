/** What becomes of claimed jobs. Each statement names the attempt: one that was lost to another worker changes nothing. */
import { sql } from "kysely";
import type { PgBoss } from "pg-boss";
import type { Db } from "../database.ts";
import type { ClaimedJob } from "./claim-jobs.ts";
import { asBossDatabase } from "./enqueue-jobs.ts";
import type { GiveUp } from "./jobs.ts";

type Attempt = Pick<ClaimedJob, "id" | "retryCount">;

/** Names an attempt: a job that was lost may run here a second time while the first still does. */
export function attemptOf(job: Attempt): string {
  return `${job.id}:${job.retryCount}`;
}

/** Done: removed, because what it did is written elsewhere and thousands of done jobs would only be in the way. */
export async function completeJobs(boss: PgBoss, queue: string, attempts: readonly Attempt[]): Promise<void> {
  await boss.deleteJob(queue, [...attempts]);
}

/**
 * Tries again later, or for good not. If another job with its key waits for a retry already, that one will do.
 * `retryAfter` in milliseconds, in place of the queue's own delay.
 */
export async function failJob(
  boss: PgBoss,
  db: Db,
  queue: string,
  attempt: Attempt & Pick<ClaimedJob, "data">,
  failure: {
    readonly output: object;
    readonly error: unknown;
    readonly retryAfter?: number | undefined;
    readonly giveUp?: GiveUp<object> | undefined;
  },
): Promise<"retries" | "dead" | "lost"> {
  return db.transaction().execute(async (tx) => {
    const spared = await sql`delete from pgboss.job_common j
      where ${isAttempt(queue, [attempt])} and ${siblingRetries}`.execute(tx);
    if ((spared.numAffectedRows ?? 0n) > 0n) return "retries";
    const ours = await sql`select 1 from pgboss.job_common j where ${isAttempt(queue, [attempt])} for update`.execute(
      tx,
    );
    if (ours.rows.length === 0) return "lost";
    await boss.fail(queue, nameOf(attempt), failure.output, { db: asBossDatabase(tx) });
    const { rows } = await sql<{ state: string }>`
      update pgboss.job_common set start_after = case when state = 'retry'
        then coalesce(now() + ${failure.retryAfter ?? null}::float8 * interval '1 millisecond', start_after)
        else start_after end
      where name = ${queue} and id = ${attempt.id} returning state::text`.execute(tx);
    if (rows[0]?.state === "retry") return "retries";
    await failure.giveUp?.(tx, attempt.data, failure.error);
    return "dead";
  });
}

/** Ends a job whose workers ended under it, every time. */
export async function buryJob(
  boss: PgBoss,
  db: Db,
  queue: string,
  attempt: Attempt & Pick<ClaimedJob, "data">,
  giveUp: GiveUp<object> | undefined,
): Promise<void> {
  const error = new Error("the worker ended while it ran this job, every time");
  await db.transaction().execute(async (tx) => {
    await boss.fail(queue, nameOf(attempt), { message: error.message }, { db: asBossDatabase(tx) });
    await giveUp?.(tx, attempt.data, error);
  });
}

/** Without what pg-boss would not know. */
function nameOf({ id, retryCount }: Attempt): Attempt {
  return { id, retryCount };
}

/** Says that they still run. Gives the attempts that are still ours. */
export async function touchJobs(db: Db, queue: string, attempts: readonly Attempt[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<Attempt>`
    update pgboss.job_common j set heartbeat_on = now() where ${isAttempt(queue, attempts)}
    returning id, retry_count`.execute(db);
  return new Set(rows.map(attemptOf));
}

/** Gives running jobs back, to be started at once by whom it may concern; it does not count as an attempt. */
export async function releaseJobs(db: Db, queue: string, attempts: readonly Attempt[]): Promise<void> {
  if (attempts.length === 0) return;
  await db.transaction().execute(async (tx) => {
    await sql`delete from pgboss.job_common j where ${isAttempt(queue, attempts)} and ${siblingRetries}`.execute(tx);
    await sql`update pgboss.job_common j set state = 'retry', start_after = now(), started_on = null, heartbeat_on = null
      where ${isAttempt(queue, attempts)}`.execute(tx);
  });
}

/** pg-boss' unique index lets one job of a key wait for a retry, not two. */
export const siblingRetries = sql<boolean>`(j.policy = 'stately' and exists (
  select 1 from pgboss.job_common s where s.name = j.name and s.state = 'retry' and s.policy = 'stately'
    and coalesce(s.singleton_key, '') = coalesce(j.singleton_key, '')))`;

function isAttempt(queue: string, attempts: readonly Attempt[]) {
  return sql<boolean>`j.name = ${queue} and j.state = 'active' and (j.id, j.retry_count) in (
    select id, retry_count from unnest(${attempts.map((attempt) => attempt.id)}::uuid[],
      ${attempts.map((attempt) => attempt.retryCount)}::integer[]) as attempt (id, retry_count))`;
}
