/** Tries of all hooks of an instance: a test notification for each, and whether it arrived. */
import type { InstanceId } from "#model/ids.ts";
import type { Db, HookValidationResult } from "../database.ts";
import { json } from "../json.ts";
import { newId } from "../new-id.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export type HookValidation = WithoutNulls<{
  id: string;
  instanceId: InstanceId;
  startedBy: string;
  startedAt: Date;
  finishedAt: Date | null;
  results: readonly HookValidationResult[];
}>;

export async function insertValidation(
  db: Db,
  validation: { readonly instanceId: InstanceId; readonly startedBy: string; readonly startedAt: Date },
): Promise<string> {
  const id = newId();
  await db
    .insertInto("hookValidations")
    .values({ id, ...validation, results: json([]) })
    .execute();
  return id;
}

export async function saveValidation(
  db: Db,
  id: string,
  state: { readonly results: readonly HookValidationResult[]; readonly finishedAt?: Date },
): Promise<void> {
  await db
    .updateTable("hookValidations")
    .set({ results: json(state.results), ...(state.finishedAt ? { finishedAt: state.finishedAt } : {}) })
    .where("id", "=", id)
    .execute();
}

export async function getValidation(db: Db, id: string): Promise<HookValidation | undefined> {
  const row = await db.selectFrom("hookValidations").selectAll().where("id", "=", id).executeTakeFirst();
  return row && withoutNulls(row);
}

export async function latestValidation(db: Db, instanceId: InstanceId): Promise<HookValidation | undefined> {
  const row = await db
    .selectFrom("hookValidations")
    .selectAll()
    .where("instanceId", "=", instanceId)
    .orderBy("startedAt", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && withoutNulls(row);
}
