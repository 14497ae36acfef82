/** When the settings of organizations are looked at: every six hours, soon after they were connected, and after a change. */
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import type { Db } from "#store/database.ts";
import { notifyLive } from "#store/live.ts";
import { bringPostureForward, listDuePosture, setPostureDue } from "#store/posture/posture-runs.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askToJudgePosture } from "../jobs/ask.ts";

const minute = 60_000;
const betweenLooks = 6 * 60 * minute;
/** Whoever connects waits for scans; and a first look costs the most. */
const afterConnecting = 10 * minute;
const afterChange = 15 * minute;

/** Asks about those whose time has come. */
export async function askForDuePosture(app: Pick<App, "db" | "jobs" | "now">): Promise<void> {
  const now = app.now();
  const due = await listDuePosture(app.db, { now, newFrom: new Date(now.getTime() - afterConnecting) });
  for (const organization of due) {
    await inTransaction(app.db, async (tx) => {
      await askToJudgePosture(app, tx, organization);
      await putOff(tx, organization.id, now);
    });
  }
}

/** A person waits for it. */
export async function askForPosture(
  app: Pick<App, "db" | "jobs" | "now">,
  organization: { readonly id: OrganizationId; readonly instanceId: InstanceId },
): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    await askToJudgePosture(app, tx, organization, { isAwaited: true });
    await putOff(tx, organization.id, app.now());
    await notifyLive(tx, {
      is: "posture-changed",
      instanceId: organization.instanceId,
      organizationId: organization.id,
    });
  });
}

/** The next look is a whole turn away. */
export async function putOff(tx: Db, id: OrganizationId, now: Date): Promise<void> {
  await setPostureDue(tx, id, new Date(now.getTime() + betweenLooks));
}

/** Some pipeline is another one than it was. */
export async function lookSoon(tx: Db, id: OrganizationId, now: Date): Promise<void> {
  await bringPostureForward(tx, id, { now, restMilliseconds: afterChange });
}
