/** The summary of a pull request has a thread of its own; what people made of a thread is no longer kept as if it were our doing. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(summary).execute(db);
}

// Of old rows only what surely was written by us stays known: a thread with another state was closed by a person.
const summary = `
alter table pull_requests add column summary_thread_id integer;
update pull_request_findings set posted_state = null where posted_state not in ('active', 'fixed');
`;
