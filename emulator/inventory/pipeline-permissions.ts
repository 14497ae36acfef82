/** Which pipelines of a project may use a resource without being asked: read, given and taken, one resource or many at a time. */
import { recordAudit } from "../administration/audit-events.ts";
import { bodyObject, textOf } from "../query-values.ts";
import { requireGroup } from "../rights.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import { identityRef, requireProject } from "../shapes.ts";
import type { ProjectState, World } from "../world.ts";
import type { Grant } from "./inventory.ts";
import { grantsOf, isResourceType, type Resource, resourceName } from "./resources.ts";

const root = "/{organization}/{project}/_apis/pipelines/pipelinepermissions";

function grantShape(call: Call, world: World, grant: Grant): Record<string, unknown> {
  return {
    authorized: true,
    authorizedBy: identityRef(world, grant.by, call.organization),
    authorizedOn: grant.on.toISOString(),
  };
}

/** A resource that nobody was allowed to use has an empty list and no `allPipelines`. */
function shape(call: Call, world: World, project: ProjectState, resource: Resource): Record<string, unknown> {
  const { allPipelines, pipelines } = grantsOf(world, call.organization, project.id, resource);
  const name = resourceName(world, call.organization, project.id, resource);
  return {
    resource: { type: resource.type, id: resource.id, ...(name === undefined ? {} : { name }) },
    ...(allPipelines ? { allPipelines: grantShape(call, world, allPipelines) } : {}),
    pipelines: [...pipelines].map(([id, grant]) => ({ id, ...grantShape(call, world, grant) })),
  };
}

function requireResource(call: Call, world: World, project: ProjectState, resource: Resource): string {
  if (!isResourceType(resource.type))
    throw new Refusal(400, "ArgumentException", `Resource type ${resource.type} is not supported.`);
  const name = resourceName(world, call.organization, project.id, resource);
  if (name !== undefined) return name;
  throw new Refusal(
    404,
    "ResourceNotFoundException",
    `Resource of type ${resource.type} with id ${resource.id} was not found in project ${project.name}.`,
    "Microsoft.Azure.Pipelines.Authorization.WebApi.ResourceNotFoundException, Microsoft.Azure.Pipelines.Authorization.WebApi",
  );
}

function tell(call: Call, world: World, project: ProjectState, name: string, resource: Resource, action: string) {
  recordAudit(world, call.organization, call.user, {
    actionId: `Pipelines.Resource${action}`,
    area: "Pipelines",
    category: "modify",
    projectId: project.id,
    details: `${resource.type} ${name}: ${action}`,
    data: { ResourceId: resource.id, ResourceType: resource.type, ResourceName: name, ProjectName: project.name },
  });
}

/** Only what the body names changes: pipelines that it leaves out keep what they have. */
function change(call: Call, world: World, project: ProjectState, resource: Resource, body: unknown): void {
  const name = requireResource(call, world, project, resource);
  const { allPipelines, pipelines } = bodyObject({ body });
  const grants = grantsOf(world, call.organization, project.id, resource);
  const grant: Grant = { by: call.user.id, on: world.clock.now() };
  const { authorized } = bodyObject({ body: allPipelines });
  if (authorized === true) {
    grants.allPipelines ??= grant;
    tell(call, world, project, name, resource, "AuthorizedForProject");
  } else if (authorized === false) {
    delete grants.allPipelines;
    tell(call, world, project, name, resource, "UnauthorizedForProject");
  }
  for (const one of Array.isArray(pipelines) ? pipelines : []) {
    const { id, authorized: isAuthorized } = bodyObject({ body: one });
    if (typeof id !== "number") continue;
    if (isAuthorized === true) grants.pipelines.set(id, grants.pipelines.get(id) ?? grant);
    else grants.pipelines.delete(id);
    tell(call, world, project, name, resource, isAuthorized ? "AuthorizedForPipeline" : "UnauthorizedForPipeline");
  }
}

function named(call: Call): Resource {
  return { type: call.params.resourceType ?? "", id: call.params.resourceId ?? "" };
}

function patchOne(call: Call, world: World): Answer {
  const project = requireProject(call, world);
  requireGroup(call, "project administrators", project, "Administer resource");
  change(call, world, project, named(call), call.body);
  return { body: shape(call, world, project, named(call)) };
}

function patchMany(call: Call, world: World): Answer {
  const project = requireProject(call, world);
  requireGroup(call, "project administrators", project, "Administer resource");
  const asked = (Array.isArray(call.body) ? call.body : []).map((body) => {
    const { type, id } = bodyObject({ body: bodyObject({ body }).resource });
    return { resource: { type: textOf(type) ?? "", id: textOf(id) ?? "" }, body };
  });
  for (const { resource } of asked) requireResource(call, world, project, resource);
  for (const { resource, body } of asked) change(call, world, project, resource, body);
  return list(asked.map(({ resource }) => shape(call, world, project, resource)));
}

export const pipelinePermissionRoutes: readonly Route[] = [
  {
    method: "GET",
    path: `${root}/{resourceType}/{resourceId}`,
    scopes: ["build"],
    preview: true,
    handle: (call, world) => ({ body: shape(call, world, requireProject(call, world), named(call)) }),
  },
  {
    method: "PATCH",
    path: `${root}/{resourceType}/{resourceId}`,
    scopes: ["build_execute"],
    preview: true,
    handle: patchOne,
  },
  { method: "PATCH", path: root, scopes: ["build_execute"], preview: true, handle: patchMany },
];
