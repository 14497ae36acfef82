/** Findings of a branch that people have still to do something about, for whoever looks for what can be done. */
import { sql } from "kysely";
import type { Finding } from "#model/finding.ts";
import type { IssueId, RepositoryId } from "#model/ids.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { Db } from "../database.ts";

/** More are not looked at together: nobody reviews a change for so many. */
const mostFindings = 20_000;

/** Worst first. Secrets are left out: nothing in a file ends those. */
export async function listOpenFindings(
  db: Db,
  of: {
    readonly repositoryId: RepositoryId;
    readonly branch: string;
    readonly scanners?: readonly ScannerName[];
    readonly fingerprints?: readonly string[];
  },
): Promise<readonly Finding[]> {
  const { repositoryId, branch, scanners, fingerprints } = of;
  const { rows } = await sql<{ finding: Finding }>`
    select finding from issues
    where repository_id = ${repositoryId} and branch = ${branch} and state = 'open' and not archived
      and not only_in_history and scanner <> 'secrets'
      ${scanners ? sql`and scanner = any(${[...scanners]}::text[])` : sql``}
      ${fingerprints ? sql`and fingerprint = any(${[...fingerprints]}::text[])` : sql``}
    order by severity_rank, fingerprint limit ${mostFindings}`.execute(db);
  return rows.map(({ finding }) => finding);
}

/** What these issues are the same by, in scans that come. */
export async function fingerprintsOfIssues(db: Db, ids: readonly IssueId[]): Promise<readonly string[]> {
  const { rows } = await sql<{ fingerprint: string }>`
    select fingerprint from issues where id = any(${[...ids]}::uuid[]) order by id`.execute(db);
  return rows.map(({ fingerprint }) => fingerprint);
}
