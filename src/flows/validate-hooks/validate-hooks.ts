/**
 * Tries every hook of an instance as the guide tells people to do by hand: Azure DevOps sends a test notification for
 * each, and the counters of our side say whether it arrived. What is found is saved as it comes.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import { getTestNotification, sendTestNotification } from "#azure-devops/subscriptions.ts";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import type { HookValidationResult } from "#store/database.ts";
import { type HookSubscription, listSubscriptions } from "#store/hooks/hook-subscriptions.ts";
import { getValidation, type HookValidation, saveValidation } from "#store/hooks/hook-validations.ts";
import { getInstance } from "#store/instances/instances.ts";
import { listOrganizations } from "#store/instances/organizations.ts";
import { listProjects } from "#store/instances/projects.ts";
import { notifyLive } from "#store/live.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { credentialWords } from "../credentials/credential-words.ts";
import { inLanes } from "../in-lanes.ts";
import { type ActingClient, openOrganization } from "../instances/open-organization.ts";
import type { JobData } from "../jobs/queues.ts";
import { remoteAnswer } from "../remote-answer.ts";
import { hookInputs } from "../service-hooks/hook-inputs.ts";

const callsAtOnce = 4;
const lookMilliseconds = 250;
/** How often Azure DevOps is asked about a test that does not come. */
const askMilliseconds = 1000;
/** Azure DevOps sends a test at once; what has not come by then does not come. */
const patienceMilliseconds = 30_000;

/** One hook being tried. */
interface Try {
  readonly row: HookSubscription;
  /** When it was sent, and when Azure DevOps was last asked about it, on the clock that does not jump. */
  sentAt: number;
  askedAt: number;
  /** Its number at Azure DevOps. */
  notification?: number;
  result: HookValidationResult;
}

export async function validateHooks(app: App, job: JobData["validate-hooks"], signal: AbortSignal): Promise<void> {
  const validation = await getValidation(app.db, job.validation);
  if (!validation || validation.finishedAt) return;
  const tries = await listTries(app, job.instance);
  await save(app, validation, tries);
  const clients = new Map<OrganizationId, Promise<ActingClient>>();
  const clientOf = ({ row: { organizationId } }: Try) => {
    const client = clients.get(organizationId) ?? openOrganization(app, organizationId, "person");
    clients.set(organizationId, client);
    return client;
  };
  await inLanes(tries, callsAtOnce, async (one) => {
    signal.throwIfAborted();
    // Whatever stands in the way, a person waits for the end of it.
    const opened = await remoteAnswer(() => clientOf(one));
    if (opened.is === "answer") await send(app, opened.value, one);
    else one.result = { ...one.result, state: "refused", detail: opened.error.message };
  });
  await seeArrivals(app, { validation, tries, clientOf, signal });
  for (const one of tries) if (one.result.state === "sent") one.result = { ...one.result, ...lost(app) };
  const opened = await Promise.allSettled(clients.values());
  const as = opened.flatMap((one) => (one.status === "fulfilled" ? [credentialWords(one.value.actsAs)] : []));
  await finish(app, validation, { tries, as: [...new Set(as)] });
}

async function listTries(app: App, instanceId: InstanceId): Promise<readonly Try[]> {
  const organizations = new Map((await listOrganizations(app.db, instanceId)).map(({ id, name }) => [id, name]));
  const projects = new Map((await listProjects(app.db, instanceId)).map(({ id, name }) => [id, name]));
  const rows = await listSubscriptions(app.db, instanceId);
  return rows.map((row) => {
    const project = row.projectId && projects.get(row.projectId);
    const organization = organizations.get(row.organizationId) ?? "";
    const { key, eventType } = row;
    const result = { key, organization, eventType, state: "waiting", ...(project && { project }) } as const;
    return { row, sentAt: 0, askedAt: 0, result };
  });
}

async function send(app: App, client: OrganizationClient, one: Try): Promise<void> {
  const { status } = one.row;
  // A test would be delivered all the same, and say that all is well.
  if (status !== "enabled" && status !== "onProbation") {
    one.result = { ...one.result, state: "refused", detail: switchedOff[status] };
    return;
  }
  one.sentAt = performance.now();
  one.askedAt = one.sentAt;
  const answer = await remoteAnswer(() => sendTestNotification(client, hookInputs(app, one.row)));
  if (answer.is === "answer") {
    one.notification = answer.value.id;
    one.result = { ...one.result, state: "sent" };
  } else one.result = { ...one.result, state: "refused", detail: `Azure DevOps says: ${answer.error.message}` };
}

const switchedOff = {
  pending: "The hook could not be made yet; the instance says why.",
  refused: "The account that is connected may not manage it; the instance says what is missing.",
  disabledByUser: "Somebody switched the hook off in Azure DevOps.",
  disabledBySystem: "Azure DevOps switched the hook off, because its deliveries failed for too long.",
  disabledByInactiveIdentity: "Azure DevOps switched the hook off: who made it is not there any more.",
} as const;

/** Looks until all that was sent has arrived, or the time is over. */
async function seeArrivals(
  app: App,
  about: {
    readonly validation: HookValidation;
    readonly tries: readonly Try[];
    readonly clientOf: (one: Try) => Promise<OrganizationClient>;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { validation, tries, clientOf, signal } = about;
  const end = performance.now() + patienceMilliseconds;
  for (;;) {
    const rows = new Map((await listSubscriptions(app.db, validation.instanceId)).map((row) => [row.key, row]));
    const waiting = () => tries.filter(({ result }) => result.state === "sent");
    for (const one of waiting()) see(one, rows.get(one.row.key));
    await inLanes(waiting(), callsAtOnce, async (one) => ask(await clientOf(one), one));
    await save(app, validation, tries);
    if (waiting().length === 0 || performance.now() > end) return;
    await pause(lookMilliseconds, undefined, { signal });
  }
}

/** Azure DevOps knows why a delivery failed; what it only thinks to have delivered is not believed. */
async function ask(client: OrganizationClient, one: Try): Promise<void> {
  const { notification } = one;
  if (notification === undefined || performance.now() - one.askedAt < askMilliseconds) return;
  one.askedAt = performance.now();
  const answer = await remoteAnswer(() => getTestNotification(client, notification));
  if (answer.is === "no" || answer.value.status !== "completed" || answer.value.result === "succeeded") return;
  const detail = `Azure DevOps could not deliver it: ${answer.value.errorMessage ?? answer.value.result}`;
  one.result = { ...one.result, state: "lost", detail };
}

function see(one: Try, now: HookSubscription | undefined): void {
  if (!now) return;
  const milliseconds = Math.round(performance.now() - one.sentAt);
  if (now.accepted + now.duplicate > one.row.accepted + one.row.duplicate) {
    one.result = { ...one.result, state: "arrived", milliseconds };
  } else if (now.refused > one.row.refused) {
    const detail = "It came with another password than the one agreed upon. Sync now gives Azure DevOps the right one.";
    one.result = { ...one.result, state: "lost", detail };
  }
}

function lost(app: App): Pick<HookValidationResult, "state" | "detail"> {
  const seconds = patienceMilliseconds / 1000;
  const detail = `Azure DevOps sent it, and within ${seconds} seconds it did not arrive. It must be able to reach ${app.publicUrl}.`;
  return { state: "lost", detail };
}

async function save(app: App, { id, instanceId }: HookValidation, tries: readonly Try[]): Promise<void> {
  await saveValidation(app.db, id, { results: tries.map(({ result }) => result) });
  await notifyLive(app.db, { is: "instance-changed", instanceId });
}

async function finish(
  app: App,
  validation: HookValidation,
  { tries, as }: { readonly tries: readonly Try[]; readonly as: readonly string[] },
): Promise<void> {
  const { id, instanceId, startedBy } = validation;
  const finishedAt = app.now();
  const count = (state: HookValidationResult["state"]) => tries.filter(({ result }) => result.state === state).length;
  await inTransaction(app.db, async (tx) => {
    await saveValidation(tx, id, { results: tries.map(({ result }) => result), finishedAt });
    await insertAuditEvent(tx, {
      actor: startedBy,
      action: "hooks-validated",
      subject: (await getInstance(tx, instanceId))?.name ?? "",
      instanceId,
      data: { arrived: count("arrived"), lost: count("lost"), refused: count("refused"), as },
      at: finishedAt,
    });
    await notifyLive(tx, { is: "instance-changed", instanceId });
  });
}
