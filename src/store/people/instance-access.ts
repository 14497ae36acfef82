/** Which instances a member may see; an administrator sees everything. */
import type { InstanceId, UserId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Db, Role } from "../database.ts";

export async function grantAccess(db: Db, userId: UserId, instanceId: InstanceId): Promise<void> {
  await db
    .insertInto("instanceAccess")
    .values({ userId, instanceId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function revokeAccess(db: Db, userId: UserId, instanceId: InstanceId): Promise<void> {
  await db.deleteFrom("instanceAccess").where("userId", "=", userId).where("instanceId", "=", instanceId).execute();
}

/** Whatever was given before. */
export async function setAccess(db: Db, userId: UserId, instanceIds: readonly InstanceId[]): Promise<void> {
  await db.deleteFrom("instanceAccess").where("userId", "=", userId).execute();
  for (const id of instanceIds) await grantAccess(db, userId, id);
}

/** Of all members. */
export async function listAccess(db: Db): Promise<ReadonlyMap<UserId, readonly InstanceId[]>> {
  const rows = await db.selectFrom("instanceAccess").select(["userId", "instanceId"]).orderBy("instanceId").execute();
  const byUser = Map.groupBy(rows, ({ userId }) => userId);
  return new Map([...byUser].map(([userId, given]) => [userId, given.map(({ instanceId }) => instanceId)]));
}

export async function scopeOf(db: Db, user: { readonly id: UserId; readonly role: Role }): Promise<Scope> {
  if (user.role === "administrator") return { is: "everything" };
  const rows = await db.selectFrom("instanceAccess").select("instanceId").where("userId", "=", user.id).execute();
  return { is: "instances", ids: rows.map((row) => row.instanceId) };
}
