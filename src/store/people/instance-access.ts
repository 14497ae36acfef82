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

export async function scopeOf(db: Db, user: { readonly id: UserId; readonly role: Role }): Promise<Scope> {
  if (user.role === "administrator") return { is: "everything" };
  const rows = await db.selectFrom("instanceAccess").select("instanceId").where("userId", "=", user.id).execute();
  return { is: "instances", ids: rows.map((row) => row.instanceId) };
}
