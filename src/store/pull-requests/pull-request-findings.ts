/** What a pull request introduces, and the threads that say so. */
import { sql } from "kysely";
import { type Comparison, compareFindings } from "#model/compare-findings.ts";
import type { ExceptionId } from "#model/exception.ts";
import type { Finding } from "#model/finding.ts";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import { settle } from "#model/rule-setting.ts";
import type { SilencedFinding, Skip } from "#model/silenced-finding.ts";
import type { Db, PullRequestFindingState } from "../database.ts";
import { applyExceptionsToPullRequest } from "../exceptions/cover-findings.ts";
import { findRuleSettings } from "../issues/rule-settings.ts";
import { json } from "../json.ts";
import { inTransaction } from "../transaction.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export type PullRequestFinding = WithoutNulls<{
  fingerprint: string;
  finding: Finding;
  state: PullRequestFindingState;
  /** Silenced: by what. */
  skip: Skip | null;
  /** Dismissed: by what. */
  exceptionId: ExceptionId | null;
  threadId: number | null;
  postedState: string | null;
  firstSeen: Date;
  lastSeen: Date;
  fixedAt: Date | null;
}>;

interface PullRequestFindings {
  readonly repositoryId: RepositoryId;
  readonly number: number;
  readonly findings: readonly Finding[];
  /** What the pull request silences, and is not among its findings. */
  readonly silenced?: readonly SilencedFinding[];
  readonly at: Date;
  /** They are of one import, and only its former ones are replaced: the beginning of their fingerprints. */
  readonly importKey?: string;
  /** Of these nobody can say whether they are still there: they stay as they were. */
  readonly isUnknown?: (finding: Finding) => boolean;
}

/** Makes the open and the silenced findings of a pull request these, and those of before that nobody can judge. The pull request must be there. */
export async function applyPullRequestFindings(db: Db, given: PullRequestFindings): Promise<Comparison> {
  const { repositoryId, number, at, silenced = [], isUnknown = () => false } = given;
  return inTransaction(db, async (tx) => {
    const { rows: instances } = await sql<{ instanceId: InstanceId }>`
      select instance_id from pull_requests where repository_id = ${repositoryId} and number = ${number}
      for no key update`.execute(tx);
    const before = await tx
      .selectFrom("pullRequestFindings")
      .select(["fingerprint", "finding"])
      .where("repositoryId", "=", repositoryId)
      .where("number", "=", number)
      .where("state", "<>", "fixed")
      .where(ofImport(given.importKey))
      .execute();
    const comparison = compareFindings(
      before.filter(({ finding }) => !isUnknown(finding)).map((row) => row.fingerprint),
      [...given.findings, ...silenced.map(({ finding }) => finding)],
    );
    await writePresent(tx, given, [...comparison.appeared, ...comparison.stayed]);
    await sql`
      update pull_request_findings set state = 'fixed', skip = null, exception_id = null, fixed_at = ${at}
      where repository_id = ${repositoryId} and number = ${number}
        and fingerprint = any(${[...comparison.gone]}::text[])`.execute(tx);
    const [instance] = instances;
    if (instance) await applyExceptionsToPullRequest(tx, { ...instance, repositoryId, at }, number);
    return comparison;
  });
}

/** A scan replaces what the house found, an import what the former one brought. */
function ofImport(key: string | undefined) {
  return key === undefined
    ? sql<boolean>`finding->>'rule' not like 'imported/%'`
    : sql<boolean>`starts_with(fingerprint, ${key})`;
}

async function writePresent(tx: Db, given: PullRequestFindings, findings: readonly Finding[]): Promise<void> {
  const { repositoryId, number, at } = given;
  const skips = new Map(
    given.silenced?.map((one) => [one.finding.fingerprint, json({ reason: one.reason, at: one.at })]),
  );
  await sql`
    insert into pull_request_findings
      (repository_id, number, fingerprint, instance_id, finding, state, skip, first_seen, last_seen)
    select pr.repository_id, pr.number, given.fingerprint, pr.instance_id, given.finding::jsonb,
      case when given.skip is null then 'open' else 'silenced' end, given.skip::jsonb, ${at}, ${at}
    from pull_requests pr, unnest(
      ${findings.map(({ fingerprint }) => fingerprint)}::text[], ${findings.map((finding) => json(finding))}::text[],
      ${findings.map(({ fingerprint }) => skips.get(fingerprint) ?? null)}::text[]
    ) as given (fingerprint, finding, skip)
    where pr.repository_id = ${repositoryId} and pr.number = ${number}
    on conflict (repository_id, number, fingerprint) do update set finding = excluded.finding, state = excluded.state,
      skip = excluded.skip, exception_id = null, last_seen = excluded.last_seen, fixed_at = null`.execute(tx);
}

/** Open, silenced, dismissed and fixed ones, oldest first. A finding whose rule was switched off counts as fixed while it is. */
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
      "skip",
      "exceptionId",
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
  const settings = rows[0] ? await findRuleSettings(db, rows[0].instanceId) : new Map();
  return rows.map(({ instanceId: _instance, ...row }): PullRequestFinding => {
    const finding = settle(row.finding, settings);
    if (finding) return withoutNulls({ ...row, finding });
    return withoutNulls({
      ...row,
      state: "fixed" as const,
      skip: null,
      exceptionId: null,
      fixedAt: row.fixedAt ?? row.lastSeen,
    });
  });
}

/** What its files held in some scan; what only its commits hold is not among them. */
export async function fingerprintsInFiles(
  db: Db,
  repositoryId: RepositoryId,
  number: number,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("pullRequestFindings")
    .select("fingerprint")
    .where("repositoryId", "=", repositoryId)
    .where("number", "=", number)
    .where(sql<boolean>`finding->'origin' is null`)
    .execute();
  return new Set(rows.map(({ fingerprint }) => fingerprint));
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
    where f.instance_id = ${instanceId} and f.state <> 'fixed' and f.finding->>'rule' = ${ruleId}
      and pr.state = 'active'`.execute(db);
  return rows;
}

/** In which thread they are told, and which state we last gave it; undefined leaves that as it is known. */
export async function setFindingThread(
  db: Db,
  repositoryId: RepositoryId,
  number: number,
  fingerprints: readonly string[],
  thread: { readonly id: number; readonly postedState: string | undefined },
): Promise<void> {
  const { id: threadId, postedState } = thread;
  await db
    .updateTable("pullRequestFindings")
    .set({ threadId, ...(postedState !== undefined && { postedState }) })
    .where("repositoryId", "=", repositoryId)
    .where("number", "=", number)
    .where(sql<boolean>`fingerprint = any(${[...fingerprints]}::text[])`)
    .execute();
}
