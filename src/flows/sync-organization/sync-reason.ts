import type { StateReason } from "#model/instance.ts";
import type { App } from "../app.ts";
import type { SyncContext } from "./sync-context.ts";

/** A reason that a sync found: it is about the organization, and new as far as the sync knows. */
export function syncReason(
  app: Pick<App, "now">,
  { organization }: Pick<SyncContext, "organization">,
  reason: Omit<StateReason, "organization" | "since">,
): StateReason {
  return { ...reason, organization: organization.name, since: app.now().toISOString() };
}
