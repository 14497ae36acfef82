/** Brings one hook into working order: makes it, adopts it, wakes it up, or says why it cannot. */
import {
  createSubscription,
  deleteSubscription,
  type RemoteSubscription,
  replaceSubscription,
} from "#azure-devops/subscriptions.ts";
import type { StateReason } from "#model/instance.ts";
import type { RemoteError } from "#model/remote-error.ts";
import { findSubscriptionByKey, setSubscriptionRemote } from "#store/hook-subscriptions.ts";
import { open } from "#store/sealing.ts";
import type { App } from "../app.ts";
import { hookAddress, hookUserName } from "../hook-address.ts";
import { remoteAnswer } from "../remote-answer.ts";
import type { SyncContext } from "./sync-context.ts";
import { syncReason } from "./sync-reason.ts";
import type { WantedHook } from "./wanted-hook.ts";

export async function keepHook(
  app: App,
  context: SyncContext,
  hook: WantedHook,
  found: readonly RemoteSubscription[],
): Promise<StateReason | undefined> {
  const current = found.find(({ id }) => id === hook.row.remoteId) ?? found[0];
  for (const double of found) if (double !== current) await removeHook(context, double);
  const answer = await remoteAnswer(() =>
    current ? keepExisting(app, context, hook, current) : create(app, context, hook),
  );
  if (answer.is === "answer") return answer.value;
  if (answer.error.code === "forbidden" || answer.error.code === "refused")
    return refused(app, context, hook, answer.error);
  throw answer.error;
}

/** A hook that is gone already, or may not be removed, does no harm: it delivers to an address that answers 404. */
export async function removeHook({ client }: Pick<SyncContext, "client">, { id }: RemoteSubscription): Promise<void> {
  const answer = await remoteAnswer(() => deleteSubscription(client, id));
  if (answer.is === "no" && !["not-found", "forbidden", "refused"].includes(answer.error.code)) throw answer.error;
}

async function keepExisting(
  app: App,
  context: SyncContext,
  hook: WantedHook,
  current: RemoteSubscription,
): Promise<StateReason | undefined> {
  const { row } = hook;
  const isElsewhere = current.url !== hookAddress(app.publicUrl, row.key);
  switch (current.status) {
    case "disabledByUser":
      await setSubscriptionRemote(app.db, row.key, { remoteId: current.id, status: current.status });
      return disabledByUser(app, context, hook);
    case "disabledByInactiveIdentity":
      // It acts as the person who made it, and that person is gone: only a new one helps.
      await removeHook(context, current);
      return create(app, context, hook);
    case "onProbation":
    case "disabledBySystem":
      await replace(app, context, hook, current);
      return undefined;
    case "enabled":
      if (isElsewhere) await replace(app, context, hook, current);
      else if (row.remoteId !== current.id || row.status !== "enabled") {
        await setSubscriptionRemote(app.db, row.key, { remoteId: current.id, status: "enabled" });
      }
      return undefined;
  }
}

async function create(app: App, context: SyncContext, hook: WantedHook): Promise<undefined> {
  const { client } = context;
  const { id } = await createSubscription(client, inputsOf(app, hook));
  await setSubscriptionRemote(app.db, hook.row.key, { remoteId: id, status: "enabled" });
  // The instance may have been deleted while Azure DevOps answered: then nobody would ever remove this hook.
  if (!(await findSubscriptionByKey(app.db, hook.row.key))) await deleteSubscription(client, id);
  return undefined;
}

/** The secret goes along: an echo of the masked one would be stored as the secret. */
async function replace(
  app: App,
  { client }: SyncContext,
  hook: WantedHook,
  current: RemoteSubscription,
): Promise<void> {
  await replaceSubscription(client, current.id, inputsOf(app, hook));
  await setSubscriptionRemote(app.db, hook.row.key, { remoteId: current.id, status: "enabled" });
}

function inputsOf(app: App, { project, eventType, row }: WantedHook) {
  return {
    projectId: project.id,
    eventType,
    url: hookAddress(app.publicUrl, row.key),
    username: hookUserName,
    password: open(app.keys, row.secretSealed, row.key),
  };
}

function refused(app: App, context: SyncContext, { project }: WantedHook, error: RemoteError): StateReason {
  const missing =
    error.code === "forbidden"
      ? `The right "Edit subscriptions" is missing in project ${project.name}.`
      : `Service hooks of project ${project.name} are refused.`;
  return syncReason(app, context, {
    code: "hooks-refused",
    level: "warning",
    cause: `${missing} Azure DevOps says: ${error.message}`,
    affects: "Pushes and pull requests there are found by looking, not at once.",
    remedy: "Make the account that is connected a project administrator, or connect one that is.",
    action: "sync",
  });
}

function disabledByUser(app: App, context: SyncContext, { project, eventType }: WantedHook): StateReason {
  return syncReason(app, context, {
    code: "hooks-disabled",
    level: "warning",
    cause: `Somebody switched off the service hook for ${eventType} in project ${project.name}.`,
    affects: "What it tells of is found by looking, not at once.",
    remedy: "Switch it on again in Azure DevOps: Project settings > Service hooks.",
    action: "sync",
  });
}
