/** The file of a repository that says who owns which paths, as its scanned branch had it last. */
import { sql } from "kysely";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Db } from "../database.ts";
import { json, storable } from "../json.ts";
import { withinScope } from "../within-scope.ts";

export interface RepositoryOwners {
  readonly path: string;
  readonly text: string;
  readonly problems: readonly { readonly line: number; readonly message: string }[];
  readonly readAt: Date;
}

export async function findRepositoryOwners(
  db: Db,
  scope: Scope,
  repositoryId: RepositoryId,
): Promise<RepositoryOwners | undefined> {
  return db
    .selectFrom("repositoryOwners")
    .select(["path", "text", "problems", "readAt"])
    .where("repositoryId", "=", repositoryId)
    .where(withinScope(scope, "instanceId"))
    .executeTakeFirst();
}

/** Undefined: it has none. If that is another file than before, all issues of the repository are scored again. */
export async function saveRepositoryOwners(
  tx: Db,
  { id: repositoryId, instanceId }: { readonly id: RepositoryId; readonly instanceId: InstanceId },
  owners: RepositoryOwners | undefined,
): Promise<void> {
  const before = await findRepositoryOwners(tx, { is: "everything" }, repositoryId);
  if (before?.text === owners?.text && before?.path === owners?.path) return;
  await tx.deleteFrom("repositoryOwners").where("repositoryId", "=", repositoryId).execute();
  if (owners) {
    const { path, text, problems, readAt } = owners;
    const row = { repositoryId, instanceId, path, text: storable(text), problems: json(problems), readAt };
    await tx.insertInto("repositoryOwners").values(row).execute();
  }
  await scoreRepositoryAgain(tx, repositoryId);
}

/** Something that all issues of a repository are scored by is not what it was. */
export async function scoreRepositoryAgain(tx: Db, repositoryId: RepositoryId): Promise<void> {
  await sql`update issues set score_at = '-infinity' where repository_id = ${repositoryId} and state <> 'fixed'`.execute(
    tx,
  );
}
