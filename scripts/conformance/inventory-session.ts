/** The part of the session that asks for pools, libraries, connections, feeds and releases: lists first, for the ids of the rest. */
import type { Conversation } from "./conversation.ts";
import { field } from "./session-words.ts";

const project = "/{organization}/{project}/_apis";
const collection = "/{organization}/_apis";

export async function readInventory(talk: Conversation): Promise<void> {
  const first = async (path: string, name: string, query?: Readonly<Record<string, string>>) => {
    const all = await talk.call(`GET ${path}`, query ? { query } : {});
    const id = field(all, "value", 0, "id");
    talk.known[name] = id;
    return id;
  };
  await first(`${collection}/distributedtask/pools`, "poolId", { poolName: "Azure Pipelines" });
  await talk.call(`GET ${collection}/distributedtask/pools/{poolId}`);
  await first(`${collection}/distributedtask/pools`, "poolId", { poolName: "Brightwater Build" });
  await first(`${collection}/distributedtask/pools/{poolId}/agents`, "agentId");
  await first(`${project}/distributedtask/queues`, "queueId");
  await first(`${project}/distributedtask/variablegroups`, "groupId");
  await first(`${project}/distributedtask/deploymentgroups`, "deploymentGroupId");
  await first(`${project}/serviceendpoint/endpoints`, "endpointId");
  const resource = { type: "endpoint", id: talk.known.endpointId };
  const checks = await talk.call(`GET ${project}/pipelines/checks/configurations`, {
    query: { resourceType: "endpoint", resourceId: talk.known.endpointId ?? "" },
  });
  await talk.call(`GET ${project}/pipelines/checks/configurations/{id}`, {
    values: { id: field(checks, "value", 0, "id") },
  });
  await talk.call(`POST ${project}/pipelines/checks/queryconfigurations`, { body: [resource] });
  await talk.call(`GET ${project}/pipelines/pipelinepermissions/{resourceType}/{resourceId}`, {
    values: { resourceType: "variablegroup", resourceId: talk.known.groupId ?? "" },
  });
  await first(`${project}/packaging/feeds`, "feedId");
  await first(`${project}/packaging/Feeds/{feedId}/packages`, "packageId");
  await first(`${project}/packaging/Feeds/{feedId}/Packages/{packageId}/versions`, "packageVersionId");
  await first(`${project}/release/releases`, "releaseId");
  const groups = await talk.call(`GET ${project}/distributedtask/taskgroups/{taskGroupId}`, {
    values: { taskGroupId: "" },
  });
  talk.known.taskGroupId = field(groups, "value", 0, "id");
  const definitions = await talk.call(`GET ${project}/release/definitions`);
  const definitionId = field(definitions, "value", 0, "id");
  await talk.call(`GET ${project}/release/definitions/{definitionId}`, { values: { definitionId } });
  Object.assign(talk.known, { publisherName: "example-tools", extensionName: "release-notes" });
  await readRights(talk);
}

async function readRights(talk: Conversation): Promise<void> {
  const securityNamespaceId = "2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87";
  talk.known.securityNamespaceId = securityNamespaceId;
  talk.known.permissions = "2";
  const token = `repoV2/${talk.known.projectId}`;
  await talk.call(`POST ${collection}/security/permissionevaluationbatch`, {
    body: { alwaysAllowAdministrators: false, evaluations: [{ securityNamespaceId, token, permissions: 4 }] },
  });
  await talk.call(`POST ${collection}/tokenadmin/revocations`, { body: [] });
  await talk.call(`POST ${collection}/tokenadmin/revocationrules`, {
    body: { scopes: "vso.code", createdBefore: "2020-01-01T00:00:00Z" },
  });
  await talk.call(`GET ${collection}/permissions/{securityNamespaceId}/{permissions}`, { query: { tokens: token } });
}
