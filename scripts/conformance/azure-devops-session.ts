/** The session whose answers are checked: writes that make data, every read that the descriptions know, changes, deletions. */
import { groupsOf } from "../../emulator/identity/groups.ts";
import type { DemoSeed } from "../../emulator/seeds/seed-demo.ts";
import type { Emulator } from "../../emulator/start-emulator.ts";
import type { Conversation } from "./conversation.ts";
import { makeGitData, makePullRequestData } from "./git-session.ts";
import { readInventory } from "./inventory-session.ts";
import type { Operation } from "./read-operations.ts";
import { field, pullRequests, repository, statusPolicy, zeroId } from "./session-words.ts";

type Json = Record<string, unknown>;

export async function holdSession(
  talk: Conversation,
  emulator: Emulator,
  seed: DemoSeed,
  operations: readonly Operation[],
) {
  know(talk, seed);
  await makeGitData(talk, emulator, seed);
  await makePullRequestData(talk, emulator, seed);
  await makeOtherData(talk, emulator, seed);
  await readEverything(talk, operations);
  await changeThings(talk, seed);
  await finish(talk, emulator);
}

function know(talk: Conversation, seed: DemoSeed): void {
  const checkout = seed.repositories["checkout-service"];
  const administrators = groupsOf(seed.organization).find((group) => group.grants === "collection administrators");
  Object.assign(talk.known, {
    organization: seed.organization.name,
    project: "Storefront",
    projectId: seed.projects[0]?.id,
    team: "Storefront Team",
    teamId: "Storefront Team",
    repositoryId: checkout?.id,
    collectionId: seed.organization.collectionId,
    reviewerId: seed.people.tomas?.id,
    publisherId: "tfs",
    consumerId: "webHooks",
    consumerActionId: "httpRequest",
    eventTypeId: "git.push",
    iterationId: "1",
    commentId: "1",
    logId: "1",
    revisionId: "1",
    typeId: statusPolicy,
    type: "Bug",
    relation: "System.LinkTypes.Related",
    fieldNameOrRefName: "System.Title",
    labelIdOrName: "judged",
    path: "x",
    providerName: "tfsgit",
    memberId: seed.administrator.id,
    name: "main",
    subjectDescriptor: seed.administrator.descriptor,
    userDescriptor: seed.administrator.descriptor,
    groupDescriptor: administrators?.descriptor,
    containerDescriptor: administrators?.descriptor,
    storageKey: seed.administrator.id,
    userId: seed.administrator.id,
  });
}

// oxlint-disable-next-line max-lines-per-function -- a list of writes, one after another
async function makeOtherData(talk: Conversation, emulator: Emulator, seed: DemoSeed): Promise<void> {
  const policies = "/{organization}/{project}/_apis/policy";
  const scope = [{ repositoryId: talk.known.repositoryId, refName: "refs/heads/main", matchKind: "exact" }];
  const configuration = {
    type: { id: statusPolicy },
    isEnabled: true,
    isBlocking: false,
    settings: { statusName: "scan", statusGenre: "judge", invalidateOnSourceUpdate: false, scope },
  };
  const policy = await talk.call(`POST ${policies}/configurations`, { body: configuration });
  talk.known.configurationId = field(policy, "id");
  await talk.call(`PUT ${policies}/configurations/{configurationId}`, { body: configuration });
  const artifactId = `vstfs:///CodeReview/CodeReviewId/${talk.known.projectId}/${talk.known.pullRequestId}`;
  const evaluations = await talk.call(`GET ${policies}/evaluations`, { query: { artifactId } });
  talk.known.evaluationId = field(evaluations, "value", 0, "evaluationId");
  const definitions = await talk.call("GET /{organization}/{project}/_apis/build/definitions");
  const definition = field(definitions, "value", 0, "id");
  Object.assign(talk.known, { definitionId: definition, definition, pipelineId: definition });
  const build = await talk.call("POST /{organization}/{project}/_apis/build/builds", {
    body: { definition: { id: Number(definition) } },
  });
  Object.assign(talk.known, {
    buildId: field(build, "id"),
    runId: field(build, "id"),
    timelineId: field(build, "orchestrationPlan", "planId"),
  });
  await talk.call("PATCH /{organization}/{project}/_apis/build/builds/{buildId}", {
    body: { status: "completed", result: "partiallySucceeded" },
  });
  await talk.call("POST /{organization}/{project}/_apis/pipelines/{pipelineId}/runs", { body: {} });
  await talk.call("POST /{organization}/{project}/_apis/pipelines/{pipelineId}/preview", {
    body: { previewRun: true },
  });
  await talk.call("POST /{organization}/{project}/_apis/pipelines", {
    body: {
      name: "made",
      folder: "\\",
      configuration: {
        type: "yaml",
        path: "/azure-pipelines.yml",
        repository: { id: talk.known.repositoryId, type: "azureReposGit" },
      },
    },
  });
  await talk.call("POST /{organization}/_apis/permissionsreport", {
    body: { reportName: "Judged", descriptors: [], resources: [{ resourceId: "x", resourceType: "repo" }] },
  });
  const reports = await talk.call("GET /{organization}/_apis/permissionsreport");
  talk.known.reportId = field(reports, "value", 0, "id");
  await emulator.clock.advance(1000);
  await talk.call("POST /{organization}/_apis/graph/subjectlookup", {
    body: { lookupKeys: [{ descriptor: talk.known.groupDescriptor }] },
  });
  await makeWorkItems(talk);
  await makeSubscription(talk, seed);
  await readInventory(talk);
}

async function makeWorkItems(talk: Conversation): Promise<void> {
  const wit = "/{organization}/{project}/_apis/wit";
  const patch = (body: unknown) => ({ body, contentType: "application/json-patch+json" });
  const title = { op: "add", path: "/fields/System.Title", value: "Checked" };
  const made = await talk.call(
    `POST ${wit}/workitems/\${type}`,
    patch([title, { op: "add", path: "/fields/System.Tags", value: "one; two" }]),
  );
  const id = field(made, "id");
  const url = `vstfs:///Git/PullRequestId/${talk.known.projectId}%2F${talk.known.repositoryId}%2F${talk.known.pullRequestId}`;
  const relation = { rel: "ArtifactLink", url, attributes: { name: "Pull Request" } };
  Object.assign(talk.known, { id, workItemId: id });
  await talk.call(`PATCH ${wit}/workitems/{id}`, patch([{ op: "add", path: "/relations/-", value: relation }]));
  const comments = `${wit}/workItems/{workItemId}/comments`;
  const comment = await talk.call(`POST ${comments}`, { body: { text: "Seen." } });
  await talk.call(`GET ${comments}/{commentId}`, { values: { commentId: field(comment, "id") } });
  await talk.call(`POST ${wit}/workitemsbatch`, { body: { ids: [Number(id)], $expand: "all" } });
  await talk.call(`POST ${wit}/artifacturiquery`, { body: { artifactUris: [url] } });
  const query =
    "SELECT [System.Id], [System.Title] FROM WorkItems WHERE [System.WorkItemType] = 'Bug' ORDER BY [System.Id]";
  await talk.call("POST /{organization}/{project}/{team}/_apis/wit/wiql", { body: { query } });
}

async function makeSubscription(talk: Conversation, seed: DemoSeed): Promise<void> {
  const hooks = "/{organization}/_apis/hooks";
  const subscription = {
    publisherId: "tfs",
    eventType: "git.push",
    resourceVersion: "1.0",
    consumerId: "webHooks",
    consumerActionId: "httpRequest",
    publisherInputs: { projectId: seed.projects[0]?.id, repository: "", branch: "", pushedBy: "" },
    consumerInputs: { url: "http://127.0.0.1:9/hook", basicAuthUsername: "judge", basicAuthPassword: "secret" },
  };
  const made = await talk.call(`POST ${hooks}/subscriptions`, { body: subscription });
  talk.known.subscriptionId = field(made, "id");
  await talk.call(`PUT ${hooks}/subscriptions/{subscriptionId}`, {
    body: { ...subscription, id: talk.known.subscriptionId },
  });
  await talk.call(`POST ${hooks}/subscriptionsquery`, { body: { publisherId: "tfs", consumerId: "webHooks" } });
  await talk.call(`POST ${hooks}/publishersquery`, { body: { publisherIds: ["tfs"] } });
  await talk.call(`POST ${hooks}/testnotifications`, { body: { details: subscription } });
  await talk.call(`POST ${repository}/refs`, {
    body: [{ name: "refs/heads/conformance-third", oldObjectId: zeroId, newObjectId: talk.known.commitId }],
  });
  const history = await talk.call(`GET ${hooks}/subscriptions/{subscriptionId}/notifications`);
  talk.known.notificationId = field(history, "value", 0, "id");
  await talk.call(`POST ${hooks}/notificationsquery`, {
    body: { subscriptionIds: [talk.known.subscriptionId], includeDetails: true },
  });
}

/** Queries without which a read would be refused, by a part of the address. */
const queries: readonly (readonly [RegExp, (talk: Conversation) => Record<string, string>])[] = [
  [/diffs\/commits/i, () => ({ baseVersion: "main", targetVersion: "conformance" })],
  [/mergebases/i, (talk) => ({ otherCommitId: talk.known.commitId ?? "" })],
  [
    /policy\/evaluations$/i,
    (talk) => ({ artifactId: `vstfs:///CodeReview/CodeReviewId/${talk.known.projectId}/${talk.known.pullRequestId}` }),
  ],
  [
    /git\/policy\/configurations/i,
    (talk) => ({ repositoryId: talk.known.repositoryId ?? "", refName: "refs/heads/main" }),
  ],
  [/wit\/workitems$/i, (talk) => ({ ids: talk.known.id ?? "" })],
  [/wit\/workitems\/\{id\}$/i, () => ({ $expand: "all" })],
  [/projects\/\{projectId\}$/i, () => ({ includeCapabilities: "true" })],
  [/_apis\/accounts/i, (talk) => ({ memberId: talk.known.memberId ?? "" })],
  [/_apis\/identities/i, (talk) => ({ identityIds: talk.known.memberId ?? "" })],
  [/pullrequests$/i, () => ({ "searchCriteria.status": "all" })],
  [/accesscontrollists/i, () => ({ includeExtendedInfo: "true" })],
];

/** What stands for a name in some addresses only. */
const places: readonly (readonly [RegExp, (talk: Conversation) => Record<string, string>])[] = [
  [/profile\/profiles/i, () => ({ id: "me" })],
  [/permissionsreport\//i, (talk) => ({ id: talk.known.reportId ?? "" })],
  [/\/trees\//i, (talk) => ({ sha1: talk.known.treeId ?? "" })],
  [/reviewers\/\{reviewerId\}/i, (talk) => ({ reviewerId: talk.known.reviewerId ?? "" })],
];

async function readEverything(talk: Conversation, operations: readonly Operation[]): Promise<void> {
  const commit = await talk.call(`GET ${repository}/commits/{commitId}`);
  talk.known.treeId = field(commit, "treeId");
  const done = new Set(talk.exchanges.map((exchange) => exchange.operation));
  for (const operation of operations) {
    if (operation.method !== "GET" || done.has(operation)) continue;
    const query = queries.find(([pattern]) => pattern.test(operation.path))?.[1](talk);
    const values = places.find(([pattern]) => pattern.test(operation.path))?.[1](talk);
    await talk.callOperation(operation, { ...(query ? { query } : {}), ...(values ? { values } : {}) });
  }
}

async function changeThings(talk: Conversation, seed: DemoSeed): Promise<void> {
  await talk.call(`PATCH ${pullRequests}/threads/{threadId}`, { body: { status: "fixed" } });
  await talk.call(`PATCH ${pullRequests}/threads/{threadId}/comments/{commentId}`, { body: { content: "Why not?" } });
  await talk.call(`DELETE ${pullRequests}/threads/{threadId}/comments/{commentId}/likes`);
  await talk.call(`DELETE ${pullRequests}/threads/{threadId}/comments/{commentId}`);
  await talk.call(`PATCH ${pullRequests}/reviewers/{reviewerId}`, { body: { isRequired: true } });
  await talk.call(`DELETE ${pullRequests}/reviewers/{reviewerId}`, {
    values: { reviewerId: seed.people.ines?.id ?? "" },
  });
  await talk.call(`DELETE ${pullRequests}/labels/{labelIdOrName}`, { values: { labelIdOrName: "second" } });
  await talk.call(`PATCH /{organization}/{project}/_apis/policy/evaluations/{evaluationId}`);
  await talk.call(`PATCH ${pullRequests}/statuses`, {
    contentType: "application/json-patch+json",
    body: [{ op: "remove", path: `/${talk.known.statusId}` }],
  });
  const again = { state: "succeeded", context: { genre: "judge", name: "scan" } };
  const posted = await talk.call(`POST ${pullRequests}/statuses`, { body: again });
  await talk.call(`DELETE ${pullRequests}/statuses/{statusId}`, { values: { statusId: field(posted, "id") } });
}

async function finish(talk: Conversation, emulator: Emulator): Promise<void> {
  const patch = (body: Json) => talk.call(`PATCH ${repository}/pullrequests/{pullRequestId}`, { body });
  await patch({ status: "abandoned" });
  await patch({ status: "active" });
  await emulator.clock.advance(1000);
  const now = await talk.call(`GET ${repository}/pullrequests/{pullRequestId}`);
  await patch({ status: "completed", lastMergeSourceCommit: (now as Json).lastMergeSourceCommit });
  await emulator.clock.advance(1000);
  await talk.call(`GET ${repository}/pullrequests/{pullRequestId}`);
  await talk.call("GET /{organization}/{project}/_apis/git/pullrequests/{pullRequestId}");
  await talk.call("DELETE /{organization}/{project}/_apis/policy/configurations/{configurationId}");
  await talk.call("DELETE /{organization}/_apis/hooks/subscriptions/{subscriptionId}");
  await talk.call("DELETE /{organization}/{project}/_apis/wit/workitems/{id}");
}
