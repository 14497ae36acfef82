/** The location service: connectionData, resource areas and the OPTIONS tables that clients negotiate by. */
import { hostUrl, versionsOf } from "../edition.ts";
import { type Host, list, type Route } from "../route.ts";
import { organizationUrl } from "../shapes.ts";
import type { OrganizationState, User, World } from "../world.ts";
import { areaFacts, entitlementFacts, identityFacts, type LocationFact, locationFacts } from "./location-facts.ts";

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

type Location = ReturnType<typeof locationOf>;

function locationOf([
  id,
  area,
  resourceName,
  routeTemplate,
  resourceVersion,
  minVersion,
  releasedVersion,
]: LocationFact) {
  return { id, area, resourceName, routeTemplate, resourceVersion, minVersion, releasedVersion };
}

/** What this world knows: a server leaves out what is newer than it is. */
function inVersion(world: World, locations: readonly Location[]) {
  const { released, newest } = versionsOf(world);
  return locations
    .filter(({ minVersion }) => Number(minVersion) <= Number(newest))
    .map((location) => ({
      ...location,
      maxVersion: newest,
      releasedVersion: location.releasedVersion === "7.1" ? released : location.releasedVersion,
    }));
}

const tables: readonly (readonly [Host, readonly LocationFact[]])[] = [
  ["dev.azure.com", locationFacts],
  ["vssps.dev.azure.com", identityFacts],
  ["vsaex.dev.azure.com", entitlementFacts],
];

/** Routes of the location service; they answer for all `others` and themselves. */
export function locationRoutes(others: readonly Route[]): readonly Route[] {
  return tables.flatMap(([host, facts]) =>
    routesOfHost(
      host,
      facts,
      others.filter((route) => (route.host ?? "dev.azure.com") === host),
    ),
  );
}

function routesOfHost(host: Host, facts: readonly LocationFact[], others: readonly Route[]): readonly Route[] {
  const connectionData: Route = {
    method: "GET",
    host,
    path: "/{organization}/_apis/connectionData",
    preview: true,
    handle: (call, world) => ({ body: connectionOf(world, call.organization, call.user) }),
  };
  const areas: Route = {
    method: "GET",
    host,
    path: "/{organization}/_apis/resourceAreas",
    preview: true,
    handle(call, world) {
      // a server names none: everything is at its one address
      const named = world.edition.is === "server" ? [] : areaFacts;
      return list(named.map(([id, name, at]) => areaOf(world, call.organization, id, name, at)));
    },
  };
  const area: Route = {
    method: "GET",
    host,
    path: "/{organization}/_apis/resourceAreas/{areaId}",
    preview: true,
    handle(call, world) {
      const fact = areaFacts.find(([id]) => id === call.params.areaId?.toLowerCase());
      // the real one answers nothing for an area that it does not know
      if (!fact || world.edition.is === "server") return { status: 204 };
      return { body: areaOf(world, call.organization, ...fact) };
    },
  };
  const served = new Set([...others, connectionData, areas, area].map((route) => shapeOf(route.path)));
  const locations = facts.filter((fact) => shapesOf(fact).some((shape) => served.has(shape))).map(locationOf);
  const options: Route = {
    method: "OPTIONS",
    host,
    path: "/{organization}/_apis/{area?}",
    handle(call, world) {
      const wanted = call.params.area?.toLowerCase();
      const known = inVersion(world, locations);
      return list(wanted === undefined ? known : known.filter((one) => one.area.toLowerCase() === wanted));
    },
  };
  return [connectionData, areas, area, options];
}

function areaOf(world: World, organization: OrganizationState, id: string, name: string, host: string) {
  return { id, name, locationUrl: `${hostUrl(world, host)}/${organization.name}/` };
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
    deploymentType: world.edition.is === "server" ? "onPremises" : "hosted",
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
