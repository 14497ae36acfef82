/** What the register adds to a dismissed vulnerability: when it was decided, and why the product is not affected. */
import { sql } from "kysely";
import type { Justification } from "#model/exception.ts";
import type { RepositoryId } from "#model/ids.ts";
import type { Db } from "../database.ts";

export interface DecisionDetails {
  readonly at: Date;
  readonly justification: Justification | null;
}

/** By fingerprint. */
export async function decisionDetails(
  db: Db,
  repositoryId: RepositoryId,
  branch: string,
): Promise<ReadonlyMap<string, DecisionDetails>> {
  const { rows } = await sql<DecisionDetails & { fingerprint: string }>`
    select i.fingerprint, e.made_at as at, e.justification
    from issues i join exceptions e on e.id = i.exception_id
    where i.repository_id = ${repositoryId} and i.branch = ${branch} and i.state = 'dismissed'
      and i.scanner = 'vulnerabilities'`.execute(db);
  return new Map(rows.map(({ fingerprint, ...details }) => [fingerprint, details]));
}
