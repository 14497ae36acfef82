/** People weigh urgency otherwise, or give other times; issues follow batch by batch. */
import type { InstanceId } from "#model/ids.ts";
import type { SlaDays } from "#model/sla.ts";
import { parseUrgencySettings } from "#scan/urgency/parse-urgency-settings.ts";
import { saveSlaSettings } from "#store/issues/sla-settings.ts";
import { findUrgencySettings, saveUrgencySettings } from "#store/issues/urgency-settings.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askToScoreIssues } from "../jobs/ask.ts";

export type ChangedUrgency =
  | { readonly is: "saved" }
  | { readonly is: "mistakes"; readonly mistakes: readonly { readonly line: number; readonly message: string }[] };

export async function changeUrgencySettings(
  app: Pick<App, "db" | "jobs" | "now">,
  { instanceId, text, by }: { readonly instanceId: InstanceId; readonly text: string; readonly by: string },
): Promise<ChangedUrgency> {
  const parsed = parseUrgencySettings(text);
  if (parsed.is === "mistakes") return parsed;
  await inTransaction(app.db, async (tx) => {
    await saveUrgencySettings(tx, { instanceId, text, changedBy: by, changedAt: app.now() });
    await askToScoreIssues(app, tx);
  });
  return { is: "saved" };
}

export async function changeSlaDays(
  app: Pick<App, "db" | "jobs" | "now">,
  { instanceId, days, by }: { readonly instanceId: InstanceId; readonly days: SlaDays; readonly by: string },
): Promise<void> {
  const [changedBy, changedAt] = [by, app.now()];
  await inTransaction(app.db, async (tx) => {
    await saveSlaSettings(tx, instanceId, { days, changedBy, changedAt });
    // Due dates come to the issues with their scores, in the same walk.
    const weighed = await findUrgencySettings(tx, instanceId);
    await saveUrgencySettings(tx, weighed ?? { instanceId, text: "", changedBy, changedAt });
    await askToScoreIssues(app, tx);
  });
}
