/** What keeping hooks needs beside a sync's context. */
import { setTimeout as pause } from "node:timers/promises";
import { getTestNotification, sendTestNotification } from "#azure-devops/subscriptions.ts";
import { findSubscriptionByKey, type HookSubscription } from "#store/hooks/hook-subscriptions.ts";
import { listCredentialsOf } from "#store/people/credentials.ts";
import type { App } from "../app.ts";
import { openOrganization } from "../instances/open-organization.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { hookInputs } from "../service-hooks/hook-inputs.ts";
import type { SyncContext } from "./sync-context.ts";

export interface HookContext extends SyncContext {
  /** Accounts whose credentials all work no longer: hooks they made may go deaf any time. */
  readonly lostAccounts: ReadonlySet<string>;
  /** Whether the credential in use may be told of the builds of all projects at once. */
  readonly isCollectionAdministrator: boolean;
  /** Whether Azure DevOps reaches us now; tried once, with this hook, and known for all others of the sync. */
  testArrives(row: HookSubscription): Promise<boolean>;
}

const patienceMilliseconds = 15_000;
const lookMilliseconds = 250;

export async function openHookContext(app: App, context: SyncContext): Promise<HookContext> {
  const client = await openOrganization(app, context.organization.id, "hooks");
  const credentials = await listCredentialsOf(app.db, context.organization.id);
  const good = credentials.filter(({ health }) => health === "good");
  const lost = credentials.filter(({ accountId }) => !good.some((one) => one.accountId === accountId));
  const roles = good[0]?.preflight?.roles ?? [];
  let test: Promise<boolean> | undefined;
  const hookContext: HookContext = {
    ...context,
    client,
    lostAccounts: new Set(lost.map(({ accountId }) => accountId)),
    isCollectionAdministrator: roles.some(
      ({ role, verdict }) => role === "collection-administrator" && verdict === "granted",
    ),
    testArrives(row) {
      test ??= sendAndWait(app, hookContext, row);
      return test;
    },
  };
  return hookContext;
}

async function sendAndWait(app: App, { client, signal }: HookContext, row: HookSubscription): Promise<boolean> {
  const answer = await remoteAnswer(() => sendTestNotification(client, hookInputs(app, row)));
  if (answer.is === "no") {
    if (answer.error.code !== "forbidden" && answer.error.code !== "refused") throw answer.error;
    return false;
  }
  const end = performance.now() + patienceMilliseconds;
  while (performance.now() < end) {
    const now = await findSubscriptionByKey(app.db, row.key);
    if (now && now.accepted + now.duplicate > row.accepted + row.duplicate) return true;
    const told = await remoteAnswer(() => getTestNotification(client, answer.value.id));
    if (told.is === "answer" && told.value.status === "completed" && told.value.result !== "succeeded") return false;
    await pause(lookMilliseconds, undefined, { signal });
  }
  return false;
}
