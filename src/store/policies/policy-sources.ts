/** Policies as code: the repository and folder that an instance's policies are read from, and what was read there last. */
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import type { Policy } from "#model/policy.ts";
import type { Db } from "../database.ts";
import { json } from "../json.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

/** A mistake in a file of policies. */
export interface PolicyMistake {
  readonly path: string;
  readonly line?: number;
  readonly message: string;
}

export type PolicySourceRow = WithoutNulls<{
  instanceId: InstanceId;
  repositoryId: RepositoryId;
  ref: string;
  /** Empty: the whole repository. */
  folder: string;
  changedBy: string;
  changedAt: Date;
  /** What was read last, with mistakes or without. */
  readCommit: string | null;
  readAt: Date | null;
  problems: readonly PolicyMistake[];
  /** Of the last commit without mistakes; null: there was none yet. */
  policies: readonly Policy[] | null;
  policiesCommit: string | null;
}>;

export async function getPolicySource(db: Db, instanceId: InstanceId): Promise<PolicySourceRow | undefined> {
  const row = await db.selectFrom("policySources").selectAll().where("instanceId", "=", instanceId).executeTakeFirst();
  return row && withoutNulls(row);
}

/** Instances whose policies are in this repository. */
export async function listPolicySources(
  db: Db,
  repositoryId: RepositoryId,
): Promise<readonly Pick<PolicySourceRow, "instanceId">[]> {
  return db.selectFrom("policySources").select("instanceId").where("repositoryId", "=", repositoryId).execute();
}

/** What was read before stays in force until the new place is read without mistakes. */
export async function savePolicySource(
  db: Db,
  source: Pick<PolicySourceRow, "instanceId" | "repositoryId" | "ref" | "folder" | "changedBy" | "changedAt">,
): Promise<void> {
  const { instanceId, ...given } = source;
  await db
    .insertInto("policySources")
    .values({ instanceId, ...given, problems: json([]) })
    .onConflict((conflict) =>
      conflict.column("instanceId").doUpdateSet({ ...given, problems: json([]), readCommit: null, readAt: null }),
    )
    .execute();
}

export async function deletePolicySource(db: Db, instanceId: InstanceId): Promise<boolean> {
  const result = await db.deleteFrom("policySources").where("instanceId", "=", instanceId).executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Without policies there were mistakes, and those of before stay. False if people chose another place while it was read. */
export async function setPoliciesRead(
  db: Db,
  place: Pick<PolicySourceRow, "instanceId" | "repositoryId" | "ref" | "folder">,
  read: {
    readonly commit: string;
    readonly at: Date;
    readonly problems: readonly PolicyMistake[];
    readonly policies?: readonly Policy[];
  },
): Promise<boolean> {
  const { commit, at, problems, policies } = read;
  const result = await db
    .updateTable("policySources")
    .set({
      readCommit: commit,
      readAt: at,
      problems: json(problems),
      ...(policies && { policies: json(policies), policiesCommit: commit }),
    })
    .where("instanceId", "=", place.instanceId)
    .where("repositoryId", "=", place.repositoryId)
    .where("ref", "=", place.ref)
    .where("folder", "=", place.folder)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
