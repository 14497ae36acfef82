/** What the files of a branch say that it depends on, unit by unit, and each package of it as a row that can be searched. */
import { sql } from "kysely";
import type { Ecosystem } from "#model/ecosystem.ts";
import type { RepositoryId } from "#model/ids.ts";
import type { Manifest, Relation } from "#model/package-manifest.ts";
import type { Db } from "../database.ts";
import type { Branch } from "../issues/occurrences.ts";
import { json, storable } from "../json.ts";

/** One unit of the tree scanner, with what it has read. */
export interface UnitManifests {
  /** Unique on a branch. */
  readonly unit: string;
  readonly manifests: readonly Manifest[];
  readonly packages: readonly StoredPackage[];
  /** Something of it could not be read. */
  readonly hasGaps: boolean;
}

/** A package of one version in one manifest. */
export interface StoredPackage {
  readonly manifest: string;
  readonly ecosystem: Ecosystem;
  /** The normalised name. */
  readonly key: string;
  readonly name: string;
  /** Empty if it is not known. */
  readonly version: string;
  readonly purl: string;
  readonly relation: Relation;
  readonly isDevelopment: boolean;
  readonly licenses: readonly string[];
  readonly path: string;
  readonly line: number;
}

const batchSize = 5_000;

/** `replaced` are units that are no more, or are read anew. */
export async function replaceManifests(
  tx: Db,
  branch: Branch,
  given: {
    readonly replaced: "all" | readonly string[];
    /** Units that could not be read now: what was known of them stands. */
    readonly kept?: readonly string[];
    readonly read: readonly UnitManifests[];
    readonly at: Date;
  },
): Promise<void> {
  const { replaced, kept = [], read, at } = given;
  const { instanceId, repositoryId, branch: name } = branch;
  const units = replaced === "all" ? "all" : [...new Set([...replaced, ...read.map(({ unit }) => unit)])];
  const known = await takeSince(tx, branch, units, kept);
  for (const { unit, manifests, hasGaps } of read) {
    const row = { instanceId, repositoryId, branch: name, unit: storable(unit), content: json(manifests) };
    await tx
      .insertInto("manifests")
      .values({ ...row, hasGaps, readAt: at })
      .execute();
  }
  await noteUnread(tx, branch, kept, at);
  const rows = read.flatMap(({ unit, packages }) => packages.map((one) => ({ ...one, unit })));
  const distinct = [...new Map(rows.map((row) => [`${row.unit}\0${nameOf(row)}`, row])).values()];
  for (let start = 0; start < distinct.length; start += batchSize) {
    await insertPackages(tx, branch, distinct.slice(start, start + batchSize), (row) => known.get(nameOf(row)) ?? at);
  }
}

/** What is known of them stands, but it is not all there is. */
async function noteUnread(
  tx: Db,
  { instanceId, repositoryId, branch }: Branch,
  units: readonly string[],
  at: Date,
): Promise<void> {
  await sql`
    insert into manifests (instance_id, repository_id, branch, unit, content, has_gaps, read_at)
    select ${instanceId}::uuid, ${repositoryId}::uuid, ${branch}, unit, '[]', true, ${at}::timestamptz
    from unnest(${units.map(storable)}::text[]) as unit
    on conflict (repository_id, branch, unit) do update set has_gaps = true`.execute(tx);
}

/** Whether something that says what the branch depends on could not be read. */
export async function hasManifestGaps(db: Db, repositoryId: RepositoryId, branch: string): Promise<boolean> {
  const row = await db
    .selectFrom("manifests")
    .select("unit")
    .where("repositoryId", "=", repositoryId)
    .where("branch", "=", branch)
    .where("hasGaps", "=", true)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Deletes the units; answers when each of their packages came in, so that reading a file again does not make it new. */
async function takeSince(
  tx: Db,
  { repositoryId, branch }: Branch,
  units: "all" | readonly string[],
  kept: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const isReplaced =
    units === "all" ? sql`unit <> all(${kept.map(storable)}::text[])` : sql`unit = any(${units.map(storable)}::text[])`;
  await sql`delete from manifests
    where repository_id = ${repositoryId} and branch = ${branch} and ${isReplaced}`.execute(tx);
  const { rows } = await sql<Pick<StoredPackage, "manifest" | "ecosystem" | "key" | "version"> & { since: Date }>`
    delete from packages where repository_id = ${repositoryId} and branch = ${branch} and ${isReplaced}
    returning manifest, ecosystem, key, version, since`.execute(tx);
  return new Map(rows.map((row) => [nameOf(row), row.since]));
}

type Row = StoredPackage & { readonly unit: string };

async function insertPackages(
  tx: Db,
  { instanceId, repositoryId, branch }: Branch,
  rows: readonly Row[],
  sinceOf: (row: Row) => Date,
): Promise<void> {
  const texts = (of: (row: Row) => string) => sql`${rows.map((row) => storable(of(row)))}::text[]`;
  await sql`
    insert into packages (instance_id, repository_id, branch, unit, manifest, ecosystem, key, name, search_text, version,
      purl, relation, is_development, licenses, path, line, since)
    select ${instanceId}, ${repositoryId}, ${branch}, given.unit, given.manifest, given.ecosystem, given.key, given.name,
      lower(given.name), given.version, given.purl, given.relation, given.is_development,
      coalesce((select array_agg(one) from jsonb_array_elements_text(given.licenses::jsonb) as one), '{}'),
      given.path, given.line, given.since
    from unnest(
      ${texts((row) => row.unit)}, ${texts((row) => row.manifest)}, ${texts((row) => row.ecosystem)},
      ${texts((row) => row.key)}, ${texts((row) => row.name)}, ${texts((row) => row.version)},
      ${texts((row) => row.purl)}, ${texts((row) => row.relation)},
      ${rows.map((row) => row.isDevelopment)}::boolean[], ${rows.map((row) => json(row.licenses))}::text[],
      ${texts((row) => row.path)}, ${rows.map((row) => row.line)}::integer[],
      ${rows.map((row) => sinceOf(row))}::timestamptz[]
    ) as given (unit, manifest, ecosystem, key, name, version, purl, relation, is_development, licenses, path, line, since)
  `.execute(tx);
}

function nameOf({
  manifest,
  ecosystem,
  key,
  version,
}: Pick<Row, "manifest" | "ecosystem" | "key" | "version">): string {
  return `${manifest}\0${ecosystem}\0${key}\0${version}`;
}

/** All manifests of a branch, in a stable order. */
export async function listManifests(db: Db, repositoryId: RepositoryId, branch: string): Promise<readonly Manifest[]> {
  const rows = await db
    .selectFrom("manifests")
    .select("content")
    .where("repositoryId", "=", repositoryId)
    .where("branch", "=", branch)
    .orderBy("unit")
    .execute();
  return rows.flatMap(({ content }) => content);
}

/** Branches that depend on anything, of all repositories that are watched, or of those named. Nobody asks about others. */
export async function branchesWithManifests(db: Db, named?: readonly RepositoryId[]): Promise<readonly Branch[]> {
  return db
    .selectFrom("manifests")
    .innerJoin("repositories", "repositories.id", "manifests.repositoryId")
    .select(["manifests.instanceId", "manifests.repositoryId", "manifests.branch"])
    .where("repositories.chosen", "=", true)
    .where("repositories.goneAt", "is", null)
    .$if(named !== undefined, (query) => query.where("manifests.repositoryId", "in", [...(named ?? [])]))
    .distinct()
    .orderBy("manifests.repositoryId")
    .orderBy("manifests.branch")
    .execute();
}
