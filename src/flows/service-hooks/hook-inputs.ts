/** What Azure DevOps is told of one of our hooks: also what it is told already, for it never shows the secret again. */
import type { SubscriptionInputs } from "#azure-devops/subscriptions.ts";
import type { SubscribedEventType } from "#model/hook-event.ts";
import type { HookSubscription } from "#store/hooks/hook-subscriptions.ts";
import { open } from "#store/sealing.ts";
import type { App } from "../app.ts";
import { hookAddress, hookUserName } from "./hook-address.ts";

export function hookInputs(
  app: Pick<App, "keys" | "publicUrl">,
  row: Pick<HookSubscription, "key" | "eventType" | "projectId" | "secretSealed">,
): SubscriptionInputs {
  return {
    ...(row.projectId === undefined ? {} : { projectId: row.projectId }),
    // Rows are made for these only.
    eventType: row.eventType as SubscribedEventType,
    url: hookAddress(app.publicUrl, row.key),
    username: hookUserName,
    password: open(app.keys, row.secretSealed, row.key),
  };
}
