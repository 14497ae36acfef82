/** What people made of policies in the console: those they wrote, and which of the built-in ones they switched. */
import type { InstanceId } from "#model/ids.ts";
import type { Policy } from "#model/policy.ts";
import type { Db } from "../database.ts";
import { json } from "../json.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

/** `enabled` of the row counts, not that of the content. */
export type StoredPolicy = WithoutNulls<{
  instanceId: InstanceId;
  id: string;
  /** Null: a built-in policy, as it comes. */
  content: Policy | null;
  enabled: boolean;
  /** Counts the changes, from 1. */
  version: number;
  changedBy: string;
  changedAt: Date;
}>;

export async function listStoredPolicies(db: Db, instanceId: InstanceId): Promise<readonly StoredPolicy[]> {
  const rows = await db.selectFrom("policies").selectAll().where("instanceId", "=", instanceId).orderBy("id").execute();
  return rows.map(withoutNulls);
}

export async function savePolicy(db: Db, policy: Omit<StoredPolicy, "version">): Promise<void> {
  const { instanceId, id, content, enabled, changedBy, changedAt } = policy;
  const change = { content: content ? json(content) : null, enabled, changedBy, changedAt };
  await db
    .insertInto("policies")
    .values({ instanceId, id, ...change })
    .onConflict((conflict) =>
      conflict
        .columns(["instanceId", "id"])
        .doUpdateSet((update) => ({ ...change, version: update("policies.version", "+", 1) })),
    )
    .execute();
}

/** False if there was none. */
export async function deletePolicy(db: Db, instanceId: InstanceId, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom("policies")
    .where("instanceId", "=", instanceId)
    .where("id", "=", id)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}
