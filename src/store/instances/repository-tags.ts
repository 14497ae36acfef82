/** Where a repository is, as policies ask: its name, its project, and how people tag it here. */
import { sql } from "kysely";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Db } from "../database.ts";
import { withinScope } from "../within-scope.ts";
import { withoutNulls } from "../without-nulls.ts";
import { scoreRepositoryAgain } from "./repository-owners.ts";

export interface RepositoryPlace {
  readonly instanceId: InstanceId;
  readonly project: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly defaultBranch?: string;
  /** Branches on which a policy of Azure DevOps blocks by our status. */
  readonly protectedRefs: readonly string[];
}

export async function getRepositoryPlace(db: Db, id: RepositoryId): Promise<RepositoryPlace | undefined> {
  const { rows } = await sql<RepositoryPlace & { readonly defaultBranch: string | null }>`
    select r.instance_id, p.name as project, r.name, r.tags, r.default_branch,
      array(select g.ref from gates g where g.repository_id = r.id and g.state = 'effective') as protected_refs
    from repositories r join projects p on p.id = r.project_id where r.id = ${id}`.execute(db);
  return rows[0] && withoutNulls<RepositoryPlace>(rows[0]);
}

/** Urgency asks for tags as well: all issues of the repository are scored again. */
export async function setRepositoryTags(tx: Db, id: RepositoryId, tags: readonly string[]): Promise<void> {
  await tx.updateTable("repositories").set({ tags }).where("id", "=", id).execute();
  await scoreRepositoryAgain(tx, id);
}

/** Every tag in use, in alphabetical order. */
export async function listTags(db: Db, scope: Scope): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("repositories")
    .select("tags")
    .distinct()
    .where(withinScope(scope, "instanceId"))
    .execute();
  return [...new Set(rows.flatMap(({ tags }) => tags))].sort();
}
