/** Gives a hook a new secret. The former one is accepted for a while: Azure DevOps may have deliveries on their way with it. */
import { type RemoteSubscription, replaceSubscription } from "#azure-devops/subscriptions.ts";
import {
  findSubscriptionByKey,
  type HookSubscription,
  replaceSubscriptionSecret,
  setSubscriptionRemote,
  takeBackSubscriptionSecret,
} from "#store/hooks/hook-subscriptions.ts";
import { seal } from "#store/sealing.ts";
import type { App } from "../app.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { newHookSecret } from "../service-hooks/hook-address.ts";
import { hookInputs } from "../service-hooks/hook-inputs.ts";
import type { HookContext } from "./hook-context.ts";
import type { KeptHook } from "./keep-hook.ts";
import type { WantedHook } from "./wanted-hook.ts";

const day = 24 * 60 * 60_000;
const lifetime = 90 * day;
/** Azure DevOps tries transient failures again for about three minutes, and the last event of a probation for hours. */
const formerAccepted = day;

export function isSecretDue({ secretMadeAt }: Pick<HookSubscription, "secretMadeAt">, now: Date): boolean {
  return secretMadeAt.getTime() < now.getTime() - lifetime;
}

export async function renewSecret(
  app: App,
  { client }: HookContext,
  { row }: WantedHook,
  current: RemoteSubscription,
): Promise<KeptHook> {
  const now = app.now();
  const sealed = seal(app.keys, newHookSecret(), row.key);
  const previousUntil = new Date(now.getTime() + formerAccepted);
  // Ours first: a delivery with either is accepted from here on. Pending until Azure DevOps has it.
  await replaceSubscriptionSecret(app.db, row.key, { sealed, madeAt: now, previousUntil });
  await setSubscriptionRemote(app.db, row.key, { remoteId: current.id, status: "pending" });
  const renewed = await findSubscriptionByKey(app.db, row.key);
  if (!renewed) return { is: "well" };
  const answer = await remoteAnswer(() => replaceSubscription(client, current.id, hookInputs(app, renewed)));
  if (answer.is === "answer") {
    await setSubscriptionRemote(app.db, row.key, { remoteId: current.id, status: answer.value.status });
    return { is: "repaired", why: "Its secret was replaced by a new one." };
  }
  if (!answer.error.passing) {
    // Tried again tomorrow: the hook works with the one it has.
    await takeBackSubscriptionSecret(app.db, row.key, new Date(now.getTime() - lifetime + day));
    await setSubscriptionRemote(app.db, row.key, { remoteId: current.id, status: "enabled" });
    if (answer.error.code === "forbidden" || answer.error.code === "refused") return { is: "well" };
  }
  throw answer.error;
}
