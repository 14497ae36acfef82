/** What other scanners' files brought: one row for each tool and category of a branch or pull request, replaced by the next. */
import { sql } from "kysely";
import type { Finding } from "#model/finding.ts";
import type { ImportId, InstanceId, RepositoryId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Skip } from "#model/silenced-finding.ts";
import type { Db, ImportCounts, ImportProblem } from "../database.ts";
import type { Branch } from "../issues/occurrences.ts";
import { json } from "../json.ts";
import { newId } from "../new-id.ts";
import type { Page, Rows } from "../page.ts";
import { withinScope } from "../within-scope.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export type ImportRow = WithoutNulls<{
  id: ImportId;
  instanceId: InstanceId;
  repositoryId: RepositoryId;
  branch: string | null;
  number: number | null;
  key: string;
  tool: string;
  version: string | null;
  category: string;
  commit: string | null;
  at: Date;
  by: string;
  counts: ImportCounts;
  problems: readonly ImportProblem[];
}>;

/** A full ref name, or the number of a pull request. */
export type ImportTarget =
  | { readonly is: "branch"; readonly ref: string }
  | { readonly is: "pull-request"; readonly number: number };

export interface NewImport {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly target: ImportTarget;
  readonly key: string;
  readonly tool: string;
  readonly version?: string | undefined;
  readonly category: string;
  readonly commit?: string | undefined;
  readonly at: Date;
  readonly by: string;
  readonly counts: ImportCounts;
  readonly problems: readonly ImportProblem[];
}

/** In place of the former one of the same tool and category. */
export async function replaceImport(db: Db, given: NewImport): Promise<ImportRow> {
  const { instanceId, repositoryId, target, key, tool, version = null, category, commit = null, at, by } = given;
  const place = {
    branch: target.is === "branch" ? target.ref : null,
    number: target.is === "branch" ? null : target.number,
  };
  const row = { tool, version, commit, at, by, counts: json(given.counts), problems: json(given.problems) };
  const written = await db
    .insertInto("imports")
    .values({ id: newId<ImportId>(), instanceId, repositoryId, ...place, key, category, ...row })
    .onConflict((conflict) => conflict.columns(["repositoryId", "target", "key"]).doUpdateSet(row))
    .returning(columns)
    .executeTakeFirstOrThrow();
  return withoutNulls(written);
}

const columns = [
  "id",
  "instanceId",
  "repositoryId",
  "branch",
  "number",
  "key",
  "tool",
  "version",
  "category",
  "commit",
  "at",
  "by",
  "counts",
  "problems",
] as const;

export async function hasImport(
  db: Db,
  repositoryId: RepositoryId,
  target: ImportTarget,
  key: string,
): Promise<boolean> {
  const row = await db
    .selectFrom("imports")
    .select("id")
    .where("repositoryId", "=", repositoryId)
    .where("target", "=", target.is === "branch" ? target.ref : String(target.number))
    .where("key", "=", key)
    .executeTakeFirst();
  return row !== undefined;
}

export async function getImport(db: Db, scope: Scope, id: ImportId): Promise<ImportRow | undefined> {
  const row = await db
    .selectFrom("imports")
    .select(columns)
    .where("id", "=", id)
    .where(withinScope(scope, "instanceId"))
    .executeTakeFirst();
  return row && withoutNulls(row);
}

/** The newest first. */
export async function listImports(
  db: Db,
  scope: Scope,
  { repositoryId, offset, limit }: Page & { readonly repositoryId: RepositoryId },
): Promise<Rows<ImportRow>> {
  const all = db.selectFrom("imports").where("repositoryId", "=", repositoryId).where(withinScope(scope, "instanceId"));
  const rows = await all.select(columns).orderBy("at", "desc").orderBy("id").offset(offset).limit(limit).execute();
  const { total } = await all.select(({ fn }) => fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  return { rows: rows.map((row) => withoutNulls(row)), total: Number(total) };
}

export async function deleteImport(db: Db, id: ImportId): Promise<void> {
  await db.deleteFrom("imports").where("id", "=", id).execute();
}

/** What an import's former file brought to a branch. */
export async function importedOccurrences(
  db: Db,
  { repositoryId, branch }: Branch,
  key: string,
): Promise<readonly { readonly finding: Finding; readonly skip: Skip | null }[]> {
  const { rows } = await sql<{ finding: Finding; skip: Skip | null }>`
    select finding, skip from occurrences
    where repository_id = ${repositoryId} and branch = ${branch} and starts_with(fingerprint, ${key})
    order by path, line, ordinal`.execute(db);
  return rows;
}
