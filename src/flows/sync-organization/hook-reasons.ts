/** What an instance says of hooks that do not work, and of doing without them. */
import type { StateReason } from "#model/instance.ts";
import type { RemoteError } from "#model/remote-error.ts";
import type { App } from "../app.ts";
import { pollingSeconds } from "./cadence.ts";
import type { SyncContext } from "./sync-context.ts";
import { syncReason } from "./sync-reason.ts";
import { type HookWish, placeOf } from "./wanted-hook.ts";

const foundByLooking = "Pushes and pull requests there are found by looking every minute, not at once.";
const becomeAdministrator =
  "Make the account that is connected a project administrator there, or add a credential of somebody who is.";

export function hooksUnlisted(app: App, context: SyncContext, error: RemoteError): StateReason {
  return syncReason(app, context, {
    code: "hooks-refused",
    level: "warning",
    cause: `The service hooks of the organization cannot be listed. Azure DevOps says: ${error.message}`,
    affects: "Hooks that break are not repaired; what they do not tell is found by looking.",
    remedy: becomeAdministrator,
    action: "sync",
  });
}

export function hookRefused(app: App, context: SyncContext, hook: HookWish, error: RemoteError): StateReason {
  const place = placeOf(hook, context);
  const cause =
    error.code === "forbidden"
      ? `The right "Edit subscriptions" is missing in ${place}.`
      : `Azure DevOps refuses service hooks of ${place}.`;
  return syncReason(app, context, {
    code: "hooks-refused",
    level: "warning",
    cause: `${cause} Azure DevOps says: ${error.message}`,
    affects: foundByLooking,
    remedy: becomeAdministrator,
    action: "sync",
  });
}

export function disabledByUser(app: App, context: SyncContext, hook: HookWish): StateReason {
  return syncReason(app, context, {
    code: "hooks-disabled",
    level: "warning",
    cause: `Somebody switched off the service hook for ${hook.eventType} in ${placeOf(hook, context)}.`,
    affects: "What it tells of is found by looking every minute, not at once.",
    remedy: "If that was not meant, switch it on again in Azure DevOps: Project settings > Service hooks.",
    action: "sync",
  });
}

export function stillOnProbation(app: App, context: SyncContext, hook: HookWish): StateReason {
  return syncReason(app, context, {
    code: "hooks-on-probation",
    level: "warning",
    cause: `Azure DevOps has put service hooks in ${placeOf(hook, context)} on probation, because deliveries failed.`,
    affects: foundByLooking,
    remedy: `It ends with the next delivery that arrives: Azure DevOps must be able to reach ${app.publicUrl}.`,
    action: "validate",
  });
}

export function commentsPolled(app: App, context: SyncContext): StateReason {
  return syncReason(app, context, {
    code: "comments-polled",
    level: "notice",
    cause: "This version of Azure DevOps does not tell of comments in pull requests.",
    affects: "Commands that people reply there are found by looking, within some minutes.",
    remedy: "Nothing is missed, and nothing has to be done.",
  });
}

/** A test delivery did not come: switched on again, the hooks would only fail again. */
export function unreachable(app: App, context: SyncContext): StateReason {
  return syncReason(app, context, {
    code: "hooks-unreachable",
    level: "warning",
    cause: `Azure DevOps switched service hooks off because deliveries failed for too long, and a test delivery did not arrive either.`,
    affects: "Pushes and pull requests are found by looking every minute, not at once.",
    remedy: `Make sure that Azure DevOps can reach ${app.publicUrl}; the hooks are switched on with the first test that arrives.`,
    action: "sync",
  });
}

export function polling(app: App, context: SyncContext, because: string, repositories: number): StateReason {
  const seconds = pollingSeconds(repositories);
  const latency = seconds <= 60 ? "a minute" : `${Math.round(seconds / 60)} minutes`;
  return syncReason(app, context, {
    code: "polling",
    level: "notice",
    cause: `Azure DevOps cannot deliver to this server: ${because}`,
    affects: `Pushes and pull requests are found by looking, within about ${latency}; builds within about ten minutes.`,
    remedy: "Nothing is missed. To be told at once, give Sallyport an address that Azure DevOps can reach.",
  });
}
