/** How an instance, or one of its projects, wants its work items. Without a row they are as `defaultWorkItemSettings` says. */
import { sql } from "kysely";
import type { InstanceId, ProjectId } from "#model/ids.ts";
import { defaultWorkItemSettings, type WorkItemSettings } from "#model/work-item.ts";
import type { Db } from "../database.ts";
import { json } from "../json.ts";

export interface WorkItemSettingsRow {
  readonly settings: WorkItemSettings;
  /** Whether the project has its own; otherwise they are the instance's. */
  readonly isOfProject: boolean;
  readonly changedBy?: string;
  readonly changedAt?: Date;
}

export async function getWorkItemSettings(
  db: Db,
  instanceId: InstanceId,
  projectId?: ProjectId,
): Promise<WorkItemSettingsRow> {
  const row = await db
    .selectFrom("workItemSettings")
    .selectAll()
    .where("instanceId", "=", instanceId)
    .where((or) => or.or([or("projectId", "is", null), ...(projectId ? [or("projectId", "=", projectId)] : [])]))
    .orderBy(sql`project_id is null`)
    .executeTakeFirst();
  if (!row) return { settings: defaultWorkItemSettings, isOfProject: false };
  const { content, changedBy, changedAt } = row;
  const settings = { ...defaultWorkItemSettings, ...content };
  return { settings, isOfProject: row.projectId !== null, changedBy, changedAt };
}

/** Without settings the project goes with its instance again. */
export async function saveWorkItemSettings(
  db: Db,
  of: { readonly instanceId: InstanceId; readonly projectId?: ProjectId | undefined },
  change: { readonly settings: WorkItemSettings | undefined; readonly by: string; readonly at: Date },
): Promise<void> {
  const { instanceId, projectId = null } = of;
  const { settings, by, at } = change;
  await db
    .deleteFrom("workItemSettings")
    .where("instanceId", "=", instanceId)
    .where("projectId", projectId === null ? "is" : "=", projectId)
    .execute();
  if (!settings) return;
  const row = { instanceId, projectId, content: json(settings), changedBy: by, changedAt: at };
  await db.insertInto("workItemSettings").values(row).execute();
}
