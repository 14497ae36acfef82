/** What providers said of secrets: verdict, reason and time by fingerprint. Never a value, nor what was answered. */
import { sql } from "kysely";
import type { LiveVerdict } from "#model/finding.ts";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { RuleId } from "#model/rule.ts";
import type { Db } from "../database.ts";

export interface SecretCheck {
  readonly instanceId: InstanceId;
  readonly fingerprint: string;
  readonly verdict: LiveVerdict;
  readonly reason: string;
  readonly at: Date;
  /** Its own end is over; nobody was asked. */
  readonly isByItself: boolean;
}

/** What a provider answered; it counts more than what the secret says of itself. `isAskedAgain`: it gave no answer. */
export async function saveSecretCheck(
  db: Db,
  { isAskedAgain = false, ...check }: Omit<SecretCheck, "isByItself"> & { readonly isAskedAgain?: boolean },
): Promise<void> {
  const said = { verdict: check.verdict, reason: check.reason, at: check.at, isByItself: false, isAskedAgain };
  await db
    .insertInto("secretChecks")
    .values({ ...check, ...said })
    .onConflict((conflict) => conflict.columns(["instanceId", "fingerprint"]).doUpdateSet(said))
    .execute();
}

/** A secret that says itself until when it is valid. */
export interface ExpiringSecret {
  readonly instanceId: InstanceId;
  readonly fingerprint: string;
  /** YYYY-MM-DD. */
  readonly expires: string;
}

/** Of open issues and pull requests those whose own end is over, and of which nothing is known yet. */
export async function listExpiredSecrets(db: Db, now: Date): Promise<readonly ExpiringSecret[]> {
  const today = now.toISOString().slice(0, 10);
  const { rows } = await sql<ExpiringSecret>`
    select s.instance_id, s.fingerprint, max(s.expires) as expires from (
      select instance_id, fingerprint, finding->>'expires' as expires from issues
      where scanner = 'secrets' and state = 'open' and finding->>'expires' < ${today}
      union all
      select f.instance_id, f.fingerprint, f.finding->>'expires' from pull_request_findings f
      join pull_requests pr on pr.repository_id = f.repository_id and pr.number = f.number
      where f.state = 'open' and pr.state = 'active' and f.finding->>'expires' < ${today}
    ) s
    where not exists (
      select 1 from secret_checks c where c.instance_id = s.instance_id and c.fingerprint = s.fingerprint)
    group by s.instance_id, s.fingerprint order by s.instance_id, s.fingerprint`.execute(db);
  return rows;
}

/** False if something is known of it already: then that stays. */
export async function saveOwnEnd(db: Db, check: Omit<SecretCheck, "isByItself">): Promise<boolean> {
  const result = await db
    .insertInto("secretChecks")
    .values({ ...check, isByItself: true })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** What is known of these secrets; those that nobody asked about are left out. */
export async function findSecretChecks(
  db: Db,
  instanceId: InstanceId,
  fingerprints: readonly string[],
): Promise<ReadonlyMap<string, SecretCheck>> {
  if (fingerprints.length === 0) return new Map();
  const rows = await db
    .selectFrom("secretChecks")
    .selectAll()
    .where("instanceId", "=", instanceId)
    .where(sql<boolean>`fingerprint = any(${[...fingerprints]}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.fingerprint, row]));
}

/**
 * Secrets of open issues and pull requests that nobody asked about yet, and those that were live when they were asked about
 * last, before then, or of which there was no answer.
 */
export async function listDueSecrets(
  db: Db,
  instanceId: InstanceId,
  { rules, before }: { readonly rules: readonly RuleId[]; readonly before: Date },
): Promise<readonly string[]> {
  const { rows } = await sql<{ fingerprint: string }>`
    select s.fingerprint from (
      select fingerprint from issues
      where instance_id = ${instanceId} and scanner = 'secrets' and state = 'open' and rule = any(${[...rules]}::text[])
      union
      select f.fingerprint from pull_request_findings f
      join pull_requests pr on pr.repository_id = f.repository_id and pr.number = f.number
      where f.instance_id = ${instanceId} and f.state = 'open' and pr.state = 'active'
        and f.finding->>'rule' = any(${[...rules]}::text[])
    ) s
    left join secret_checks c on c.instance_id = ${instanceId} and c.fingerprint = s.fingerprint
    where c.fingerprint is null or ((c.verdict = 'live' or c.is_asked_again) and c.at < ${before})
    order by s.fingerprint`.execute(db);
  return rows.map(({ fingerprint }) => fingerprint);
}

/** By which rules the secret was found; empty if the instance has no such secret. */
export async function rulesOfSecret(db: Db, instanceId: InstanceId, fingerprint: string): Promise<readonly RuleId[]> {
  const rows = await db
    .selectFrom("issues")
    .select("rule")
    .distinct()
    .where("instanceId", "=", instanceId)
    .where("fingerprint", "=", fingerprint)
    .where("scanner", "=", "secrets")
    .execute();
  return rows.map(({ rule }) => rule);
}

/** Active pull requests that bring the secret: what is said of it there changes with the verdict. */
export async function pullRequestsWithSecret(
  db: Db,
  instanceId: InstanceId,
  fingerprint: string,
): Promise<readonly { readonly repositoryId: RepositoryId; readonly number: number }[]> {
  const { rows } = await sql<{ repositoryId: RepositoryId; number: number }>`
    select pr.repository_id, pr.number from pull_request_findings f
    join pull_requests pr on pr.repository_id = f.repository_id and pr.number = f.number
    where f.instance_id = ${instanceId} and f.fingerprint = ${fingerprint} and f.state = 'open' and pr.state = 'active'
    order by pr.repository_id, pr.number`.execute(db);
  return rows;
}

/** A version of a file that holds the secret. */
export interface SecretVersion {
  readonly repositoryId: RepositoryId;
  readonly commit: string;
  readonly path: string;
}

const mostVersions = 5;

/** What is there today goes first; a few suffice, for all hold the same. */
export async function listSecretVersions(
  db: Db,
  instanceId: InstanceId,
  fingerprint: string,
): Promise<readonly SecretVersion[]> {
  const { rows } = await sql<SecretVersion>`
    select repository_id, commit, path from (
      select o.repository_id, r.scanned_commit as commit, o.path, 0 as age
      from occurrences o join repositories r on r.id = o.repository_id and r.scanned_ref = o.branch
      where o.instance_id = ${instanceId} and o.fingerprint = ${fingerprint}
      union all
      select pr.repository_id, coalesce(f.finding->'origin'->>'commit', pr.scanned_commit), f.finding->'at'->>'path', 1
      from pull_request_findings f
      join pull_requests pr on pr.repository_id = f.repository_id and pr.number = f.number
      where f.instance_id = ${instanceId} and f.fingerprint = ${fingerprint} and f.state = 'open' and pr.state = 'active'
      union all
      select h.repository_id, h.finding->'origin'->>'commit', h.path, 2
      from history_occurrences h where h.instance_id = ${instanceId} and h.fingerprint = ${fingerprint}
    ) versions where commit is not null order by age, repository_id, path limit ${mostVersions}`.execute(db);
  return rows;
}
