/** Starts the jobs of killed workers again. pg-boss does so too, once a minute and after the delay of a failure. */
import { sql } from "kysely";
import type { PgBoss } from "pg-boss";
import type { Logger } from "pino";
import type { Db } from "../database.ts";
import type { Store } from "../open-store.ts";
import type { GiveUp, QueueDefinition } from "./jobs.ts";
import { buryJob, siblingRetries } from "./settle-jobs.ts";

export interface Reaper {
  stop(): Promise<void>;
}

/** How often lost jobs are looked for. */
export const reapMilliseconds = 2_000;

export function startReaper(options: {
  readonly store: Store;
  readonly boss: PgBoss;
  readonly log: Logger;
  readonly queues: readonly QueueDefinition[];
  readonly giveUpOf: (queue: string) => GiveUp<object> | undefined;
  readonly onFound: () => void;
}): Reaper {
  let working: Promise<void> = Promise.resolve();
  let busy = false;
  const round = async (): Promise<void> => {
    busy = true;
    try {
      const found = await reapLostJobs(options);
      if (found > 0) {
        options.log.warn({ jobs: found }, "jobs of a worker that ended start again");
        options.onFound();
      }
    } catch (error) {
      options.log.warn({ err: error }, "lost jobs could not be looked for");
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => {
    if (!busy) working = round();
  }, reapMilliseconds);
  return {
    stop: async () => {
      clearInterval(timer);
      await working;
    },
  };
}

/** Gives their number. A job that ended so too often (it may be what kills the workers) fails for good. */
async function reapLostJobs(options: Parameters<typeof startReaper>[0]): Promise<number> {
  const { store, boss, log, giveUpOf } = options;
  const queues = options.queues.map((queue) => queue.name);
  const rows = await findLostJobs(store.db, queues);
  for (const { name, ...job } of rows.filter((row) => row.outcome === "dead")) {
    try {
      await buryJob(boss, store.db, name, job, giveUpOf(name));
    } catch (error) {
      // It stays lost, and the next round tries again; the others must not wait for that.
      log.error({ err: error, queue: name, job: job.id }, "a lost job could not be given up");
    }
  }
  return rows.length;
}

interface LostJob {
  readonly id: string;
  readonly name: string;
  readonly data: object;
  readonly retryCount: number;
  readonly outcome: "retry" | "spared" | "dead";
}

async function findLostJobs(db: Db, queues: readonly string[]): Promise<readonly LostJob[]> {
  const { rows } = await sql<LostJob>`
    with lost as materialized (
      select j.name, j.id, j.data, j.retry_count, ${siblingRetries} as spared, j.retry_count >= j.retry_limit as dead
      from pgboss.job_common j
      where j.name = any(${[...queues]}::text[]) and j.state = 'active' and j.heartbeat_seconds is not null
        and j.heartbeat_on + j.heartbeat_seconds * interval '1 second' < now()
      for update of j skip locked
    ), removed as (
      delete from pgboss.job_common j using lost where j.name = lost.name and j.id = lost.id and lost.spared
    ), back as (
      update pgboss.job_common j set state = 'retry', start_after = now(), heartbeat_on = null
      from lost where j.name = lost.name and j.id = lost.id and not lost.spared and not lost.dead
    )
    select id, name, data, retry_count, case when spared then 'spared' when dead then 'dead' else 'retry' end as outcome
    from lost`.execute(db);
  return rows;
}
