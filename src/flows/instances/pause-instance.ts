/**
 * A person stops an instance for a while. Nothing is scanned, posted or asked then; deliveries are stored and not acted on,
 * and what they told of is found when it goes on.
 */
import type { InstanceId } from "#model/ids.ts";
import type { Db } from "#store/database.ts";
import { lockInstance, setInstanceState, setPaused } from "#store/instances/instances.ts";
import { listOrganizations } from "#store/instances/organizations.ts";
import { notifyLive } from "#store/live.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askForSync } from "../jobs/ask.ts";
import { reason, refreshReasons } from "./instance-reasons.ts";

type Pauser = Pick<App, "db" | "jobs" | "now">;

/** False if there is no such instance, or if it is paused or being deleted. */
export async function pauseInstance(app: Pauser, id: InstanceId, by: string): Promise<boolean> {
  return inTransaction(app.db, async (tx) => {
    const instance = await lockInstance(tx, id);
    if (!instance || instance.state === "disabled") return false;
    const now = app.now();
    await setPaused(tx, id, { by, at: now });
    const paused = {
      code: "paused",
      level: "notice",
      cause: `${by} has paused this instance.`,
      affects: "Nothing is scanned, posted or asked. Deliveries are stored, and what they tell of is looked up later.",
      remedy: "Resume it; everything that happened meanwhile is caught up with.",
      action: "resume",
    } as const;
    await setInstanceState(tx, id, "disabled", [reason(paused, now)]);
    await tellOf(tx, { id, name: instance.name, by, action: "instance-paused", now });
    return true;
  });
}

/** False if it is not paused. */
export async function resumeInstance(app: Pauser, id: InstanceId, by: string): Promise<boolean> {
  return inTransaction(app.db, async (tx) => {
    const instance = await lockInstance(tx, id);
    if (!instance?.pausedAt) return false;
    await setPaused(tx, id, undefined);
    await refreshReasons(app, tx, id);
    const now = app.now();
    for (const organization of await listOrganizations(tx, id)) {
      await askForSync(app, tx, organization, { lookedSince: now });
    }
    await tellOf(tx, { id, name: instance.name, by, action: "instance-resumed", now });
    return true;
  });
}

async function tellOf(
  tx: Db,
  about: {
    readonly id: InstanceId;
    readonly name: string;
    readonly by: string;
    readonly action: "instance-paused" | "instance-resumed";
    readonly now: Date;
  },
): Promise<void> {
  const { id, name, by, action, now } = about;
  await insertAuditEvent(tx, { actor: by, action, subject: name, instanceId: id, at: now });
  await notifyLive(tx, { is: "instance-changed", instanceId: id });
}
