/** The checks that a run has to pass before it may use a resource: read with or without their settings, made, changed, taken away. */
import { recordAudit } from "../administration/audit-events.ts";
import { principalName } from "../identity/graph-shapes.ts";
import { findGroup } from "../identity/groups.ts";
import { bodyObject, textOf } from "../query-values.ts";
import { requireGroup } from "../rights.ts";
import { type Answer, type Call, list, type Route } from "../route.ts";
import { identityRef, organizationUrl, requireProject } from "../shapes.ts";
import { nextId, type World } from "../world.ts";
import { checkTypes, invalid, requireCheckType, requireSettings } from "./check-types.ts";
import { inventoryOf, type PipelineCheck } from "./inventory.ts";
import { missing } from "./page.ts";
import { isResourceType, resourceName, sameResource } from "./resources.ts";

const root = "/{organization}/{project}/_apis/pipelines/checks";

function approverShape(call: Call, world: World, approver: unknown): unknown {
  const { id } = bodyObject({ body: approver });
  const text = (textOf(id) ?? "").toLowerCase();
  const group = findGroup(call.organization, text);
  if (!group) return world.users.has(text) ? identityRef(world, text, call.organization) : approver;
  const name = principalName(call.organization, group);
  return { displayName: name, id: group.id, uniqueName: name, descriptor: group.descriptor, isContainer: true };
}

function settingsShape(call: Call, world: World, check: PipelineCheck): Readonly<Record<string, unknown>> {
  const { approvers } = check.settings;
  if (check.type.id !== checkTypes.approval.id || !Array.isArray(approvers)) return check.settings;
  return { ...check.settings, approvers: approvers.map((one) => approverShape(call, world, one)) };
}

function withSettings(call: Call): boolean {
  return /^(settings|1)$/i.test(call.query("$expand") ?? "");
}

function shape(call: Call, world: World, check: PipelineCheck, isFull: boolean): Record<string, unknown> {
  const base = organizationUrl(world, call.organization);
  const url = `${base}/${check.projectId}/_apis/pipelines/checks/configurations/${check.id}`;
  return {
    ...(isFull ? { settings: settingsShape(call, world, check) } : {}),
    createdBy: identityRef(world, check.createdBy, call.organization),
    createdOn: check.createdOn.toISOString(),
    modifiedBy: identityRef(world, check.modifiedBy, call.organization),
    modifiedOn: check.modifiedOn.toISOString(),
    timeout: check.timeout,
    ...(check.isDisabled ? { isDisabled: true } : {}),
    _links: { self: { href: url } },
    id: check.id,
    type: check.type,
    url,
    resource: check.resource,
  };
}

function checksOf(call: Call, world: World): PipelineCheck[] {
  const project = requireProject(call, world);
  return inventoryOf(world, call.organization).checks.filter((one) => one.projectId === project.id);
}

function listChecks(call: Call, world: World): Answer {
  const resource = { type: call.query("resourceType") ?? "", id: call.query("resourceId") ?? "" };
  const found = checksOf(call, world).filter((one) => sameResource(one.resource, resource));
  return list(found.map((one) => shape(call, world, one, withSettings(call))));
}

function queryChecks(call: Call, world: World): Answer {
  const resources = (Array.isArray(call.body) ? call.body : []).map((one) => {
    const { type, id } = bodyObject({ body: one });
    return { type: textOf(type) ?? "", id: textOf(id) ?? "" };
  });
  const found = checksOf(call, world).filter((one) =>
    resources.some((resource) => sameResource(one.resource, resource)),
  );
  return list(found.map((one) => shape(call, world, one, withSettings(call))));
}

function requireCheck(call: Call, world: World): PipelineCheck {
  const check = checksOf(call, world).find((one) => String(one.id) === call.params.id);
  if (check) return check;
  throw missing("CheckConfigurationNotFoundException", `The check ${call.params.id} was not found.`);
}

function requireAdministrator(call: Call, world: World): string {
  const project = requireProject(call, world);
  requireGroup(call, "project administrators", project, "Administer resource");
  return project.id;
}

function tell(call: Call, world: World, check: PipelineCheck, action: string): void {
  recordAudit(world, call.organization, call.user, {
    actionId: `CheckConfiguration.${action}`,
    area: "Checks",
    category: action === "Deleted" ? "remove" : action === "Created" ? "create" : "modify",
    projectId: check.projectId,
    details: `${check.type.name} on ${check.resource.type} ${check.resource.name}: ${action}`,
    data: {
      Type: check.type.name,
      CheckId: check.id,
      ResourceType: check.resource.type,
      ResourceId: check.resource.id,
      ResourceName: check.resource.name,
    },
  });
}

function create(call: Call, world: World): Answer {
  const projectId = requireAdministrator(call, world);
  const body = bodyObject(call);
  const asked = bodyObject({ body: body.resource });
  const resource = { type: textOf(asked.type) ?? "", id: textOf(asked.id) ?? "" };
  const name = resourceName(world, call.organization, projectId, resource);
  if (!isResourceType(resource.type) || name === undefined)
    throw invalid(`There is no ${resource.type || "resource"} with id ${resource.id}.`);
  const type = requireCheckType(body.type);
  const now = world.clock.now();
  const check: PipelineCheck = {
    id: nextId(world, `pipeline check ${call.organization.id}`),
    projectId,
    type,
    resource: { ...resource, name },
    settings: requireSettings(call, type),
    timeout: typeof body.timeout === "number" ? body.timeout : 43_200,
    isDisabled: body.isDisabled === true,
    createdBy: call.user.id,
    createdOn: now,
    modifiedBy: call.user.id,
    modifiedOn: now,
  };
  inventoryOf(world, call.organization).checks.push(check);
  tell(call, world, check, "Created");
  return { body: shape(call, world, check, true) };
}

function update(call: Call, world: World): Answer {
  requireAdministrator(call, world);
  const check = requireCheck(call, world);
  const body = bodyObject(call);
  if (body.settings !== undefined) check.settings = requireSettings(call, requireCheckType(check.type));
  if (typeof body.timeout === "number") check.timeout = body.timeout;
  const wasDisabled = check.isDisabled;
  if (typeof body.isDisabled === "boolean") check.isDisabled = body.isDisabled;
  check.modifiedBy = call.user.id;
  check.modifiedOn = world.clock.now();
  const action = wasDisabled === check.isDisabled ? "Updated" : check.isDisabled ? "Disabled" : "Enabled";
  tell(call, world, check, action);
  return { body: shape(call, world, check, true) };
}

function remove(call: Call, world: World): Answer {
  requireAdministrator(call, world);
  const check = requireCheck(call, world);
  const { checks } = inventoryOf(world, call.organization);
  checks.splice(checks.indexOf(check), 1);
  tell(call, world, check, "Deleted");
  return { status: 204 };
}

const at = `${root}/configurations`;
const read = { scopes: ["build"], preview: true } as const;
const write = { scopes: ["build_execute"], preview: true } as const;

export const approvalsAndChecksRoutes: readonly Route[] = [
  { method: "GET", path: at, ...read, handle: listChecks },
  { method: "POST", path: at, ...write, handle: create },
  {
    method: "GET",
    path: `${at}/{id}`,
    ...read,
    handle: (call, world) => ({ body: shape(call, world, requireCheck(call, world), withSettings(call)) }),
  },
  { method: "PATCH", path: `${at}/{id}`, ...write, handle: update },
  { method: "DELETE", path: `${at}/{id}`, ...write, handle: remove },
  { method: "POST", path: `${root}/queryconfigurations`, ...read, handle: queryChecks },
];
