/** What the audit tells has one way to be named: `fix abandoned` becomes `fix-abandoned`, like the others. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`update audit_events set action = replace(action, ' ', '-') where strpos(action, ' ') > 0`.execute(db);
}
