/** Where on a branch each fingerprint stands now. An issue is open while it has an occurrence. */
import { sql } from "kysely";
import type { Finding } from "#model/finding.ts";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { SilencedFinding, Skip } from "#model/silenced-finding.ts";
import { isSpan } from "#model/span.ts";
import type { Db } from "../database.ts";
import { json, storable } from "../json.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export type Occurrence = WithoutNulls<{ path: string; line: number | null; finding: Finding; skip: Skip | null }>;

export interface Branch {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  /** Full ref name. */
  readonly branch: string;
}

/** What a scanner could not say anything new about. */
export interface Unjudged {
  readonly scanner: ScannerName;
  readonly paths: readonly string[];
}

/** Whose findings are meant: only of these, or of all but these. */
export interface OfScanners {
  readonly of?: readonly ScannerName[] | undefined;
  readonly notOf?: readonly ScannerName[] | undefined;
  /** Only what one import brought: the beginning of its fingerprints. Without it, nothing that was imported is meant. */
  readonly importKey?: string | undefined;
}

const batchSize = 5_000;

/** A finding without a file (a setting) is kept under the name of its resource. */
export function pathOf(finding: Finding): string {
  return storable(isSpan(finding.at) ? finding.at.path : finding.at.resource);
}

export function lineOf(finding: Finding): number | null {
  return isSpan(finding.at) ? finding.at.startLine : null;
}

/** Gives the fingerprints that had an occurrence there. Those of unjudged paths stay, if they are of that scanner. */
export async function deleteOccurrences(
  db: Db,
  { repositoryId, branch }: Branch,
  paths: "all" | readonly string[],
  {
    of,
    notOf = [],
    importKey,
    unjudged = [],
  }: OfScanners & { readonly unjudged?: readonly Unjudged[] | undefined } = {},
): Promise<ReadonlySet<string>> {
  const inPaths = paths === "all" ? sql`true` : sql`path = any(${paths.map(storable)}::text[])`;
  const kept = unjudged.map(
    (one) => sql`and not (path = any(${one.paths.map(storable)}::text[])
      and split_part(finding->>'rule', '/', 1) = ${one.scanner})`,
  );
  const scanner = sql`split_part(finding->>'rule', '/', 1)`;
  const ofThem = importKey
    ? sql`${scanner} = 'imported' and starts_with(fingerprint, ${importKey})`
    : of
      ? sql`${scanner} = any(${[...of]}::text[])`
      : sql`${scanner} <> all(${[...notOf, "imported"]}::text[])`;
  const { rows } = await sql<{ fingerprint: string }>`
    with deleted as (
      delete from occurrences where repository_id = ${repositoryId} and branch = ${branch} and ${inPaths} and ${ofThem}
        ${kept.length > 0 ? sql.join(kept, sql` `) : sql``}
      returning fingerprint)
    select distinct fingerprint from deleted`.execute(db);
  return new Set(rows.map((row) => row.fingerprint));
}

/** The paths of the findings must hold no occurrences but unjudged ones: delete them first. */
export async function insertOccurrences(
  db: Db,
  where: Branch,
  findings: readonly Finding[],
  silenced: readonly SilencedFinding[],
): Promise<void> {
  const ordinals = new Map<string, number>();
  const all = [...findings.map((finding) => ({ finding, skip: null })), ...silenced.map(withSkip)];
  const rows = all.map(({ finding, skip }) => {
    const path = pathOf(finding);
    const place = `${finding.fingerprint}\0${path}`;
    const ordinal = ordinals.get(place) ?? 0;
    ordinals.set(place, ordinal + 1);
    return { path, fingerprint: finding.fingerprint, ordinal, line: lineOf(finding), finding: json(finding), skip };
  });
  for (let start = 0; start < rows.length; start += batchSize) {
    const batch = rows.slice(start, start + batchSize);
    await sql`
      insert into occurrences (instance_id, repository_id, branch, path, fingerprint, ordinal, line, finding, skip)
      select ${where.instanceId}, ${where.repositoryId}, ${where.branch}, given.path, given.fingerprint, given.ordinal,
        given.line, given.finding::jsonb, given.skip::jsonb
      from unnest(
        ${batch.map((row) => row.path)}::text[],
        ${batch.map((row) => row.fingerprint)}::text[],
        ${batch.map((row) => row.ordinal)}::integer[],
        ${batch.map((row) => row.line)}::integer[],
        ${batch.map((row) => row.finding)}::text[],
        ${batch.map((row) => row.skip)}::text[]
      ) as given (path, fingerprint, ordinal, line, finding, skip)
      on conflict (repository_id, branch, path, fingerprint, ordinal) do update set
        line = excluded.line, finding = excluded.finding, skip = excluded.skip`.execute(db);
  }
}

function withSkip({ finding, reason, at }: SilencedFinding) {
  return { finding, skip: json({ reason, at }) };
}

/** All places of one fingerprint on a branch, in the order of path and line. */
export async function listOccurrences(
  db: Db,
  repositoryId: RepositoryId,
  branch: string,
  fingerprint: string,
): Promise<readonly Occurrence[]> {
  const rows = await db
    .selectFrom("occurrences")
    .select(["path", "line", "finding", "skip"])
    .where("repositoryId", "=", repositoryId)
    .where("branch", "=", branch)
    .where("fingerprint", "=", fingerprint)
    .orderBy("path")
    .orderBy("line")
    .orderBy("ordinal")
    .execute();
  return rows.map(withoutNulls);
}

/** What stands on a branch, each fingerprint once. */
export async function listFindings(db: Db, { repositoryId, branch }: Branch): Promise<readonly Finding[]> {
  const { rows } = await sql<{ finding: Finding }>`
    select distinct on (fingerprint) finding from occurrences
    where repository_id = ${repositoryId} and branch = ${branch} order by fingerprint, path, ordinal`.execute(db);
  return rows.map(({ finding }) => finding);
}
