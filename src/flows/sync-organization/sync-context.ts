import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import type { InstanceRow } from "#store/instances.ts";
import type { OrganizationRow } from "#store/organizations.ts";

/** What the steps of a sync share. */
export interface SyncContext {
  readonly client: OrganizationClient;
  readonly organization: OrganizationRow;
  readonly instance: InstanceRow;
  readonly signal: AbortSignal;
}
