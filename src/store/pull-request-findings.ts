/** What a pull request introduces, and the threads that say so. */
import { sql } from "kysely";
import { type Comparison, compareFindings } from "#model/compare-findings.ts";
import type { Finding } from "#model/finding.ts";
import type { RepositoryId } from "#model/ids.ts";
import type { Db, PullRequestFindingState } from "./database.ts";
import { json } from "./json.ts";
import { inTransaction } from "./transaction.ts";
import { type WithoutNulls, withoutNulls } from "./without-nulls.ts";

export type PullRequestFinding = WithoutNulls<{
  fingerprint: string;
  finding: Finding;
  state: PullRequestFindingState;
  threadId: number | null;
  postedState: string | null;
  firstSeen: Date;
  lastSeen: Date;
  fixedAt: Date | null;
}>;

/** Makes the open findings of a pull request exactly `findings`. The pull request must be there. */
export async function applyPullRequestFindings(
  db: Db,
  given: {
    readonly repositoryId: RepositoryId;
    readonly number: number;
    readonly findings: readonly Finding[];
    readonly at: Date;
  },
): Promise<Comparison> {
  const { repositoryId, number, at } = given;
  return inTransaction(db, async (tx) => {
    await sql`select 1 from pull_requests where repository_id = ${repositoryId} and number = ${number}
      for no key update`.execute(tx);
    const before = await tx
      .selectFrom("pullRequestFindings")
      .select("fingerprint")
      .where("repositoryId", "=", repositoryId)
      .where("number", "=", number)
      .where("state", "=", "open")
      .execute();
    const comparison = compareFindings(
      before.map((row) => row.fingerprint),
      given.findings,
    );
    const open = [...comparison.appeared, ...comparison.stayed];
    await sql`
      insert into pull_request_findings
        (repository_id, number, fingerprint, instance_id, finding, state, first_seen, last_seen)
      select pr.repository_id, pr.number, given.fingerprint, pr.instance_id, given.finding::jsonb, 'open', ${at}, ${at}
      from pull_requests pr, unnest(
        ${open.map((finding) => finding.fingerprint)}::text[], ${open.map((finding) => json(finding))}::text[]
      ) as given (fingerprint, finding)
      where pr.repository_id = ${repositoryId} and pr.number = ${number}
      on conflict (repository_id, number, fingerprint) do update set
        finding = excluded.finding, state = 'open', last_seen = excluded.last_seen, fixed_at = null`.execute(tx);
    await sql`
      update pull_request_findings set state = 'fixed', fixed_at = ${at}
      where repository_id = ${repositoryId} and number = ${number}
        and fingerprint = any(${[...comparison.gone]}::text[])`.execute(tx);
    return comparison;
  });
}

/** Open and fixed ones, oldest first. */
export async function listPullRequestFindings(
  db: Db,
  repositoryId: RepositoryId,
  number: number,
): Promise<readonly PullRequestFinding[]> {
  const rows = await db
    .selectFrom("pullRequestFindings")
    .select(["fingerprint", "finding", "state", "threadId", "postedState", "firstSeen", "lastSeen", "fixedAt"])
    .where("repositoryId", "=", repositoryId)
    .where("number", "=", number)
    .orderBy("firstSeen")
    .orderBy("fingerprint")
    .execute();
  return rows.map(withoutNulls);
}

export async function setFindingThread(
  db: Db,
  repositoryId: RepositoryId,
  number: number,
  fingerprint: string,
  threadId: number,
  postedState: string,
): Promise<void> {
  await db
    .updateTable("pullRequestFindings")
    .set({ threadId, postedState })
    .where("repositoryId", "=", repositoryId)
    .where("number", "=", number)
    .where("fingerprint", "=", fingerprint)
    .execute();
}
