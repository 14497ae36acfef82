/** What is needed to read and write the work items of one project. */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import type { Process } from "./open-process.ts";

export interface SyncContext {
  readonly client: OrganizationClient;
  readonly process: Process;
}

/** A refusal stays until somebody changes settings or rights; saving settings asks again at once. */
export const refusedMilliseconds = 60 * 60_000;
