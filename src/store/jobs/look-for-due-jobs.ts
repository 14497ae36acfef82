/**
 * Finds jobs whose time has come, and those whose announcement was not heard: one question a second for all queues. Each
 * asking for itself would be some thirty questions a second of a server that has nothing to do.
 */
import { sql } from "kysely";
import type { Logger } from "pino";
import type { Db } from "../database.ts";

export interface DueJobsLook {
  stop(): Promise<void>;
}

const pollMilliseconds = 1_000;

export function lookForDueJobs(options: {
  readonly db: Db;
  readonly log: Logger;
  /** Names of those that are worked here. */
  readonly queues: () => readonly string[];
  readonly onDue: (queue: string) => void;
}): DueJobsLook {
  const { db, log, queues, onDue } = options;
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    try {
      for (const queue of await dueQueues(db, queues())) onDue(queue);
    } catch (error) {
      log.warn({ err: error }, "jobs could not be looked for");
    } finally {
      looking = undefined;
    }
  };
  const timer = setInterval(() => {
    looking ??= look();
  }, pollMilliseconds);
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}

/** Reads one row of each queue, however many jobs wait. */
async function dueQueues(db: Db, queues: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select queue.name from unnest(${[...queues]}::text[]) as queue (name) cross join lateral (
      select 1 from pgboss.job_common j
      where j.name = queue.name and j.state < 'active' and not j.blocked and j.start_after <= now() limit 1) due`.execute(
    db,
  );
  return rows.map((row) => row.name);
}
