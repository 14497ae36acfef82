/** Every set of policies that ever decided, by a hash of its content: a verdict can be reached again long after. */
import type { InstanceId } from "#model/ids.ts";
import type { Policy } from "#model/policy.ts";
import type { Db } from "../database.ts";
import { json } from "../json.ts";

export async function keepPolicySet(
  db: Db,
  set: {
    readonly instanceId: InstanceId;
    readonly version: string;
    readonly policies: readonly Policy[];
    readonly since: Date;
  },
): Promise<void> {
  await db
    .insertInto("policySets")
    .values({ ...set, policies: json(set.policies) })
    .onConflict((conflict) => conflict.columns(["instanceId", "version"]).doNothing())
    .execute();
}

export async function getPolicySet(
  db: Db,
  instanceId: InstanceId,
  version: string,
): Promise<readonly Policy[] | undefined> {
  const row = await db
    .selectFrom("policySets")
    .select("policies")
    .where("instanceId", "=", instanceId)
    .where("version", "=", version)
    .executeTakeFirst();
  return row?.policies;
}
