/** A hook that there should be, with our row of it. The row comes first, so that no delivery can outrun its secret. */
import { type SubscribedEventType, subscribedEventTypes } from "#model/hook-event.ts";
import type { ProjectId } from "#model/ids.ts";
import { type HookSubscription, insertSubscription, listSubscriptions } from "#store/hooks/hook-subscriptions.ts";
import { seal } from "#store/sealing.ts";
import type { App } from "../app.ts";
import { newHookSecret } from "../service-hooks/hook-address.ts";
import type { SyncContext } from "./sync-context.ts";

export interface HookWish {
  /** Absent = the whole organization. */
  readonly project?: { readonly id: ProjectId; readonly name: string };
  readonly eventType: SubscribedEventType;
}

export interface WantedHook extends HookWish {
  readonly row: HookSubscription;
}

/** The one event that a collection administrator can have told of all projects at once. */
export const wideWish: HookWish = { eventType: "build.complete" };

export function wishesOf(
  projects: readonly { readonly id: ProjectId; readonly name: string }[],
  except: ReadonlySet<SubscribedEventType>,
): readonly HookWish[] {
  const eventTypes = subscribedEventTypes.filter((eventType) => !except.has(eventType));
  return projects.flatMap((project) => eventTypes.map((eventType) => ({ project, eventType })));
}

export async function listRows(
  app: App,
  { instance, organization }: SyncContext,
): Promise<readonly HookSubscription[]> {
  const rows = await listSubscriptions(app.db, instance.id);
  return rows.filter(({ organizationId }) => organizationId === organization.id);
}

/** Makes the rows that are missing. */
export async function withRows(
  app: App,
  context: SyncContext,
  wishes: readonly HookWish[],
  rows: readonly HookSubscription[],
): Promise<readonly WantedHook[]> {
  const known = new Map(rows.map((row) => [`${row.projectId} ${row.eventType}`, row]));
  const hooks: WantedHook[] = [];
  for (const wish of wishes) {
    const row = known.get(`${wish.project?.id} ${wish.eventType}`) ?? (await insertRow(app, context, wish));
    hooks.push({ ...wish, row });
  }
  return hooks;
}

function insertRow(
  app: App,
  { instance, organization }: SyncContext,
  { project, eventType }: HookWish,
): Promise<HookSubscription> {
  const key = newHookSecret();
  return insertSubscription(app.db, {
    key,
    instanceId: instance.id,
    organizationId: organization.id,
    projectId: project?.id,
    eventType,
    secretSealed: seal(app.keys, newHookSecret(), key),
  });
}

/** Where a hook tells from, as it stands in sentences. */
export function placeOf({ project }: HookWish, { organization }: Pick<SyncContext, "organization">): string {
  return project ? `project ${project.name}` : `the organization ${organization.name}`;
}
