/** What the steps of a sync, or of a look, share. */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import type { OrganizationId } from "#model/ids.ts";
import { getInstance, type InstanceRow } from "#store/instances.ts";
import { getOrganization, type OrganizationRow } from "#store/organizations.ts";
import type { App } from "../app.ts";
import { openOrganization } from "../open-organization.ts";
import { followRename } from "./follow-rename.ts";

export interface SyncContext {
  readonly client: OrganizationClient;
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
