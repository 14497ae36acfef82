/** Which branches besides the default one held a secret when its history was read. */
import { type RawBuilder, sql } from "kysely";

/** A JSON array of short names. `finding` is a column with an origin; `ref`: the default branch, a full ref name or a column with it. */
export function otherBranches(finding: RawBuilder<unknown>, ref: string | RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`coalesce((${finding}->'origin'->'branches') - coalesce(regexp_replace(${ref}, '^refs/heads/', ''), ''), '[]')`;
}
