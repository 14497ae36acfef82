/** What the steps of a sync, or of a look, share. */
import type { OrganizationId } from "#model/ids.ts";
import { getInstance, type InstanceRow } from "#store/instances/instances.ts";
import { getOrganization, type OrganizationRow } from "#store/instances/organizations.ts";
import type { App } from "../app.ts";
import { type ActingClient, openOrganization } from "../instances/open-organization.ts";
import { followRename } from "./follow-rename.ts";

export interface SyncContext {
  readonly client: ActingClient;
  readonly organization: OrganizationRow;
  readonly instance: InstanceRow;
  readonly signal: AbortSignal;
}

/** Undefined if there is nothing to do: it is not connected any more, or paused. */
export async function openContext(app: App, id: OrganizationId, signal: AbortSignal): Promise<SyncContext | undefined> {
  const known = await getOrganization(app.db, id);
  const instance = known && (await getInstance(app.db, known.instanceId));
  if (!instance || instance.state === "disabled") return undefined;
  const organization = await followRename(app, known);
  return { client: await openOrganization(app, id, "sync"), organization, instance, signal };
}
