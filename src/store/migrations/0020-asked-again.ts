/** Who gave no answer may give one another time: until then nobody knows, and it is asked again. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(askedAgain).execute(db);
}

const askedAgain = `
alter table secret_checks add column is_asked_again boolean not null default false;
update secret_checks set is_asked_again = true
where verdict = 'unknown' and reason ~ '(did not answer in time|cannot be reached|trouble of its own|asks for fewer requests)';
`;
