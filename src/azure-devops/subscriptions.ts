/** Service-hook subscriptions of kind web hook. Azure DevOps never shows a secret again, so every write sends it anew. */
import type { SubscribedEventType } from "#model/hook-event.ts";
import type { ProjectId, SubscriptionId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { SecretValue } from "#model/secret-value.ts";
import { type OrganizationClient, path } from "./organization-client.ts";
import { collect, wholeList } from "./pages.ts";
import { inner, optionalText, requiredText, type Wire, wireList, wireObject } from "./read-wire.ts";

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
}

export interface SubscriptionInputs {
  readonly projectId: ProjectId;
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
  };

/** All web hooks of the organization that this identity may see, whoever made them. */
export async function listSubscriptions(client: OrganizationClient): Promise<readonly RemoteSubscription[]> {
  const request = {
    path: path`/_apis/hooks/subscriptions`,
    query: { publisherId: "tfs", consumerId: "webHooks", consumerActionId: "httpRequest" },
  };
  return collect(wholeList(client, request, "subscriptions"), readSubscription);
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

function subscriptionBody(inputs: SubscriptionInputs): Wire {
  const { version, filters } = events[inputs.eventType];
  return {
    publisherId: "tfs",
    eventType: inputs.eventType,
    resourceVersion: inputs.resourceVersion ?? version,
    consumerId: "webHooks",
    consumerActionId: "httpRequest",
    publisherInputs: { projectId: inputs.projectId, ...Object.fromEntries(filters.map((name) => [name, ""])) },
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
  return {
    id: requiredText(wire, "id", where) as SubscriptionId,
    // A status that is new to us is no working one: replacing the subscription enables it.
    status: subscriptionStatuses.find((known) => known === status) ?? "disabledBySystem",
    eventType: requiredText(wire, "eventType", where),
    url: optionalText(inner(wire, "consumerInputs"), "url") ?? "",
    ...(projectId === undefined ? {} : { projectId: projectId as ProjectId }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
  };
}
