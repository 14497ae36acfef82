/** Makes Azure DevOps hold exactly one subscription per project and event type, in working order. What stands in the way becomes reasons. */
import { listSubscriptions as listRemoteSubscriptions, type RemoteSubscription } from "#azure-devops/subscriptions.ts";
import { subscribedEventTypes } from "#model/hook-event.ts";
import type { ProjectId } from "#model/ids.ts";
import type { StateReason } from "#model/instance.ts";
import type { Repository } from "#model/repository.ts";
import { listProjects } from "#store/projects.ts";
import type { App } from "../app.ts";
import { keyOfAddress } from "../hook-address.ts";
import { inLanes } from "../in-lanes.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { keepHook, removeHook } from "./keep-hook.ts";
import type { SyncContext } from "./sync-context.ts";
import { syncReason } from "./sync-reason.ts";
import { readSubscriptionRows, type WantedHook } from "./wanted-hook.ts";

const callsAtOnce = 4;

export async function keepHooks(
  app: App,
  context: SyncContext,
  repositories: readonly Repository[],
): Promise<readonly StateReason[]> {
  const projects = await wantedProjects(app, context, repositories);
  const answer = await remoteAnswer(() => listRemoteSubscriptions(context.client));
  if (answer.is === "no") {
    if (answer.error.code !== "forbidden") throw answer.error;
    const reason = syncReason(app, context, {
      code: "hooks-refused",
      level: "warning",
      cause: `The service hooks of the organization cannot be listed. Azure DevOps says: ${answer.error.message}`,
      affects: "Pushes and pull requests are found by looking, not at once.",
      remedy: "Make the account that is connected a project administrator, or connect one that is.",
      action: "sync",
    });
    return [reason];
  }
  const wanted = projects.flatMap((project) => subscribedEventTypes.map((eventType) => ({ project, eventType })));
  const rows = await readSubscriptionRows(app, context, wanted);
  const { ofKey, strangers } = sortOurs(app.publicUrl, answer.value, rows);
  const removed = inLanes(strangers, callsAtOnce, (stranger) => removeHook(context, stranger));
  const kept = await inLanes(rows, callsAtOnce, (hook) => {
    context.signal.throwIfAborted();
    return keepHook(app, context, hook, ofKey.get(hook.row.key) ?? []);
  });
  await removed;
  return mergeReasons(kept.flatMap((reason) => reason ?? []));
}

/** All projects if the future counts too: a repository may be created in any of them. */
async function wantedProjects(
  app: App,
  { instance, organization }: SyncContext,
  repositories: readonly Repository[],
): Promise<readonly { readonly id: ProjectId; readonly name: string }[]> {
  const projects = (await listProjects(app.db, instance.id)).filter(
    ({ organizationId }) => organizationId === organization.id,
  );
  if (instance.takes.is === "existing-and-future") return projects;
  const used = new Set(repositories.map(({ projectId }) => projectId));
  return projects.filter(({ id }) => used.has(id));
}

interface Sorted {
  readonly ofKey: ReadonlyMap<string, readonly RemoteSubscription[]>;
  /** They deliver to this server, but no row knows them: left over from an earlier life. */
  readonly strangers: readonly RemoteSubscription[];
}

function sortOurs(
  publicUrl: string,
  subscriptions: readonly RemoteSubscription[],
  rows: readonly WantedHook[],
): Sorted {
  const keyOfId = new Map(rows.flatMap(({ row }) => (row.remoteId ? [[row.remoteId, row.key] as const] : [])));
  const keys = new Set(rows.map(({ row }) => row.key));
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

/** Six refusals of one project are one thing to repair. */
function mergeReasons(reasons: readonly StateReason[]): readonly StateReason[] {
  return [...new Map(reasons.map((reason) => [reason.cause, reason])).values()];
}
