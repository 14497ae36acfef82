/** Filters of the list of issues that people keep under a name, for themselves or for everybody who may see the instance. */
import { sql } from "kysely";
import type { InstanceId, UserId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Db, SavedQuery } from "../database.ts";
import { json } from "../json.ts";
import { newId } from "../new-id.ts";
import { withinScope } from "../within-scope.ts";

export interface SavedView {
  readonly id: string;
  /** Null: over all instances that its reader may see. */
  readonly instanceId: InstanceId | null;
  readonly userId: UserId;
  readonly userName: string;
  readonly name: string;
  readonly query: SavedQuery;
  readonly shared: boolean;
}

/** One's own and those that others share, by name. */
export async function listSavedViews(db: Db, scope: Scope, reader: UserId): Promise<readonly SavedView[]> {
  return db
    .selectFrom("savedViews as v")
    .innerJoin("users as u", "u.id", "v.userId")
    .select(["v.id", "v.instanceId", "v.userId", "u.name as userName", "v.name", "v.query", "v.shared"])
    .where(sql<boolean>`(v.user_id = ${reader} or v.shared)`)
    .where(sql<boolean>`(v.instance_id is null or ${withinScope(scope, "v.instance_id")})`)
    .orderBy("v.name")
    .orderBy("v.id")
    .execute();
}

export async function insertSavedView(
  db: Db,
  view: Omit<SavedView, "id" | "userName"> & { readonly createdAt: Date },
): Promise<string> {
  const id = newId<string>();
  await db
    .insertInto("savedViews")
    .values({ ...view, id, query: json(view.query) })
    .execute();
  return id;
}

/** False if there is none, or it is somebody else's. */
export async function deleteSavedView(db: Db, id: string, owner: UserId): Promise<boolean> {
  const done = await db.deleteFrom("savedViews").where("id", "=", id).where("userId", "=", owner).executeTakeFirst();
  return done.numDeletedRows > 0n;
}
