/** A secret may say itself until when it is valid: then what is known of it was no provider's answer. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(expiredSecrets).execute(db);
}

const expiredSecrets = `
alter table secret_checks add column is_by_itself boolean not null default false;
`;
