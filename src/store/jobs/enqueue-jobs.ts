/** Adds jobs in the caller's transaction and announces them when it commits. */
import { CompiledQuery, sql } from "kysely";
import type { PgBoss } from "pg-boss";
import type { Db } from "../database.ts";
import { json } from "../json.ts";
import { newId } from "../new-id.ts";
import { inTransaction } from "../transaction.ts";
import { jobChannel } from "./job-channel.ts";
import type { JobOptions, QueueDefinition } from "./jobs.ts";

export interface NewJob extends JobOptions {
  readonly data: object;
}

/** Every job has a group, so that the dispatcher's index finds it. */
export const noGroup = "none";
const batchSize = 5_000;

export async function enqueueJobs(
  boss: PgBoss,
  db: Db,
  queue: QueueDefinition,
  jobs: readonly NewJob[],
): Promise<void> {
  if (jobs.length === 0) return;
  await inTransaction(db, async (tx) => {
    // In the order of keys, so that two transactions that enqueue the same keys do not deadlock.
    const ordered = queue.policy === "stately" ? firstOfEachKey(jobs) : jobs;
    for (let start = 0; start < ordered.length; start += batchSize) {
      const batch = ordered.slice(start, start + batchSize);
      if (queue.policy === "stately") await insertStately(boss, tx, queue.name, batch);
      else await insert(boss, tx, queue.name, batch);
    }
    await sql`select pg_notify(${jobChannel}, ${queue.name})`.execute(tx);
  });
}

function firstOfEachKey(jobs: readonly NewJob[]): readonly NewJob[] {
  const first = new Map<string, NewJob>();
  for (const job of jobs) if (!first.has(job.key ?? "")) first.set(job.key ?? "", job);
  return [...first].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, job]) => job);
}

/**
 * A job that collapses into a waiting one holds that one's row until our transaction ends: a worker that fetched it
 * before would not see what we wrote, and no other job would follow.
 */
async function insertStately(boss: PgBoss, tx: Db, queue: string, jobs: readonly NewJob[]): Promise<void> {
  let left = jobs;
  while (left.length > 0) {
    const inserted = await insert(boss, tx, queue, left);
    left = left.filter((job) => !inserted.has(job));
    if (left.length === 0) return;
    const held = await sql<{ key: string }>`
      select coalesce(singleton_key, '') as key from pgboss.job_common
      where name = ${queue} and state = 'created' and policy = 'stately'
        and coalesce(singleton_key, '') = any(${left.map((job) => job.key ?? "")}::text[])
      order by 1 for key share`.execute(tx);
    const keys = new Set(held.rows.map((row) => row.key));
    await addToWaiting(
      tx,
      queue,
      left.filter((job) => job.adds && keys.has(job.key ?? "")),
    );
    // One that is missing here was fetched between the two statements: now there is room for a new one.
    left = left.filter((job) => !keys.has(job.key ?? ""));
  }
}

/** We hold these rows, so no worker has read them yet. */
async function addToWaiting(tx: Db, queue: string, jobs: readonly NewJob[]): Promise<void> {
  for (const { key = "", data, priority = 0 } of jobs) {
    await sql`update pgboss.job_common set data = coalesce(data, '{}') || ${json(data)}::jsonb,
        priority = greatest(priority, ${priority})
      where name = ${queue} and state = 'created' and policy = 'stately'
        and coalesce(singleton_key, '') = ${key}`.execute(tx);
  }
}

/** Gives those that were inserted; the others collapsed. */
async function insert(boss: PgBoss, tx: Db, queue: string, jobs: readonly NewJob[]): Promise<ReadonlySet<NewJob>> {
  const byId = new Map(jobs.map((job) => [newId(), job]));
  const rows = [...byId].map(([id, job]) => ({
    id,
    data: JSON.parse(json(job.data)) as object,
    group: { id: job.group ?? noGroup },
    ...(job.key === undefined ? {} : { singletonKey: job.key }),
    ...(job.startAfter === undefined ? {} : { startAfter: job.startAfter }),
    ...(job.priority === undefined ? {} : { priority: job.priority }),
  }));
  const ids = await boss.insert(queue, rows, { db: asBossDatabase(tx), returnId: true });
  return new Set((ids ?? []).flatMap((id) => byId.get(id) ?? []));
}

/** pg-boss' statements on our connection, so inside our transaction. */
export function asBossDatabase(db: Db): {
  // pg-boss' own type.
  executeSql(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
} {
  const plain = db.withoutPlugins();
  return {
    executeSql: async (text, values) => {
      const result = await plain.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values ?? []));
      return { rows: [...result.rows] };
    },
  };
}
