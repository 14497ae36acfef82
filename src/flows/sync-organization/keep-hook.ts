/** Brings one hook into working order: makes it, adopts it, moves it, wakes it up, or says why it cannot. */
import {
  createSubscription,
  deleteSubscription,
  isPinned,
  type RemoteSubscription,
  replaceSubscription,
} from "#azure-devops/subscriptions.ts";
import type { StateReason } from "#model/instance.ts";
import { findSubscriptionByKey, setSubscriptionRemote } from "#store/hooks/hook-subscriptions.ts";
import { getInstance } from "#store/instances/instances.ts";
import type { App } from "../app.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { hookAddress } from "../service-hooks/hook-address.ts";
import { hookInputs } from "../service-hooks/hook-inputs.ts";
import type { HookContext } from "./hook-context.ts";
import { disabledByUser, hookRefused, stillOnProbation, unreachable } from "./hook-reasons.ts";
import { noteRepair } from "./note-repair.ts";
import { isSecretDue, renewSecret } from "./renew-secret.ts";
import type { WantedHook } from "./wanted-hook.ts";

/** `isNew`: there was none before, so it missed nothing. */
export type KeptHook =
  | { readonly is: "well" | "new" }
  | { readonly is: "repaired"; readonly why: string }
  | { readonly is: "broken"; readonly reason: StateReason };

export async function keepHook(
  app: App,
  context: HookContext,
  hook: WantedHook,
  found: readonly RemoteSubscription[],
): Promise<KeptHook> {
  const current = found.find(({ id }) => id === hook.row.remoteId) ?? found[0];
  for (const double of found) {
    if (double === current) continue;
    const isRemoved = await removeHook(context, double);
    if (isRemoved) {
      await noteRepair(app, context, hook, "There was a second one, which would have told everything twice.");
    }
  }
  const answer = await remoteAnswer(() =>
    current ? keepExisting(app, context, hook, current) : create(app, context, hook),
  );
  if (answer.is === "no") {
    if (answer.error.code !== "forbidden" && answer.error.code !== "refused") throw answer.error;
    const status = current && current.status !== "enabled" ? current.status : "refused";
    await setSubscriptionRemote(app.db, hook.row.key, { remoteId: current?.id, status });
    return { is: "broken", reason: hookRefused(app, context, hook, answer.error) };
  }
  if (answer.value.is === "repaired") await noteRepair(app, context, hook, answer.value.why);
  return answer.value;
}

/**
 * False if it was gone already, or may not be removed. That does no harm: what it tells is known, or its address answers
 * 404.
 */
export async function removeHook(
  { client }: Pick<HookContext, "client">,
  { id }: RemoteSubscription,
): Promise<boolean> {
  const answer = await remoteAnswer(() => deleteSubscription(client, id));
  if (answer.is === "no" && !["not-found", "forbidden", "refused"].includes(answer.error.code)) throw answer.error;
  return answer.is === "answer";
}

async function keepExisting(
  app: App,
  context: HookContext,
  hook: WantedHook,
  current: RemoteSubscription,
): Promise<KeptHook> {
  switch (current.status) {
    case "disabledByUser":
      await setSubscriptionRemote(app.db, hook.row.key, { remoteId: current.id, status: current.status });
      return { is: "broken", reason: disabledByUser(app, context, hook) };
    case "disabledByInactiveIdentity":
      // It acts as the person who made it, and that person is gone: only a new one helps.
      return remake(app, context, hook, current);
    case "disabledBySystem":
      if (!(await context.testArrives(hook.row))) {
        await setSubscriptionRemote(app.db, hook.row.key, { remoteId: current.id, status: current.status });
        return { is: "broken", reason: unreachable(app, context) };
      }
      return replace(app, context, hook, current, "Azure DevOps had switched it off, because deliveries failed.");
    case "onProbation":
      return replace(app, context, hook, current, "It was on probation, because a delivery had failed.");
    case "enabled":
      return keepEnabled(app, context, hook, current);
  }
}

async function keepEnabled(
  app: App,
  context: HookContext,
  hook: WantedHook,
  current: RemoteSubscription,
): Promise<KeptHook> {
  const { row, eventType } = hook;
  if (current.createdBy !== undefined && context.lostAccounts.has(current.createdBy)) {
    return remake(app, context, hook, current);
  }
  if (current.url !== hookAddress(app.publicUrl, row.key)) {
    return replace(app, context, hook, current, "It delivered to the former address of this server.");
  }
  if (!isPinned(current, eventType)) {
    return replace(app, context, hook, current, "Somebody had changed the version of what it delivers.");
  }
  if (row.refused > row.refusedSeen) {
    return replace(
      app,
      context,
      hook,
      current,
      "Deliveries came with a wrong password; Azure DevOps has the right one again.",
    );
  }
  // A renewal of its secret was cut off, so that Azure DevOps may have either; or nobody could look after it for a while.
  if (isSecretDue(row, app.now())) return renewSecret(app, context, hook, current);
  if ((row.status === "pending" || row.status === "refused") && row.remoteId === current.id) {
    await replace(app, context, hook, current, "");
  } else if (row.remoteId !== current.id || row.status !== "enabled") {
    await setSubscriptionRemote(app.db, row.key, { remoteId: current.id, status: "enabled" });
  }
  return { is: "well" };
}

async function create(app: App, { client }: HookContext, hook: WantedHook): Promise<KeptHook> {
  const { key, remoteId } = hook.row;
  const { id } = await createSubscription(client, hookInputs(app, hook.row));
  await setSubscriptionRemote(app.db, key, { remoteId: id, status: "enabled" });
  // Whoever deletes the instance may have listed its hooks already: then nobody would ever remove this one.
  if (await isBeingDeleted(app, hook.row)) await deleteSubscription(client, id);
  if (remoteId === undefined) return { is: "new" };
  return { is: "repaired", why: "It was gone: somebody had deleted it in Azure DevOps." };
}

async function isBeingDeleted({ db }: App, { key, instanceId }: WantedHook["row"]): Promise<boolean> {
  const instance = await getInstance(db, instanceId);
  if (!instance || (instance.state === "disabled" && !instance.pausedAt)) return true;
  return (await findSubscriptionByKey(db, key)) === undefined;
}

/** It sees with the eyes of who made it, so a new one is made by the credential that works: first, for that may be refused. */
async function remake(
  app: App,
  context: HookContext,
  hook: WantedHook,
  current: RemoteSubscription,
): Promise<KeptHook> {
  await create(app, context, hook);
  await removeHook(context, current);
  return { is: "repaired", why: "Who had made it can act no longer; it was made again by the credential that works." };
}

/** The secret goes along: an echo of the masked one would be stored as the secret. */
async function replace(
  app: App,
  context: HookContext,
  hook: WantedHook,
  current: RemoteSubscription,
  why: string,
): Promise<KeptHook> {
  const { status } = await replaceSubscription(context.client, current.id, hookInputs(app, hook.row));
  await setSubscriptionRemote(app.db, hook.row.key, { remoteId: current.id, status });
  if (status === "onProbation") return { is: "broken", reason: stillOnProbation(app, context, hook) };
  return { is: "repaired", why };
}
