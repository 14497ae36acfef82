/** What a pull request introduces, and the threads that say so. */
import { sql } from "kysely";
import { type Comparison, compareFindings } from "#model/compare-findings.ts";
import type { Finding } from "#model/finding.ts";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import { settle } from "#model/policy-setting.ts";
import type { Db, PullRequestFindingState } from "./database.ts";
import { json } from "./json.ts";
import { findPolicySettings } from "./policy-settings.ts";
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

/** Open and fixed ones, oldest first. A finding whose rule was switched off counts as fixed while it is. */
export async function listPullRequestFindings(
  db: Db,
  repositoryId: RepositoryId,
  number: number,
): Promise<readonly PullRequestFinding[]> {
  const rows = await db
    .selectFrom("pullRequestFindings")
    .select([
      "instanceId",
      "fingerprint",
      "finding",
      "state",
      "threadId",
      "postedState",
      "firstSeen",
      "lastSeen",
      "fixedAt",
    ])
    .where("repositoryId", "=", repositoryId)
    .where("number", "=", number)
    .orderBy("firstSeen")
    .orderBy("fingerprint")
    .execute();
  const settings = rows[0] ? await findPolicySettings(db, rows[0].instanceId) : new Map();
  return rows.map(({ instanceId: _instance, ...row }): PullRequestFinding => {
    const finding = settle(row.finding, settings);
    if (finding) return withoutNulls({ ...row, finding });
    return withoutNulls({ ...row, state: "fixed" as const, fixedAt: row.fixedAt ?? row.lastSeen });
  });
}

/** Active pull requests with a finding of this rule, switched off or not. */
export async function pullRequestsWithRule(
  db: Db,
  instanceId: InstanceId,
  ruleId: string,
): Promise<
  readonly { readonly repositoryId: RepositoryId; readonly instanceId: InstanceId; readonly number: number }[]
> {
  const { rows } = await sql<{ repositoryId: RepositoryId; instanceId: InstanceId; number: number }>`
    select distinct pr.repository_id, pr.instance_id, pr.number
    from pull_request_findings f join pull_requests pr on pr.repository_id = f.repository_id and pr.number = f.number
    where f.instance_id = ${instanceId} and f.state = 'open' and f.finding->>'rule' = ${ruleId}
      and pr.state = 'active'`.execute(db);
  return rows;
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
