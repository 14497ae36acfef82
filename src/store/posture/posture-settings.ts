/** Whether an instance looks at settings, and by which measure; what people did not decide counts as usual. */
import type { InstanceId } from "#model/ids.ts";
import type { Db } from "../database.ts";
import { json } from "../json.ts";

export interface PostureSettingsRow {
  readonly instanceId: InstanceId;
  readonly enabled: boolean;
  readonly usesPortal: boolean;
  /** As it was checked when it was saved; a later version may know more. */
  readonly settings: unknown;
  readonly changedBy: string;
  readonly changedAt: Date;
}

export async function savePostureSettings(db: Db, row: PostureSettingsRow): Promise<void> {
  const { instanceId, ...rest } = row;
  const values = { ...rest, settings: json(row.settings) };
  await db
    .insertInto("postureSettings")
    .values({ instanceId, ...values })
    .onConflict((conflict) => conflict.column("instanceId").doUpdateSet(values))
    .execute();
}

export async function findPostureSettings(db: Db, instanceId: InstanceId): Promise<PostureSettingsRow | undefined> {
  return db.selectFrom("postureSettings").selectAll().where("instanceId", "=", instanceId).executeTakeFirst();
}
