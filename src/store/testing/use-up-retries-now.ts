/** As if the attempts of jobs were used up: what waits for a retry, or is at one, has its last one now. */
import { sql } from "kysely";
import type { Db } from "../database.ts";

export async function useUpRetriesNow(db: Db): Promise<void> {
  await sql`
    update pgboss.job set retry_limit = retry_count, start_after = now()
    where state = 'retry' or (state = 'active' and retry_count > 0)`.execute(db);
}
