/** Rules that people switched off or graded otherwise, per instance. They hold when results are read: nothing is scanned again. */
import type { InstanceId } from "#model/ids.ts";
import type { RuleSettings } from "#model/rule-setting.ts";
import type { Scope } from "#model/scope.ts";
import type { Severity } from "#model/severity.ts";
import type { Db } from "../database.ts";
import { withinScope } from "../within-scope.ts";
import { type WithoutNulls, withoutNulls } from "../without-nulls.ts";

export type RuleSettingRow = WithoutNulls<{
  instanceId: InstanceId;
  ruleId: string;
  enabled: boolean;
  severity: Severity | null;
  changedBy: string;
  changedAt: Date;
}>;

const columns = ["instanceId", "ruleId", "enabled", "severity", "changedBy", "changedAt"] as const;

/** The row stays when everything is as the rule has it: it tells who put it back. */
export async function saveRuleSetting(db: Db, row: RuleSettingRow): Promise<void> {
  const { enabled, severity = null, changedBy, changedAt } = row;
  const change = { enabled, severity, changedBy, changedAt };
  await db
    .insertInto("ruleSettings")
    .values({ instanceId: row.instanceId, ruleId: row.ruleId, ...change })
    .onConflict((conflict) => conflict.columns(["instanceId", "ruleId"]).doUpdateSet(change))
    .execute();
}

export async function getRuleSetting(
  db: Db,
  instanceId: InstanceId,
  ruleId: string,
): Promise<RuleSettingRow | undefined> {
  const row = await db
    .selectFrom("ruleSettings")
    .select(columns)
    .where("instanceId", "=", instanceId)
    .where("ruleId", "=", ruleId)
    .executeTakeFirst();
  return row && withoutNulls(row);
}

/** Of all instances in the scope. */
export async function listRuleSettings(db: Db, scope: Scope): Promise<readonly RuleSettingRow[]> {
  const rows = await db
    .selectFrom("ruleSettings")
    .select(columns)
    .where(withinScope(scope, "instanceId"))
    .orderBy("ruleId")
    .orderBy("instanceId")
    .execute();
  return rows.map(withoutNulls);
}

/** Of one instance, for its findings. */
export async function findRuleSettings(db: Db, instanceId: InstanceId): Promise<RuleSettings> {
  const rows = await listRuleSettings(db, { is: "instances", ids: [instanceId] });
  return new Map(rows.map((row) => [row.ruleId, row]));
}
