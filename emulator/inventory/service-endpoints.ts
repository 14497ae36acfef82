/** Service connections: what they reach and how they sign in, never with a secret. */
import { type Answer, type Call, list, type Route } from "../route.ts";
import { identityRef, requireProject } from "../shapes.ts";
import type { ProjectState, World } from "../world.ts";
import { inventoryOf, type ServiceEndpoint } from "./inventory.ts";
import { idsOf, missing } from "./page.ts";

const scopes = ["serviceendpoint"];
const root = "/{organization}/{project}/_apis/serviceendpoint";

/** A list leaves secret parameters out; a single connection shows them as null. */
function shape(
  call: Call,
  world: World,
  project: ProjectState,
  endpoint: ServiceEndpoint,
  isListed: boolean,
): Record<string, unknown> {
  const secrets = isListed ? [] : endpoint.secretParameters.map((name) => [name, null] as const);
  return {
    data: endpoint.data,
    id: endpoint.id,
    name: endpoint.name,
    type: endpoint.type,
    url: endpoint.url,
    createdBy: identityRef(world, endpoint.createdBy, call.organization),
    description: endpoint.description,
    authorization: { parameters: { ...endpoint.parameters, ...Object.fromEntries(secrets) }, scheme: endpoint.scheme },
    isShared: endpoint.isShared,
    isReady: true,
    owner: "Library",
    serviceEndpointProjectReferences: [
      {
        projectReference: { id: project.id, name: project.name },
        name: endpoint.name,
        description: endpoint.description,
      },
    ],
  };
}

function listEndpoints(call: Call, world: World): Answer {
  const project = requireProject(call, world);
  const names = idsOf(call, "endpointNames");
  const ids = idsOf(call, "endpointIds");
  const type = call.query("type")?.toLowerCase();
  const found = inventoryOf(world, call.organization).endpoints.filter(
    (one) =>
      one.projectId === project.id &&
      (names === undefined || names.includes(one.name.toLowerCase())) &&
      (ids === undefined || ids.includes(one.id)) &&
      (type === undefined || one.type.toLowerCase() === type),
  );
  return list(found.map((one) => shape(call, world, project, one, true)));
}

function findEndpoint(call: Call, world: World, project: ProjectState): ServiceEndpoint | undefined {
  const id = call.params.endpointId?.toLowerCase();
  return inventoryOf(world, call.organization).endpoints.find((one) => one.projectId === project.id && one.id === id);
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
        ? { body: shape(call, world, project, endpoint, false) }
        : { text: "null", contentType: "application/json; charset=utf-8" };
    },
  },
  {
    method: "GET",
    path: `${root}/{endpointId}/executionhistory`,
    scopes,
    handle(call, world) {
      const project = requireProject(call, world);
      if (findEndpoint(call, world, project)) return list([]);
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
