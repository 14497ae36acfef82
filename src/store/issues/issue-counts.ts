/** How many issues there are, as the database keeps it beside them (see the triggers of `issues`): nothing is counted here. */
import { sql } from "kysely";
import type { ScannerName } from "#model/scanner-name.ts";
import type { Scope } from "#model/scope.ts";
import type { Severity } from "#model/severity.ts";
import type { Db } from "../database.ts";
import { withinScope } from "../within-scope.ts";

export interface OpenIssues {
  readonly severity: Severity;
  readonly scanner: ScannerName;
  readonly count: number;
}

/** Open issues by severity and scanner; pairs without any are left out. */
export async function countIssues(db: Db, scope: Scope): Promise<readonly OpenIssues[]> {
  const { rows } = await sql<OpenIssues>`
    select split_part(key, '/', 1) as scanner, split_part(key, '/', 2) as severity, sum(count)::int as count
    from issue_counts where ${withinScope(scope, "instance_id")} and kind = 'severity' and state = 'open'
    group by key having sum(count) > 0`.execute(db);
  return rows;
}
