/** Service connections: what they reach and how they sign in, never with a secret. */
import { type Answer, type Call, list, type Route } from "../route.ts";
import { identityRef, organizationUrl, requireProject } from "../shapes.ts";
import type { ProjectState, World } from "../world.ts";
import { type EndpointExecution, inventoryOf, type ServiceEndpoint } from "./inventory.ts";
import { idsOf, missing, pageAfterToken } from "./page.ts";
import { isOf } from "./resources.ts";

const scopes = ["serviceendpoint"];
const root = "/{organization}/{project}/_apis/serviceendpoint";

/** A list leaves secret parameters out; a single connection shows them as null. */
function shape(call: Call, world: World, endpoint: ServiceEndpoint, isListed: boolean): Record<string, unknown> {
  const secrets = isListed ? [] : endpoint.secretParameters.map((name) => [name, null] as const);
  const ids = [endpoint.projectId, ...endpoint.sharedWith];
  const projects = ids.flatMap((id) => call.organization.projects.get(id) ?? []);
  return {
    data: endpoint.data,
    id: endpoint.id,
    name: endpoint.name,
    type: endpoint.type,
    url: endpoint.url,
    createdBy: identityRef(world, endpoint.createdBy, call.organization),
    description: endpoint.description,
    authorization: { parameters: { ...endpoint.parameters, ...Object.fromEntries(secrets) }, scheme: endpoint.scheme },
    isShared: endpoint.sharedWith.length > 0,
    isOutdated: false,
    isReady: true,
    owner: "Library",
    serviceEndpointProjectReferences: projects.map((project) => ({
      projectReference: { id: project.id, name: project.name },
      name: endpoint.name,
      description: endpoint.description,
    })),
  };
}

function executionShape(call: Call, world: World, endpoint: ServiceEndpoint, execution: EndpointExecution) {
  const base = `${organizationUrl(world, call.organization)}/${endpoint.projectId}/_apis/build`;
  const { definition, owner } = execution;
  return {
    endpointId: endpoint.id,
    data: {
      id: execution.id,
      planType: execution.planType,
      definition: { _links: { self: { href: `${base}/Definitions/${definition.id}` } }, ...definition },
      owner: { _links: { self: { href: `${base}/Builds/${owner.id}` } }, ...owner },
      startTime: execution.startTime.toISOString(),
      finishTime: execution.startTime.toISOString(),
      result: execution.result,
    },
  };
}

function listEndpoints(call: Call, world: World): Answer {
  const project = requireProject(call, world);
  const names = idsOf(call, "endpointNames");
  const ids = idsOf(call, "endpointIds");
  const type = call.query("type")?.toLowerCase();
  const schemes = idsOf(call, "authSchemes");
  const found = inventoryOf(world, call.organization).endpoints.filter(
    (one) =>
      isOf(project.id, one) &&
      (schemes === undefined || schemes.includes(one.scheme.toLowerCase())) &&
      (names === undefined || names.includes(one.name.toLowerCase())) &&
      (ids === undefined || ids.includes(one.id)) &&
      (type === undefined || one.type.toLowerCase() === type),
  );
  return list(found.map((one) => shape(call, world, one, true)));
}

function findEndpoint(call: Call, world: World, project: ProjectState): ServiceEndpoint | undefined {
  const id = call.params.endpointId?.toLowerCase();
  return inventoryOf(world, call.organization).endpoints.find((one) => isOf(project.id, one) && one.id === id);
}

const types = [
  ["azurerm", "Azure Resource Manager", "ServicePrincipal"],
  ["github", "GitHub", "Token"],
  ["dockerregistry", "Docker Registry", "UsernamePassword"],
  ["generic", "Generic", "UsernamePassword"],
] as const;

export const serviceEndpointRoutes: readonly Route[] = [
  { method: "GET", path: `${root}/endpoints`, scopes, handle: listEndpoints },
  {
    method: "GET",
    path: `${root}/endpoints/{endpointId}`,
    scopes,
    handle(call, world) {
      const project = requireProject(call, world);
      const endpoint = findEndpoint(call, world, project);
      // one that is missing or hidden is answered as nothing
      return endpoint
        ? { body: shape(call, world, endpoint, false) }
        : { text: "null", contentType: "application/json; charset=utf-8" };
    },
  },
  {
    method: "GET",
    path: `${root}/{endpointId}/executionhistory`,
    scopes,
    handle(call, world) {
      const project = requireProject(call, world);
      const endpoint = findEndpoint(call, world, project);
      if (endpoint) {
        const newest = [...endpoint.executions].reverse();
        return pageAfterToken(call, newest, (one) => executionShape(call, world, endpoint, one));
      }
      throw missing("EndpointNotFoundException", `The service connection ${call.params.endpointId} does not exist.`);
    },
  },
  {
    method: "GET",
    path: "/{organization}/_apis/serviceendpoint/types",
    scopes,
    handle(call) {
      const wanted = call.query("type")?.toLowerCase();
      const found = types.filter(([name]) => wanted === undefined || name === wanted);
      return list(
        found.map(([name, displayName, scheme]) => ({
          name,
          displayName,
          description: `Service connection type for ${displayName}`,
          authenticationSchemes: [{ scheme, displayName: scheme, inputDescriptors: [], authorizationHeaders: [] }],
          inputDescriptors: [],
          dataSources: [],
        })),
      );
    },
  },
];
