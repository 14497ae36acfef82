/**
 * Where the secrets of a repository stand or stood, on any branch, at any time. What was seen once stays, also when a
 * history is rewritten: whoever read it before knows it. Only a scanner that sees it differently takes it back.
 */
import { sql } from "kysely";
import type { Finding } from "#model/finding.ts";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { Skip } from "#model/silenced-finding.ts";
import type { Db } from "../database.ts";
import { json, storable } from "../json.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";
import { type Branch, lineOf, pathOf } from "./occurrences.ts";

export interface PlaceInHistory {
  readonly finding: Finding;
  /** What silences it there. */
  readonly skip?: Skip | undefined;
}

export type HistoryOccurrence = WithoutNulls<{
  path: string;
  line: number;
  finding: Finding;
  skip: Skip | null;
  introducedAt: Date | null;
}>;

const batchSize = 5_000;

/**
 * Replaces the places of each secret that is given; those of others stay. Of a history that was not read to its end only
 * those in the given files are replaced: the others may be what was not read.
 */
export async function writeHistoryOccurrences(
  tx: Db,
  where: { readonly instanceId: InstanceId; readonly repositoryId: RepositoryId },
  places: readonly PlaceInHistory[],
  { scannerVersion, isWhole }: { readonly scannerVersion: string; readonly isWhole: boolean },
): Promise<void> {
  const distinct = new Map(places.map((place) => [keyOf(place), rowOf(place)]));
  const rows = [...distinct.values()];
  const fingerprints = rows.map((row) => row.fingerprint);
  const given = isWhole
    ? sql`fingerprint = any(${[...new Set(fingerprints)]}::text[])`
    : sql`(fingerprint, path) in (
        select * from unnest(${fingerprints}::text[], ${rows.map((row) => row.path)}::text[]))`;
  await sql`delete from history_occurrences where repository_id = ${where.repositoryId} and ${given}`.execute(tx);
  for (let start = 0; start < rows.length; start += batchSize) {
    const batch = rows.slice(start, start + batchSize);
    await sql`
      insert into history_occurrences (instance_id, repository_id, fingerprint, path, line, finding, skip, introduced_at,
        scanner_version)
      select ${where.instanceId}, ${where.repositoryId}, given.fingerprint, given.path, given.line, given.finding::jsonb,
        given.skip::jsonb, given.introduced_at, ${scannerVersion}
      from unnest(
        ${batch.map((row) => row.fingerprint)}::text[], ${batch.map((row) => row.path)}::text[],
        ${batch.map((row) => row.line)}::integer[], ${batch.map((row) => row.finding)}::text[],
        ${batch.map((row) => row.skip)}::text[], ${batch.map((row) => row.introducedAt)}::timestamptz[]
      ) as given (fingerprint, path, line, finding, skip, introduced_at)`.execute(tx);
  }
}

function keyOf({ finding }: PlaceInHistory): string {
  return [finding.fingerprint, pathOf(finding), lineOf(finding) ?? 0].join("\0");
}

function rowOf({ finding, skip }: PlaceInHistory) {
  const introduced = new Date(finding.origin?.at ?? "");
  return {
    fingerprint: finding.fingerprint,
    path: pathOf(finding),
    line: lineOf(finding) ?? 0,
    finding: json(finding),
    skip: skip ? json(skip) : null,
    introducedAt: Number.isNaN(introduced.getTime()) ? null : introduced,
  };
}

/**
 * Before occurrences of a branch are replaced: secrets that the branch will not hold any more were there, and that
 * stays known until its history is read. `scannerVersion` is empty where it is not the scanner of now that found them.
 */
export async function keepInHistory(
  tx: Db,
  { repositoryId, branch }: Branch,
  leaving: { readonly paths: "all" | readonly string[]; readonly stay: ReadonlySet<string>; readonly version: string },
): Promise<void> {
  const { paths, stay, version } = leaving;
  const inPaths = paths === "all" ? sql`true` : sql`o.path = any(${paths.map(storable)}::text[])`;
  await sql`
    insert into history_occurrences (instance_id, repository_id, fingerprint, path, line, finding, skip, scanner_version)
    select distinct on (o.fingerprint, o.path) o.instance_id, o.repository_id, o.fingerprint, o.path,
      coalesce(o.line, 0), o.finding, o.skip, ${version}
    from occurrences o
    where o.repository_id = ${repositoryId} and o.branch = ${branch} and ${inPaths}
      and o.finding->>'rule' like 'secrets/%' and o.fingerprint <> all(${[...stay]}::text[])
      and not exists (select 1 from history_occurrences h where h.repository_id = o.repository_id
        and h.fingerprint = o.fingerprint and h.path = o.path)
    order by o.fingerprint, o.path, o.line
    on conflict do nothing`.execute(tx);
}

/** After a history was read to its end: secrets that it did not find, though another scanner did. Gives them. */
export async function dropUnseen(
  tx: Db,
  repositoryId: RepositoryId,
  seen: ReadonlySet<string>,
  scannerVersion: string,
): Promise<readonly string[]> {
  const { rows } = await sql<{ fingerprint: string }>`
    delete from history_occurrences where repository_id = ${repositoryId} and scanner_version <> ${scannerVersion}
      and fingerprint <> all(${[...seen]}::text[])
    returning fingerprint`.execute(tx);
  return [...new Set(rows.map(({ fingerprint }) => fingerprint))];
}

/** All secrets that the repository has or had, as far as its history was read. */
export async function fingerprintsInHistory(db: Db, repositoryId: RepositoryId): Promise<readonly string[]> {
  const { rows } = await sql<{ fingerprint: string }>`
    select distinct fingerprint from history_occurrences where repository_id = ${repositoryId}`.execute(db);
  return rows.map(({ fingerprint }) => fingerprint);
}

/** Places of one secret in a repository, in the order in which they came into it. */
export async function listHistoryOccurrences(
  db: Db,
  repositoryId: RepositoryId,
  fingerprint: string,
): Promise<readonly HistoryOccurrence[]> {
  const rows = await db
    .selectFrom("historyOccurrences")
    .select(["path", "line", "finding", "skip", "introducedAt"])
    .where("repositoryId", "=", repositoryId)
    .where("fingerprint", "=", fingerprint)
    .orderBy("introducedAt")
    .orderBy("path")
    .orderBy("line")
    .execute();
  return rows.map(withoutNulls);
}
