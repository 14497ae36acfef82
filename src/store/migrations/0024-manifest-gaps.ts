/** Units whose files could not be read whole: a bill of materials says so, whenever they were read. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw("alter table manifests add column has_gaps boolean not null default false").execute(db);
}
