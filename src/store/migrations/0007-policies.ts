/** Policies with their verdicts; what people decide about a rule is called so. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(ruleSettings).execute(db);
}

// A policy is now what decides about findings; what it was called before belongs to rules.
const ruleSettings = `
alter table policy_settings rename to rule_settings;
alter table rule_settings rename constraint policy_settings_pkey to rule_settings_pkey;
`;
