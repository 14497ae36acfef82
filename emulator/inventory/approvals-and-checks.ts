/** What guards resources of pipelines: which pipelines may use one, and the checks that a run has to pass before. */
import { bodyObject, textOf } from "../query-values.ts";
import { type Answer, type Call, list, type Route } from "../route.ts";
import { identityRef, organizationUrl, requireProject } from "../shapes.ts";
import type { World } from "../world.ts";
import { inventoryOf, type PipelineCheck } from "./inventory.ts";
import { missing } from "./page.ts";

const scopes = ["build"];
const root = "/{organization}/{project}/_apis/pipelines";

interface Resource {
  readonly type: string;
  readonly id: string;
}

function isAt(check: PipelineCheck, { type, id }: Resource): boolean {
  return check.resourceType === type.toLowerCase() && check.resourceId === id.toLowerCase();
}

function shape(call: Call, world: World, check: PipelineCheck): Record<string, unknown> {
  const by = identityRef(world, check.createdBy, call.organization);
  const at = check.createdOn.toISOString();
  const base = organizationUrl(world, call.organization);
  const url = `${base}/${check.projectId}/_apis/pipelines/checks/configurations/${check.id}`;
  return {
    createdBy: by,
    createdOn: at,
    modifiedBy: by,
    modifiedOn: at,
    timeout: 43_200,
    _links: { self: { href: url } },
    id: check.id,
    type: { id: "8c6f20a7-a545-4486-9777-f762fafe0d4d", name: "Approval" },
    url,
    resource: { type: check.resourceType, id: check.resourceId, name: check.name },
  };
}

function checksOf(call: Call, world: World): PipelineCheck[] {
  const project = requireProject(call, world);
  return inventoryOf(world, call.organization).checks.filter((one) => one.projectId === project.id);
}

function listChecks(call: Call, world: World): Answer {
  const resource = { type: call.query("resourceType") ?? "", id: call.query("resourceId") ?? "" };
  const found = checksOf(call, world).filter((one) => isAt(one, resource));
  return list(found.map((one) => shape(call, world, one)));
}

function queryChecks(call: Call, world: World): Answer {
  const resources = (Array.isArray(call.body) ? call.body : []).map((one) => {
    const { type, id } = bodyObject({ body: one });
    return { type: textOf(type) ?? "", id: textOf(id) ?? "" };
  });
  const found = checksOf(call, world).filter((one) => resources.some((resource) => isAt(one, resource)));
  return list(found.map((one) => shape(call, world, one)));
}

/** A resource is open to all pipelines of its project only if somebody said so. */
function getPermissions(call: Call, world: World): Answer {
  const project = requireProject(call, world);
  const { resourceType = "", resourceId = "" } = call.params;
  const { openResources, variableGroups, endpoints } = inventoryOf(world, call.organization);
  const key = `${resourceType} ${resourceId}`.toLowerCase();
  const all: readonly { readonly id: string | number; readonly name: string; readonly createdBy: string }[] = [
    ...endpoints,
    ...variableGroups,
  ];
  const opened = openResources.get(`${project.id} ${key}`);
  const named = all.find((one) => String(one.id) === resourceId.toLowerCase());
  return {
    body: {
      resource: { type: resourceType, id: resourceId, ...(named ? { name: named.name } : {}) },
      ...(opened
        ? {
            allPipelines: {
              authorized: true,
              authorizedBy: identityRef(world, opened.by, call.organization),
              authorizedOn: opened.on.toISOString(),
            },
          }
        : {}),
      pipelines: [],
    },
  };
}

export const approvalsAndChecksRoutes: readonly Route[] = [
  { method: "GET", path: `${root}/checks/configurations`, scopes, preview: true, handle: listChecks },
  {
    method: "GET",
    path: `${root}/checks/configurations/{id}`,
    scopes,
    preview: true,
    handle(call, world) {
      const check = checksOf(call, world).find((one) => String(one.id) === call.params.id);
      if (check) return { body: shape(call, world, check) };
      throw missing("CheckConfigurationNotFoundException", `The check ${call.params.id} was not found.`);
    },
  },
  { method: "POST", path: `${root}/checks/queryconfigurations`, scopes, preview: true, handle: queryChecks },
  {
    method: "GET",
    path: `${root}/pipelinepermissions/{resourceType}/{resourceId}`,
    scopes,
    preview: true,
    handle: getPermissions,
  },
];
