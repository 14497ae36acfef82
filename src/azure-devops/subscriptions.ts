/** Service-hook subscriptions of kind web hook. Azure DevOps never shows a secret again, so every write sends it anew. */
import type { SubscribedEventType } from "#model/hook-event.ts";
import type { ProjectId, SubscriptionId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { SecretValue } from "#model/secret-value.ts";
import { type OrganizationClient, path } from "./organization-client.ts";
import { collect, wholeList } from "./pages.ts";
import {
  inner,
  optionalDate,
  optionalText,
  requiredNumber,
  requiredText,
  type Wire,
  wireList,
  wireObject,
} from "./read-wire.ts";

const subscriptionStatuses = [
  "enabled",
  "onProbation",
  "disabledByUser",
  "disabledBySystem",
  "disabledByInactiveIdentity",
] as const;

type SubscriptionStatus = (typeof subscriptionStatuses)[number];

export interface RemoteSubscription {
  readonly id: SubscriptionId;
  readonly status: SubscriptionStatus;
  readonly eventType: string;
  readonly url: string;
  /** Absent for a subscription to the whole organization. */
  readonly projectId?: ProjectId;
  readonly resourceVersion?: string;
  /** The id of the account whose rights its events are seen with. */
  readonly createdBy?: string;
}

export interface SubscriptionInputs {
  /** Absent = the whole organization, which takes a collection administrator. */
  readonly projectId?: ProjectId;
  readonly eventType: SubscribedEventType;
  /** Where deliveries go; must be as good as unguessable, and of this subscription alone. */
  readonly url: string;
  readonly username: string;
  readonly password: SecretValue;
  readonly resourceVersion?: string;
}

/** Version of the payload, and the filters of each event; an empty filter lets everything through. */
const events: Readonly<Record<SubscribedEventType, { readonly version: string; readonly filters: readonly string[] }>> =
  {
    "git.push": { version: "1.0", filters: ["repository", "branch", "pushedBy"] },
    "git.pullrequest.created": {
      version: "1.0",
      filters: ["repository", "branch", "pullrequestCreatedBy", "pullrequestReviewersContains"],
    },
    "git.pullrequest.updated": {
      version: "1.0",
      filters: ["repository", "branch", "pullrequestCreatedBy", "pullrequestReviewersContains", "notificationType"],
    },
    "git.pullrequest.merged": {
      version: "1.0",
      filters: ["repository", "branch", "pullrequestCreatedBy", "pullrequestReviewersContains", "mergeResult"],
    },
    "build.complete": { version: "2.0", filters: ["definitionName", "buildStatus"] },
    "git.repo.created": { version: "1.0-preview.1", filters: [] },
    "ms.vss-code.git-pullrequest-comment-event": { version: "2.0", filters: ["repository", "branch"] },
  };

/** Deliveries have the shape of the version that was asked for; another one is not what we read. */
export function isPinned({ resourceVersion }: RemoteSubscription, eventType: SubscribedEventType): boolean {
  return resourceVersion === undefined || resourceVersion === events[eventType].version;
}

/** All web hooks of the organization that this identity may see, whoever made them. */
export async function listSubscriptions(client: OrganizationClient): Promise<readonly RemoteSubscription[]> {
  const request = {
    path: path`/_apis/hooks/subscriptions`,
    query: { publisherId: "tfs", consumerId: "webHooks", consumerActionId: "httpRequest" },
  };
  return collect(wholeList(client, request, "subscriptions"), readSubscription);
}

/** What this organization can tell of: older servers do not know every event. */
export async function listEventTypes(client: OrganizationClient): Promise<readonly string[]> {
  const where = "event types";
  const request = { path: path`/_apis/hooks/publishers/tfs/eventtypes` };
  return collect(wholeList(client, request, where), (wire) => requiredText(wire, "id", where));
}

/** Those that deliver to exactly this address. */
export async function findSubscriptions(
  client: OrganizationClient,
  url: string,
): Promise<readonly RemoteSubscription[]> {
  const { body } = await client.request({
    method: "POST",
    path: path`/_apis/hooks/subscriptionsquery`,
    body: {
      publisherId: "tfs",
      consumerId: "webHooks",
      consumerInputFilters: [{ conditions: [{ inputId: "url", operator: "equals", inputValue: url }] }],
    },
    isRepeatable: true,
  });
  const found = wireList(wireObject(body, "subscriptions").results ?? [], "subscriptions").map(readSubscription);
  return found.filter((subscription) => subscription.url === url);
}

/** If the answer was lost, looks whether it was made: Azure DevOps itself would make a second one. */
export async function createSubscription(
  client: OrganizationClient,
  inputs: SubscriptionInputs,
): Promise<RemoteSubscription> {
  try {
    const { body } = await client.request({
      method: "POST",
      path: path`/_apis/hooks/subscriptions`,
      body: subscriptionBody(inputs),
    });
    return readSubscription(wireObject(body, "a new subscription"));
  } catch (error) {
    if (!(error instanceof RemoteError && ["timed-out", "unreachable", "unavailable"].includes(error.code)))
      throw error;
    const made = (await findSubscriptions(client, inputs.url).catch(() => [])).find(
      ({ eventType, projectId }) => eventType === inputs.eventType && projectId === inputs.projectId,
    );
    if (!made) throw error;
    return made;
  }
}

/** Writes the whole subscription again, secret included, and enables it. */
export async function replaceSubscription(
  client: OrganizationClient,
  id: SubscriptionId,
  inputs: SubscriptionInputs,
): Promise<RemoteSubscription> {
  const { body } = await client.request({
    method: "PUT",
    path: path`/_apis/hooks/subscriptions/${id}`,
    body: { id, status: "enabled", ...subscriptionBody(inputs) },
  });
  return readSubscription(wireObject(body, "a subscription"));
}

export async function deleteSubscription(client: OrganizationClient, id: SubscriptionId): Promise<void> {
  await client.request({ method: "DELETE", path: path`/_apis/hooks/subscriptions/${id}` });
}

/** One attempt to deliver. */
export interface RemoteNotification {
  /** Counts per subscription. */
  readonly id: number;
  /** The id of the event, as the delivery carries it. */
  readonly eventId: string;
  readonly status: "queued" | "processing" | "requestInProgress" | "completed";
  readonly result: "pending" | "succeeded" | "failed" | "filtered";
  readonly createdAt?: Date;
  /** What went wrong, in Azure DevOps' words. */
  readonly errorMessage?: string;
}

/**
 * Has Azure DevOps deliver a sample: made-up ids, and without a subscription's id zeros in its place. Asked again after a
 * lost answer it may arrive twice, so it is not.
 */
export async function sendTestNotification(
  client: OrganizationClient,
  inputs: SubscriptionInputs,
  id?: SubscriptionId,
): Promise<RemoteNotification> {
  const { body } = await client.request({
    method: "POST",
    path: path`/_apis/hooks/testnotifications`,
    body: { ...(id === undefined ? {} : { subscriptionId: id }), details: subscriptionBody(inputs) },
  });
  return readNotification(wireObject(body, "a test notification"));
}

/** How a test notification fared; what is sent without a subscription is kept under zeros. */
export async function getTestNotification(client: OrganizationClient, id: number): Promise<RemoteNotification> {
  const zeros = "00000000-0000-0000-0000-000000000000";
  const { body } = await client.request({ path: path`/_apis/hooks/subscriptions/${zeros}/notifications/${id}` });
  return readNotification(wireObject(body, "a test notification"));
}

/** The newest deliveries of a subscription, newest first; they are kept for a week or two. */
export async function listNotifications(
  client: OrganizationClient,
  id: SubscriptionId,
  { maxResults }: { readonly maxResults: number },
): Promise<readonly RemoteNotification[]> {
  const request = { path: path`/_apis/hooks/subscriptions/${id}/notifications`, query: { maxResults } };
  return collect(wholeList(client, request, "notifications"), readNotification);
}

const notificationStatuses = ["queued", "processing", "requestInProgress", "completed"] as const;
const notificationResults = ["pending", "succeeded", "failed", "filtered"] as const;

function readNotification(wire: Wire): RemoteNotification {
  const where = "notification";
  const status = requiredText(wire, "status", where);
  const result = requiredText(wire, "result", where);
  const createdAt = optionalDate(wire, "createdDate");
  const errorMessage = optionalText(inner(wire, "details"), "errorMessage");
  return {
    id: requiredNumber(wire, "id", where),
    eventId: requiredText(wire, "eventId", where),
    status: notificationStatuses.find((known) => known === status) ?? "processing",
    result: notificationResults.find((known) => known === result) ?? "pending",
    ...(createdAt && { createdAt }),
    ...(errorMessage === undefined ? {} : { errorMessage }),
  };
}

function subscriptionBody(inputs: SubscriptionInputs): Wire {
  const { version, filters } = events[inputs.eventType];
  return {
    publisherId: "tfs",
    eventType: inputs.eventType,
    resourceVersion: inputs.resourceVersion ?? version,
    consumerId: "webHooks",
    consumerActionId: "httpRequest",
    publisherInputs: {
      ...(inputs.projectId === undefined ? {} : { projectId: inputs.projectId }),
      ...Object.fromEntries(filters.map((name) => [name, ""])),
    },
    consumerInputs: {
      url: inputs.url,
      basicAuthUsername: inputs.username,
      basicAuthPassword: inputs.password.reveal(),
      resourceDetailsToSend: "all",
      messagesToSend: "none",
      detailedMessagesToSend: "none",
    },
  };
}

function readSubscription(wire: Wire): RemoteSubscription {
  const where = "subscription";
  const status = requiredText(wire, "status", where);
  const projectId = optionalText(inner(wire, "publisherInputs"), "projectId");
  const resourceVersion = optionalText(wire, "resourceVersion");
  const createdBy = optionalText(inner(wire, "createdBy"), "id");
  return {
    id: requiredText(wire, "id", where) as SubscriptionId,
    // A status that is new to us is no working one: replacing the subscription enables it.
    status: subscriptionStatuses.find((known) => known === status) ?? "disabledBySystem",
    eventType: requiredText(wire, "eventType", where),
    url: optionalText(inner(wire, "consumerInputs"), "url") ?? "",
    ...(projectId === undefined ? {} : { projectId: projectId as ProjectId }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    ...(createdBy === undefined ? {} : { createdBy }),
  };
}
