/** Which pipelines may use a resource without being asked: a call for each resource, since the service lists none. */
import type { PipelinePermission } from "#model/posture/resource-facts.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { inner, isWire, requiredNumber, wireObject } from "../read-wire.ts";
import type { CollectingProject } from "./collector.ts";
import { type GuardedResource, resourcesOfProject } from "./resources-of-project.ts";
import { withoutRefused } from "./without-refused.ts";

const mostResources = 500;

/** Of hosted queues and of groups without secrets it is not asked. */
export async function readPipelinePermissions(
  client: OrganizationClient,
  given: CollectingProject,
): Promise<readonly PipelinePermission[]> {
  const resources = resourcesOfProject(given).filter(({ isWorthACall }) => isWorthACall);
  const ask = (one: GuardedResource) => readPermission(client, given.project.id, one);
  return (await withoutRefused(resources.slice(0, mostResources), ask)).values;
}

async function readPermission(
  client: OrganizationClient,
  projectId: string,
  { kind, id, type, wireId }: GuardedResource,
): Promise<PipelinePermission> {
  const where = "pipelines that may use a resource";
  const { body } = await client.request({
    path: path`/${projectId}/_apis/pipelines/pipelinepermissions/${type}/${wireId}`,
    apiVersion: "7.1-preview.1",
  });
  const wire = wireObject(body, where);
  const pipelines: readonly unknown[] = Array.isArray(wire.pipelines) ? wire.pipelines : [];
  return {
    kind,
    id,
    allPipelines: inner(wire, "allPipelines").authorized === true,
    definitionIds: pipelines
      .filter(isWire)
      .filter(({ authorized }) => authorized === true)
      .map((one) => requiredNumber(one, "id", where)),
  };
}
