/** Lets pg-boss make its tables and adds the index that our dispatcher reads. */
import { sql } from "kysely";
import type { Db } from "../database.ts";

const lockKey = 7_201_845_114;

/** One process at a time: several that start on an empty database would all make the tables. */
export async function prepareJobTables(db: Db, start: () => Promise<unknown>): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${lockKey})`.execute(connection);
    try {
      await start();
      // For the next jobs of each group, without reading past those of a group that floods.
      await sql`create index if not exists sallyport_job_turns
        on pgboss.job_common (name, group_id, priority desc, created_on, id, start_after)
        where state < 'active' and not blocked`.execute(connection);
    } finally {
      await sql`select pg_advisory_unlock(${lockKey})`.execute(connection);
    }
  });
}
