/** What the source files of a branch import: evidence of which packages are used. */
import { sql } from "kysely";
import type { FileImports } from "#model/file-imports.ts";
import type { RepositoryId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import type { Branch } from "../issues/occurrences.ts";
import { storable } from "../json.ts";

const batchSize = 2_000;

/** True if some name came or went: then what is known of the use of packages may be another. */
export async function replaceImports(
  tx: Db,
  branch: Branch,
  { replaced, files }: { readonly replaced: "all" | readonly string[]; readonly files: readonly FileImports[] },
): Promise<boolean> {
  const { instanceId, repositoryId, branch: name } = branch;
  const isReplaced = replaced === "all" ? sql`true` : sql`path = any(${replaced.map(storable)}::text[])`;
  const { rows: before } = await sql<FileImports>`
    delete from source_imports where repository_id = ${repositoryId} and branch = ${name} and ${isReplaced}
    returning path, names`.execute(tx);
  const naming = files.filter(({ names }) => names.length > 0);
  for (let start = 0; start < naming.length; start += batchSize) {
    const batch = naming.slice(start, start + batchSize);
    await sql`
      insert into source_imports (instance_id, repository_id, branch, path, names)
      select ${instanceId}, ${repositoryId}, ${name}, given.path, string_to_array(given.names, e'\\x1f')
      from unnest(
        ${batch.map(({ path }) => storable(path))}::text[],
        ${batch.map(({ names }) => storable(names.join("\x1f")))}::text[]
      ) as given (path, names)`.execute(tx);
  }
  return differ(before, naming);
}

/** By file: a name that moves from production code into a test changes what is known, too. */
function differ(before: readonly FileImports[], after: readonly FileImports[]): boolean {
  if (before.length !== after.length) return true;
  const known = new Map(before.map(({ path, names }) => [path, names.join("\x1f")]));
  return after.some(({ path, names }) => known.get(storable(path)) !== storable(names.join("\x1f")));
}

export async function listImports(db: Db, repositoryId: RepositoryId, branch: string): Promise<readonly FileImports[]> {
  return db
    .selectFrom("sourceImports")
    .select(["path", "names"])
    .where("repositoryId", "=", repositoryId)
    .where("branch", "=", branch)
    .orderBy("path")
    .execute();
}
