/** A hook that there should be, with our row of it. The row comes first, so that no delivery can outrun its secret. */
import type { SubscribedEventType } from "#model/hook-event.ts";
import type { ProjectId } from "#model/ids.ts";
import {
  deleteSubscription,
  type HookSubscription,
  insertSubscription,
  listSubscriptions,
} from "#store/hook-subscriptions.ts";
import { seal } from "#store/sealing.ts";
import type { App } from "../app.ts";
import { newHookSecret } from "../hook-address.ts";
import type { SyncContext } from "./sync-context.ts";

export interface WantedHook {
  readonly project: { readonly id: ProjectId; readonly name: string };
  readonly eventType: SubscribedEventType;
  readonly row: HookSubscription;
}

/** Makes the rows that are missing. Rows of projects in which nothing is chosen any more go. */
export async function readSubscriptionRows(
  app: App,
  { instance, organization }: SyncContext,
  wanted: readonly Omit<WantedHook, "row">[],
): Promise<readonly WantedHook[]> {
  const all = (await listSubscriptions(app.db, instance.id)).filter(
    ({ organizationId }) => organizationId === organization.id,
  );
  const rows = new Map(all.map((row) => [`${row.projectId} ${row.eventType}`, row]));
  const hooks: WantedHook[] = [];
  for (const { project, eventType } of wanted) {
    const name = `${project.id} ${eventType}`;
    const row = rows.get(name) ?? (await insertRow(app, { instance, organization }, project.id, eventType));
    rows.delete(name);
    hooks.push({ project, eventType, row });
  }
  for (const row of rows.values()) await deleteSubscription(app.db, row.key);
  return hooks;
}

function insertRow(
  app: App,
  { instance, organization }: Pick<SyncContext, "instance" | "organization">,
  projectId: ProjectId,
  eventType: SubscribedEventType,
): Promise<HookSubscription> {
  const key = newHookSecret();
  return insertSubscription(app.db, {
    key,
    instanceId: instance.id,
    organizationId: organization.id,
    projectId,
    eventType,
    secretSealed: seal(app.keys, newHookSecret(), key),
  });
}
