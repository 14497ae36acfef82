/** An instance's state follows from its reasons; each reason begins with the name of the organization it is about. */
import type { InstanceId } from "#model/ids.ts";
import type { InstanceState, StateReason } from "#model/instance.ts";
import type { Db } from "#store/database.ts";
import { getInstance, setInstanceState } from "#store/instances.ts";
import { notifyLive } from "#store/live.ts";
import { listOrganizations } from "#store/organizations.ts";

/** Reasons that stop everything; the others leave most things working. */
const errors: readonly string[] = ["signed-out", "forbidden", "organization-missing"];

/** Puts an organization's reasons in the place of its former ones; what was said of other organizations stays. */
export async function replaceReasons(
  tx: Db,
  about: { readonly instanceId: InstanceId; readonly organization: string; readonly reasons: readonly StateReason[] },
): Promise<void> {
  const instance = await getInstance(tx, about.instanceId);
  if (!instance || instance.state === "disabled") return;
  const others = instance.reasons.filter(({ message }) => !message.startsWith(`${about.organization}: `));
  const reasons = [...others, ...about.reasons];
  const isSynced = (await listOrganizations(tx, instance.id)).every(({ syncedAt }) => syncedAt !== undefined);
  const changed = await setInstanceState(tx, instance.id, stateOf(reasons, isSynced), reasons);
  if (changed) await notifyLive(tx, { is: "instance-changed", instanceId: instance.id });
}

export function stateOf(reasons: readonly StateReason[], isSynced: boolean): InstanceState {
  if (reasons.some(({ code }) => errors.includes(code))) return "error";
  if (reasons.length > 0) return "warning";
  return isSynced ? "connected" : "connecting";
}
