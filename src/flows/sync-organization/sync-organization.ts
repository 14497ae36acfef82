/**
 * Brings what we know of an organization up to date: what there is, what is chosen, the hooks that tell us of changes,
 * and whatever was missed while they did not. Runs after connecting, every ten minutes, and whenever something surprises.
 */
import { getInstance } from "#store/instances.ts";
import { getOrganization } from "#store/organizations.ts";
import type { App } from "../app.ts";
import { openOrganization } from "../open-organization.ts";
import type { JobData } from "../queues.ts";
import { catchUp } from "./catch-up.ts";
import { catchUpBuilds } from "./catch-up-builds.ts";
import { keepHooks } from "./keep-hooks.ts";
import { listOrganization } from "./list-organization.ts";
import { settleInstance } from "./settle-instance.ts";

export async function syncOrganization(
  app: App,
  job: JobData["sync-organization"],
  signal: AbortSignal,
): Promise<void> {
  const organization = await getOrganization(app.db, job.organization);
  const instance = organization && (await getInstance(app.db, organization.instanceId));
  if (!instance || instance.state === "disabled") return;
  const client = await openOrganization(app, organization.id, "sync");
  const context = { client, organization, instance, signal };
  const repositories = await listOrganization(app, context);
  const hookReasons = await keepHooks(app, context, repositories);
  const missedReasons = await catchUp(app, context, repositories);
  await catchUpBuilds(app, context, repositories);
  await settleInstance(app, context, [...hookReasons, ...missedReasons]);
}
