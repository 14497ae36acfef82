/**
 * Makes Azure DevOps hold exactly one subscription per project and event type, in working order; builds are told of by
 * one for the whole organization where that is allowed. What stands in the way becomes reasons. Hooks that are not ours,
 * by address, are never touched.
 */
import { listSubscriptions as listRemoteSubscriptions, type RemoteSubscription } from "#azure-devops/subscriptions.ts";
import type { ProjectId, SubscriptionId } from "#model/ids.ts";
import type { StateReason } from "#model/instance.ts";
import type { Repository } from "#model/repository.ts";
import {
  deleteSubscription,
  type HookSubscription,
  markSubscriptionsChecked,
} from "#store/hooks/hook-subscriptions.ts";
import { listProjects } from "#store/instances/projects.ts";
import type { App } from "../app.ts";
import { inLanes } from "../in-lanes.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { keyOfAddress } from "../service-hooks/hook-address.ts";
import { commentEvent, offersComments } from "./comments-heard.ts";
import { type HookContext, openHookContext } from "./hook-context.ts";
import { commentsPolled, hooksUnlisted, polling } from "./hook-reasons.ts";
import { type KeptHook, keepHook, removeHook } from "./keep-hook.ts";
import { noteRepair } from "./note-repair.ts";
import type { SyncContext } from "./sync-context.ts";
import { listRows, type WantedHook, wideWish, wishesOf, withRows } from "./wanted-hook.ts";

const callsAtOnce = 4;

interface KeptHooks {
  readonly reasons: readonly StateReason[];
  /** Projects that may have had something to tell that nobody told. */
  readonly unheard: ReadonlySet<ProjectId>;
}

export async function keepHooks(
  app: App,
  syncContext: SyncContext,
  repositories: readonly Repository[],
): Promise<KeptHooks> {
  const context = await openHookContext(app, syncContext);
  const isPolling = app.delivery.is === "polling";
  const projects = isPolling ? [] : await wantedProjects(app, context, repositories);
  const everywhere = new Set(repositories.map(({ projectId }) => projectId));
  const rows = await listRows(app, context);
  const notice: StateReason[] =
    app.delivery.is === "polling" ? [polling(app, context, app.delivery.because, repositories.length)] : [];
  if (isPolling && rows.length === 0) return { reasons: notice, unheard: everywhere };
  const answer = await remoteAnswer(() => listRemoteSubscriptions(context.client));
  if (answer.is === "no") {
    if (answer.error.code !== "forbidden") throw answer.error;
    return { reasons: [...notice, hooksUnlisted(app, context, answer.error)], unheard: everywhere };
  }
  const ours = sortOurs(app.publicUrl, answer.value, rows);
  const wide = projects.length > 0 && context.isCollectionAdministrator ? await keepWide(app, context, rows, ours) : [];
  const hearsComments = projects.length === 0 || (await offersComments(context, rows));
  const except = new Set([...(wide.length > 0 ? [wideWish.eventType] : []), ...(hearsComments ? [] : [commentEvent])]);
  const hooks = await withRows(app, context, wishesOf(projects, except), rows);
  const kept = await inLanes(hooks, callsAtOnce, async (hook) => {
    context.signal.throwIfAborted();
    return { hook, kept: await keepHook(app, context, hook, ours.ofKey.get(hook.row.key) ?? []) };
  });
  const all = [...wide, ...kept];
  await markSubscriptionsChecked(
    app.db,
    all.filter(({ kept: { is } }) => is !== "broken").map(({ hook }) => hook.row),
    app.now(),
  );
  await removeOthers(app, context, ours, { rows, wanted: new Set(all.map(({ hook }) => hook.row.key)) });
  if (!hearsComments) notice.push(commentsPolled(app, context));
  return { reasons: [...notice, ...reasonsOf(all)], unheard: isPolling ? everywhere : unheardIn(kept) };
}

interface Outcome {
  readonly hook: WantedHook;
  readonly kept: KeptHook;
}

/** All projects if the future counts too: a repository may be created in any of them. */
async function wantedProjects(
  app: App,
  { instance, organization }: SyncContext,
  repositories: readonly Repository[],
): Promise<readonly { readonly id: ProjectId; readonly name: string }[]> {
  const projects = (await listProjects(app.db, instance.id)).filter(
    ({ organizationId, sourceControl }) => organizationId === organization.id && sourceControl === "git",
  );
  if (instance.takes.is === "existing-and-future") return projects;
  const used = new Set(repositories.map(({ projectId }) => projectId));
  return projects.filter(({ id }) => used.has(id));
}

/** Empty if Azure DevOps does not allow it after all: then each project has its own. */
async function keepWide(
  app: App,
  context: HookContext,
  rows: readonly HookSubscription[],
  ours: Ours,
): Promise<readonly Outcome[]> {
  const [hook] = await withRows(app, context, [wideWish], rows);
  if (!hook) return [];
  const kept = await keepHook(app, context, hook, ours.ofKey.get(hook.row.key) ?? []);
  if (kept.is !== "broken" || kept.reason.code !== "hooks-refused") return [{ hook, kept }];
  if (!rows.includes(hook.row)) await deleteSubscription(app.db, hook.row.key);
  return [];
}

interface Ours {
  readonly ofKey: ReadonlyMap<string, readonly RemoteSubscription[]>;
  /** They deliver to this server, but no row knows them: left over from an earlier life. */
  readonly strangers: readonly RemoteSubscription[];
}

/** By the id that we noted, wherever they deliver to by now, or else by the address. */
function sortOurs(
  publicUrl: string,
  subscriptions: readonly RemoteSubscription[],
  rows: readonly HookSubscription[],
): Ours {
  const keyOfId = new Map(rows.flatMap(({ remoteId, key }) => (remoteId ? [[remoteId as SubscriptionId, key]] : [])));
  const keys = new Set(rows.map(({ key }) => key));
  const ofKey = new Map<string, RemoteSubscription[]>();
  const strangers: RemoteSubscription[] = [];
  for (const subscription of subscriptions) {
    const addressKey = keyOfAddress(publicUrl, subscription.url);
    const key = keyOfId.get(subscription.id) ?? addressKey;
    if (key !== undefined && keys.has(key)) ofKey.set(key, [...(ofKey.get(key) ?? []), subscription]);
    else if (addressKey !== undefined) strangers.push(subscription);
  }
  return { ofKey, strangers };
}

/** Their rows last, so that nothing they deliver until then is turned away. */
async function removeOthers(
  app: App,
  context: HookContext,
  { ofKey, strangers }: Ours,
  { rows, wanted }: { readonly rows: readonly HookSubscription[]; readonly wanted: ReadonlySet<string> },
): Promise<void> {
  const unwanted = rows.filter(({ key }) => !wanted.has(key));
  await inLanes(unwanted, callsAtOnce, async ({ key }) => {
    for (const subscription of ofKey.get(key) ?? []) await removeHook(context, subscription);
    await deleteSubscription(app.db, key);
  });
  await inLanes(strangers, callsAtOnce, async (stranger) => {
    const isRemoved = await removeHook(context, stranger);
    if (!isRemoved) return;
    const why = `A hook for ${stranger.eventType} delivered to this server, which nobody here knew.`;
    await noteRepair(app, context, wideWish, why);
  });
}

/** Six refusals of one project are one thing to repair. */
function reasonsOf(outcomes: readonly Outcome[]): readonly StateReason[] {
  const reasons = outcomes.flatMap(({ kept }) => (kept.is === "broken" ? [kept.reason] : []));
  return [...new Map(reasons.map((reason) => [reason.cause, reason])).values()];
}

function unheardIn(outcomes: readonly Outcome[]): ReadonlySet<ProjectId> {
  const deaf = outcomes.filter(({ kept: { is } }) => is === "broken" || is === "repaired");
  return new Set(deaf.flatMap(({ hook: { project } }) => (project ? [project.id] : [])));
}
