/**
 * Deletes an instance: its hooks and gates in Azure DevOps, its credentials, its mirrors, and everything that was found. The
 * audit keeps a receipt, with the hooks and gates that could not be removed. A job, so that it ends even if the server does in between.
 */
import { deleteSubscription, listSubscriptions as listRemoteSubscriptions } from "#azure-devops/subscriptions.ts";
import type { InstanceId } from "#model/ids.ts";
import type { StateReason } from "#model/instance.ts";
import type { Db } from "#store/database.ts";
import { type HookSubscription, listSubscriptions } from "#store/hooks/hook-subscriptions.ts";
import {
  deleteInstance,
  getInstance,
  type InstanceRow,
  lockInstance,
  setInstanceState,
  setPaused,
} from "#store/instances/instances.ts";
import { countKept } from "#store/instances/kept-of-instance.ts";
import { listOrganizations, type OrganizationRow } from "#store/instances/organizations.ts";
import { listRepositoryIds } from "#store/instances/repositories.ts";
import { notifyLive } from "#store/live.ts";
import { insertAuditEvent, listAuditEvents } from "#store/people/audit-events.ts";
import { eraseCredentials, listCredentials } from "#store/people/credentials.ts";
import { deleteUnused } from "#store/people/sign-ins.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { credentialWords } from "../credentials/credential-words.ts";
import { removeGates } from "../gates/remove-gates.ts";
import { askToForgetInstance } from "../jobs/ask.ts";
import type { JobData } from "../jobs/queues.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { hookAddress, keyOfAddress } from "../service-hooks/hook-address.ts";
import { type ActingClient, openOrganization } from "./open-organization.ts";

/** What was deleted, for the person who asked for it. */
export interface Receipt {
  readonly instance: string;
  readonly by: string;
  /** ISO text. */
  readonly asked: string;
  readonly finished: Date;
  readonly organizations: readonly string[];
  readonly hooksRemoved: number;
  /** In words for the person who must do it by hand. */
  readonly hooksLeft: readonly string[];
  /** Branch policies that required our status. Absent of what was deleted before there were any. */
  readonly gatesRemoved?: number;
  readonly gatesLeft?: readonly string[];
  /** The credentials that removed hooks and gates. */
  readonly as: readonly string[];
  readonly credentials: number;
  readonly mirrors: number;
  readonly repositories: number;
  readonly scans: number;
  readonly issues: number;
}

type Deleted = Omit<Receipt, "instance" | "by" | "finished">;

const deletedAction = "instance-deleted";

/** Begins the deletion; false if there is no such instance. From now on nothing is scanned for it. */
export async function requestForgetting(
  app: Pick<App, "db" | "jobs" | "now">,
  id: InstanceId,
  by: string,
): Promise<boolean> {
  return inTransaction(app.db, async (tx) => {
    const instance = await lockInstance(tx, id);
    if (!instance) return false;
    // Whoever pauses may resume; what is being deleted is not resumed.
    await setPaused(tx, id, undefined);
    await setInstanceState(tx, id, "disabled", [deleting(app.now())]);
    await askToForgetInstance(app, tx, { instance: id, by, asked: app.now().toISOString() });
    await notifyLive(tx, { is: "instance-changed", instanceId: id });
    return true;
  });
}

function deleting(now: Date): StateReason {
  return {
    code: "deleting",
    level: "notice",
    since: now.toISOString(),
    cause: "This instance is being deleted.",
    affects: "Nothing is scanned for it any more.",
    remedy: "Nothing needs to be done: it disappears by itself, and leaves a receipt in the audit.",
  };
}

export async function forgetInstance(app: App, job: JobData["forget-instance"]): Promise<void> {
  const instance = await getInstance(app.db, job.instance);
  if (!instance) return;
  const organizations = await listOrganizations(app.db, instance.id);
  let hooksRemoved = 0;
  const hooksLeft: string[] = [];
  let gatesRemoved = 0;
  const gatesLeft: string[] = [];
  const as = new Set<string>();
  for (const organization of organizations) {
    const { removed, left, actsAs } = await removeHooks(app, organization, isPatient(app, job));
    hooksRemoved += removed;
    hooksLeft.push(...left);
    if (actsAs) as.add(credentialWords(actsAs));
    const gates = await removeGates(app, organization, { isPatient: isPatient(app, job) });
    gatesRemoved += gates.removed;
    gatesLeft.push(...gates.left);
    if (gates.actsAs) as.add(credentialWords(gates.actsAs));
  }
  const mirrors = await removeMirrors(app, instance.id);
  await inTransaction(app.db, async (tx) => {
    const kept = await countKept(tx, instance.id);
    const credentials = await listCredentials(tx, instance.id);
    await eraseCredentials(tx, instance.id);
    await deleteUnused(
      tx,
      credentials.flatMap(({ signInId }) => signInId ?? []),
    );
    await deleteInstance(tx, instance.id);
    const names = organizations.map(({ name }) => name);
    await leaveReceipt(app, tx, instance, job.by, {
      asked: job.asked,
      organizations: names,
      hooksRemoved,
      hooksLeft,
      gatesRemoved,
      gatesLeft,
      as: [...as],
      credentials: credentials.length,
      mirrors,
      ...kept,
    });
    await notifyLive(tx, { is: "instance-changed", instanceId: instance.id });
  });
}

async function removeMirrors({ db, mirrors }: App, instance: InstanceId): Promise<number> {
  let removed = 0;
  for (const id of await listRepositoryIds(db, instance)) {
    const mirror = mirrors.existing(id);
    mirror?.release();
    if (mirror) removed += 1;
    await mirrors.remove(id);
  }
  return removed;
}

async function leaveReceipt(app: App, tx: Db, instance: InstanceRow, by: string, deleted: Deleted): Promise<void> {
  await insertAuditEvent(tx, {
    actor: by,
    action: deletedAction,
    subject: instance.name,
    instanceId: instance.id,
    at: app.now(),
    data: deleted,
  });
}

/** Undefined while there is such an instance, if there never was one, or if it was deleted by an earlier version. */
export async function readReceipt({ db }: Pick<App, "db">, id: InstanceId): Promise<Receipt | undefined> {
  const { rows } = await listAuditEvents(db, { is: "instances", ids: [id] }, { offset: 0, limit: 50 });
  // Lines of earlier versions counted nothing.
  const line = rows.find(({ action, data }) => action === deletedAction && "asked" in Object(data));
  if (!line) return undefined;
  return { ...(line.data as Deleted), instance: line.subject, by: line.actor, finished: line.at };
}

/** Data is deleted because a person wants it gone: an Azure DevOps that does not answer may delay that, not prevent it. */
function isPatient(app: App, job: JobData["forget-instance"]): boolean {
  return app.now().getTime() - Date.parse(job.asked) < 10 * 60_000;
}

interface Cleared {
  /** Counts also what was gone already: it is not there any more. */
  readonly removed: number;
  /** What could not be removed, in words for the person who must do it by hand. */
  readonly left: readonly string[];
  readonly actsAs?: ActingClient["actsAs"];
}

async function removeHooks(app: App, organization: OrganizationRow, isPatient: boolean): Promise<Cleared> {
  const rows = (await listSubscriptions(app.db, organization.instanceId)).filter(
    ({ organizationId }) => organizationId === organization.id,
  );
  const made = rows.filter(({ remoteId }) => remoteId !== undefined);
  const answer = await remoteAnswer(async () => {
    const client = await openOrganization(app, organization.id, "hooks");
    return { client, subscriptions: await listRemoteSubscriptions(client) };
  });
  if (answer.is === "no") {
    if (answer.error.passing && isPatient) throw answer.error;
    const left = made.map((row) => `${organization.name}: ${row.eventType} to ${hookAddress(app.publicUrl, row.key)}`);
    return { removed: 0, left };
  }
  const { client, subscriptions } = answer.value;
  const ours = subscriptions.filter(isOneOf(app, rows));
  const left: string[] = [];
  for (const subscription of ours) {
    const deleted = await remoteAnswer(() => deleteSubscription(client, subscription.id));
    if (deleted.is === "answer" || deleted.error.code === "not-found") continue;
    if (deleted.error.passing && isPatient) throw deleted.error;
    left.push(`${organization.name}: ${subscription.eventType} to ${subscription.url}`);
  }
  return { removed: Math.max(made.length, ours.length) - left.length, left, actsAs: client.actsAs };
}

function isOneOf(app: App, rows: readonly HookSubscription[]) {
  const keys = new Set(rows.map(({ key }) => key));
  const ids = new Set<string>(rows.flatMap(({ remoteId }) => remoteId ?? []));
  return ({ id, url }: { readonly id: string; readonly url: string }) => {
    const key = keyOfAddress(app.publicUrl, url);
    return ids.has(id) || (key !== undefined && keys.has(key));
  };
}
