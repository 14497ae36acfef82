/** What the settings file of a branch allows, as the last scan read it: what is stored of the branch is judged under it. */
import { sql } from "kysely";
import type { Allow } from "#model/allow.ts";
import type { RepositoryId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import type { Branch } from "../issues/occurrences.ts";
import { json } from "../json.ts";

/** True if they are not what they were. Reasons are kept as given: secrets in them must be masked already. */
export async function replaceAllows(
  tx: Db,
  { instanceId, repositoryId, branch }: Branch,
  allows: readonly Allow[],
): Promise<boolean> {
  const { rows } =
    allows.length === 0
      ? await sql`
          delete from branch_allows where repository_id = ${repositoryId} and branch = ${branch} returning 1`.execute(
          tx,
        )
      : await sql`
          insert into branch_allows (instance_id, repository_id, branch, allows)
          values (${instanceId}, ${repositoryId}, ${branch}, ${json(allows)}::jsonb)
          on conflict (repository_id, branch) do update set allows = excluded.allows
            where branch_allows.allows <> excluded.allows
          returning 1`.execute(tx);
  return rows.length > 0;
}

/** With those whose day is over. */
export async function listAllows(db: Db, repositoryId: RepositoryId, branch: string): Promise<readonly Allow[]> {
  const row = await db
    .selectFrom("branchAllows")
    .select("allows")
    .where("repositoryId", "=", repositoryId)
    .where("branch", "=", branch)
    .executeTakeFirst();
  return row?.allows ?? [];
}
