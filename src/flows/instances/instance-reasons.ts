/**
 * An instance's state follows from its reasons. What a sync found is given here; what can be read from our own tables
 * (credentials that work no longer, or soon) is added, so that it is never older than they are.
 */
import type { InstanceId } from "#model/ids.ts";
import type { InstanceState, StateReason } from "#model/instance.ts";
import type { Db } from "#store/database.ts";
import { lockInstance, setInstanceState } from "#store/instances/instances.ts";
import { listOrganizations, type OrganizationRow } from "#store/instances/organizations.ts";
import { notifyLive } from "#store/live.ts";
import type { App } from "../app.ts";
import { isReadFromTables, readReasons } from "./read-reasons.ts";

type Teller = Pick<App, "now">;

/** A reason that begins now; if it was there already, it keeps its beginning. `organization` is its name. */
export function reason(said: Omit<StateReason, "since">, now: Date): StateReason {
  return { ...said, since: now.toISOString() };
}

/** Puts what was found of an organization in the place of what was found before; other organizations' reasons stay. */
export async function replaceReasons(
  app: Teller,
  tx: Db,
  about: { readonly organization: OrganizationRow; readonly reasons: readonly StateReason[] },
): Promise<void> {
  await rewrite(app, tx, about.organization.instanceId, (former) => [
    ...former.filter(({ organization }) => organization !== about.organization.name),
    ...about.reasons,
  ]);
}

/** Adds one to those that are there; one of the same code about the same organization gives way. */
export async function addReason(app: Teller, tx: Db, organization: OrganizationRow, added: StateReason): Promise<void> {
  await rewrite(app, tx, organization.instanceId, (former) => [
    ...former.filter((one) => one.organization !== organization.name || one.code !== added.code),
    added,
  ]);
}

/** After a change of credentials: only what follows from our tables is said anew. */
export async function refreshReasons(app: Teller, tx: Db, instance: InstanceId): Promise<void> {
  await rewrite(app, tx, instance, (former) => former);
}

async function rewrite(
  app: Teller,
  tx: Db,
  id: InstanceId,
  change: (former: readonly StateReason[]) => readonly StateReason[],
): Promise<void> {
  // Two organizations of one instance may be synced at the same moment.
  const instance = await lockInstance(tx, id);
  if (!instance || instance.state === "disabled") return;
  const organizations = await listOrganizations(tx, id);
  const names = new Set(organizations.map(({ name }) => name));
  const found = change(instance.reasons).filter(
    ({ code, organization }) => !isReadFromTables(code) && (organization === undefined || names.has(organization)),
  );
  const all = [...(await readReasons(app, tx, instance, organizations)), ...found];
  const reasons = keepBeginnings(instance.reasons, all);
  const isSynced = organizations.every(({ syncedAt }) => syncedAt !== undefined);
  const changed = await setInstanceState(tx, id, stateOf(reasons, isSynced), reasons);
  if (changed) await notifyLive(tx, { is: "instance-changed", instanceId: id });
}

export function stateOf(reasons: readonly Pick<StateReason, "level">[], isSynced: boolean): InstanceState {
  if (reasons.some(({ level }) => level === "error")) return "error";
  if (reasons.some(({ level }) => level === "warning")) return "warning";
  return isSynced ? "connected" : "connecting";
}

/** The same words are the same reason; so is one of its kind alone, whose words count days, say. */
export function keepBeginnings(
  former: readonly StateReason[],
  reasons: readonly StateReason[],
): readonly StateReason[] {
  const kind = ({ code, organization = "" }: StateReason) => `${code} ${organization}`;
  const words = (one: StateReason) => `${kind(one)} ${one.cause}`;
  const byWords = new Map(former.map((one) => [words(one), one]));
  const byKind = Map.groupBy(former, kind);
  const kinds = Map.groupBy(reasons, kind);
  return reasons.map((one) => {
    const alike = byKind.get(kind(one)) ?? [];
    const isAlone = alike.length === 1 && kinds.get(kind(one))?.length === 1;
    const before = byWords.get(words(one)) ?? (isAlone ? alike[0] : undefined);
    return before ? { ...one, since: before.since } : one;
  });
}
