/**
 * Deletes an instance: its hooks in Azure DevOps, its credentials, its mirrors, and everything that was found. The audit
 * keeps a line, with the hooks that could not be removed. A job, so that it ends even if the server does in between.
 */
import { deleteSubscription, listSubscriptions as listRemoteSubscriptions } from "#azure-devops/subscriptions.ts";
import type { InstanceId } from "#model/ids.ts";
import { insertAuditEvent } from "#store/audit-events.ts";
import { eraseCredentials } from "#store/credentials.ts";
import { listSubscriptions } from "#store/hook-subscriptions.ts";
import { deleteInstance, getInstance, setInstanceState } from "#store/instances.ts";
import { notifyLive } from "#store/live.ts";
import { listOrganizations, type OrganizationRow } from "#store/organizations.ts";
import { listRepositoryIds } from "#store/repositories.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "./app.ts";
import { askToForgetInstance } from "./ask.ts";
import { hookAddress, keyOfAddress } from "./hook-address.ts";
import { openOrganization } from "./open-organization.ts";
import type { JobData } from "./queues.ts";
import { remoteAnswer } from "./remote-answer.ts";

/** Begins the deletion; false if there is no such instance. From now on nothing is scanned for it. */
export async function requestForgetting(app: App, id: InstanceId, by: string): Promise<boolean> {
  return inTransaction(app.db, async (tx) => {
    const instance = await getInstance(tx, id);
    if (!instance) return false;
    await setInstanceState(tx, id, "disabled", [{ code: "deleting", message: "This instance is being deleted." }]);
    await askToForgetInstance(app, tx, { instance: id, by, asked: app.now().toISOString() });
    await notifyLive(tx, { is: "instance-changed", instanceId: id });
    return true;
  });
}

export async function forgetInstance(app: App, job: JobData["forget-instance"]): Promise<void> {
  const instance = await getInstance(app.db, job.instance);
  if (!instance) return;
  const hooksLeft: string[] = [];
  for (const organization of await listOrganizations(app.db, instance.id)) {
    hooksLeft.push(...(await removeHooks(app, organization, isPatient(app, job))));
  }
  for (const id of await listRepositoryIds(app.db, instance.id)) await app.mirrors.remove(id);
  await inTransaction(app.db, async (tx) => {
    await eraseCredentials(tx, instance.id);
    await deleteInstance(tx, instance.id);
    await insertAuditEvent(tx, {
      actor: job.by,
      action: "instance-deleted",
      subject: instance.name,
      instanceId: instance.id,
      data: { hooksLeft },
    });
    await notifyLive(tx, { is: "instance-changed", instanceId: instance.id });
  });
}

/** Data is deleted because a person wants it gone: an Azure DevOps that does not answer may delay that, not prevent it. */
function isPatient(app: App, job: JobData["forget-instance"]): boolean {
  return app.now().getTime() - Date.parse(job.asked) < 10 * 60_000;
}

/** What could not be removed, in words for the person who must do it by hand. */
async function removeHooks(app: App, organization: OrganizationRow, isPatient: boolean): Promise<readonly string[]> {
  const rows = (await listSubscriptions(app.db, organization.instanceId)).filter(
    ({ organizationId }) => organizationId === organization.id,
  );
  const keys = new Set(rows.map(({ key }) => key));
  const ids = new Set(rows.flatMap(({ remoteId }) => remoteId ?? []));
  const answer = await remoteAnswer(async () => {
    const client = await openOrganization(app, organization.id);
    return { client, subscriptions: await listRemoteSubscriptions(client) };
  });
  if (answer.is === "no") {
    if (answer.error.passing && isPatient) throw answer.error;
    return rows.map((row) => `${organization.name}: ${row.eventType} to ${hookAddress(app.publicUrl, row.key)}`);
  }
  const { client, subscriptions } = answer.value;
  const left: string[] = [];
  for (const subscription of subscriptions) {
    const key = keyOfAddress(app.publicUrl, subscription.url);
    if (!ids.has(subscription.id) && !(key !== undefined && keys.has(key))) continue;
    const deleted = await remoteAnswer(() => deleteSubscription(client, subscription.id));
    if (deleted.is === "answer" || deleted.error.code === "not-found") continue;
    if (deleted.error.passing && isPatient) throw deleted.error;
    left.push(`${organization.name}: ${subscription.eventType} to ${subscription.url}`);
  }
  return left;
}
