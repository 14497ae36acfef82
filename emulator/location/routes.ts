/** The location service: connectionData, resource areas and the OPTIONS tables that clients negotiate by. */
import { list, type Route } from "../route.ts";
import { organizationUrl } from "../shapes.ts";
import type { OrganizationState, User, World } from "../world.ts";
import { areaFacts, type LocationFact, locationFacts, newestVersion } from "./location-facts.ts";

/** A path in a form that templates and routes share: literal segments, and `{}` for each placeholder. */
function shapeOf(path: string): string {
  return path
    .toLowerCase()
    .replace(/^\/?\{organization\}\//, "")
    .replace(/^\{project\??\}\//, "")
    .replace(/^\{team\??\}\//, "")
    .replace(/\{[^}]*\}/g, "{}")
    .replace(/\/$/, "");
}

/** Shapes of a template: placeholders at its end may be absent. */
function shapesOf([, area, resourceName, routeTemplate]: LocationFact): string[] {
  let shape = shapeOf(routeTemplate.replace("{area}", area).replace("{resource}", resourceName));
  const shapes = [shape];
  while (shape.endsWith("/{}")) {
    shape = shape.slice(0, -3);
    shapes.push(shape);
  }
  return shapes;
}

/** Routes of the location service; they answer for all `others` and themselves. */
export function locationRoutes(others: readonly Route[]): readonly Route[] {
  const connectionData: Route = {
    method: "GET",
    path: "/{organization}/_apis/connectionData",
    preview: true,
    handle: (call, world) => ({ body: connectionOf(world, call.organization, call.user) }),
  };
  const areas: Route = {
    method: "GET",
    path: "/{organization}/_apis/resourceAreas",
    preview: true,
    handle: (call, world) =>
      list(areaFacts.map(([id, name, host]) => areaOf(world, call.organization, id, name, host))),
  };
  const area: Route = {
    method: "GET",
    path: "/{organization}/_apis/resourceAreas/{areaId}",
    preview: true,
    handle(call, world) {
      const fact = areaFacts.find(([id]) => id === call.params.areaId?.toLowerCase());
      // the real one answers nothing for an area that it does not know
      return fact ? { body: areaOf(world, call.organization, ...fact) } : { status: 204 };
    },
  };
  const served = new Set([...others, connectionData, areas, area].map((route) => shapeOf(route.path)));
  const locations = locationFacts
    .filter((fact) => shapesOf(fact).some((shape) => served.has(shape)))
    .map(([id, name, resourceName, routeTemplate, resourceVersion, minVersion, releasedVersion]) => ({
      id,
      area: name,
      resourceName,
      routeTemplate,
      resourceVersion,
      minVersion,
      maxVersion: newestVersion,
      releasedVersion,
    }));
  const options: Route = {
    method: "OPTIONS",
    path: "/{organization}/_apis/{area?}",
    handle(call) {
      const wanted = call.params.area?.toLowerCase();
      return list(wanted === undefined ? locations : locations.filter((one) => one.area.toLowerCase() === wanted));
    },
  };
  return [connectionData, areas, area, options];
}

function areaOf(world: World, organization: OrganizationState, id: string, name: string, host: string) {
  const base = host === "dev.azure.com" ? world.baseUrl : `${world.baseUrl}/_hosts/${host}`;
  return { id, name, locationUrl: `${base}/${organization.name}/` };
}

function connectionOf(world: World, organization: OrganizationState, user: User): Record<string, unknown> {
  const identity = {
    id: user.id,
    descriptor: `Microsoft.IdentityModel.Claims.ClaimsIdentity;${organization.tenantId}\\${user.mail}`,
    subjectDescriptor: user.descriptor,
    providerDisplayName: user.displayName,
    customDisplayName: user.displayName,
    isActive: true,
    properties: { Account: { $type: "System.String", $value: user.mail } },
    resourceVersion: 2,
    metaTypeId: 0,
  };
  return {
    authenticatedUser: identity,
    authorizedUser: identity,
    instanceId: organization.id,
    deploymentId: "ed30ce5c-9d0a-f73c-3580-4315c7f84d83",
    deploymentType: "hosted",
    locationServiceData: {
      serviceOwner: "00025394-6065-48ca-87d9-7f5672854ef7",
      defaultAccessMappingMoniker: "PublicAccessMapping",
      accessMappings: [
        {
          displayName: "Public Access Mapping",
          moniker: "PublicAccessMapping",
          accessPoint: `${organizationUrl(world, organization)}/`,
        },
      ],
      lastChangeId: 424239147,
      lastChangeId64: 424239147,
    },
  };
}
