/** Routes of policy types and configurations. */

import { invalidArgument, isRecord, numberQuery, record, requireBody, text } from "../pull-requests/request-body.ts";
import { requireGitPermission } from "../rights.ts";
import { type Call, list, Refusal, type Route } from "../route.ts";
import { findRepository, organizationUrl, requireProject } from "../shapes.ts";
import { nextId, type PolicyState, type ProjectState, type World } from "../world.ts";
import { configurationShape, keepRevision, policyTypeShape, revisionsOf } from "./configuration-shape.ts";
import { appliesTo } from "./policy-scope.ts";
import { policyKind, policyNames, policyTypes } from "./policy-types.ts";

function policyRefusal(status: number, typeKey: string, message: string): Refusal {
  return new Refusal(
    status,
    typeKey,
    message,
    `Microsoft.TeamFoundation.Policy.WebApi.${typeKey}, Microsoft.TeamFoundation.Policy.WebApi`,
  );
}

function requirePolicy(call: Call, project: ProjectState): PolicyState {
  const id = call.params.configurationId ?? "";
  const policy = call.organization.policies.find(
    (one) => String(one.id) === id && one.projectId === project.id && !one.isDeleted,
  );
  if (policy) return policy;
  throw policyRefusal(
    404,
    "PolicyConfigurationNotFoundException",
    `TF402453: The policy configuration ${id} does not exist or has been deleted.`,
  );
}

function listTypes(call: Call, world: World) {
  const project = requireProject(call, world);
  return list(Object.values(policyTypes).map((id) => typeShape(call, world, project, id)));
}

function typeShape(call: Call, world: World, project: ProjectState, id: string): Record<string, unknown> {
  const base = `${organizationUrl(world, call.organization)}/${project.id}`;
  const kind = policyKind(id);
  const url = `${base}/_apis/policy/types/${id}`;
  return {
    description: kind ? policyNames[kind].description : "",
    _links: { self: { href: url } },
    ...policyTypeShape(base, id),
  };
}

function getType(call: Call, world: World) {
  const project = requireProject(call, world);
  const kind = policyKind(call.params.typeId ?? "");
  if (!kind)
    throw policyRefusal(
      404,
      "PolicyTypeNotFoundException",
      `TF402454: The policy type ${call.params.typeId} does not exist.`,
    );
  return { body: typeShape(call, world, project, policyTypes[kind]) };
}

/** Paged by `$top`; the token is the id of the next policy. */
function pageOf(call: Call, world: World, policies: readonly PolicyState[]) {
  const from = numberQuery(call, "continuationToken", 0);
  const left = policies.filter((policy) => policy.id >= from).sort((a, b) => a.id - b.id);
  const top = Math.max(1, numberQuery(call, "$top", 1000));
  const next = left[top];
  const shapes = left.slice(0, top).map((policy) => configurationShape(world, call.organization, policy));
  return list(shapes, next ? { "x-ms-continuationtoken": String(next.id) } : undefined);
}

function listConfigurations(call: Call, world: World) {
  const project = requireProject(call, world);
  const typeId = call.query("policyType")?.toLowerCase();
  const scope = call.query("scope")?.toLowerCase();
  return pageOf(
    call,
    world,
    call.organization.policies.filter(
      (policy) =>
        policy.projectId === project.id &&
        !policy.isDeleted &&
        (!typeId || policy.typeId === typeId) &&
        (!scope ||
          JSON.stringify(policy.settings.scope ?? [])
            .toLowerCase()
            .includes(scope)),
    ),
  );
}

/** The policies of one branch, of one repository, or of the project. */
function listForBranch(call: Call, world: World) {
  const project = requireProject(call, world);
  const repositoryId = call.query("repositoryId");
  const repository = repositoryId ? findRepository(call, repositoryId, project) : undefined;
  const typeId = call.query("policyType")?.toLowerCase();
  const refName = call.query("refName");
  return pageOf(
    call,
    world,
    call.organization.policies.filter(
      (policy) =>
        policy.projectId === project.id &&
        !policy.isDeleted &&
        (!typeId || policy.typeId === typeId) &&
        (!repositoryId || (repository !== undefined && appliesTo(policy, repository, refName))),
    ),
  );
}

function getConfiguration(call: Call, world: World) {
  const project = requireProject(call, world);
  return { body: configurationShape(world, call.organization, requirePolicy(call, project)) };
}

function readConfiguration(body: Readonly<Record<string, unknown>>) {
  const typeId = text(record(body.type).id)?.toLowerCase();
  if (!typeId || !policyKind(typeId))
    throw policyRefusal(
      400,
      "PolicyTypeNotFoundException",
      `TF402454: The policy type ${typeId ?? ""} does not exist.`,
    );
  if (!isRecord(body.settings)) throw invalidArgument("settings");
  const scopes = body.settings.scope;
  if (!Array.isArray(scopes) || scopes.length === 0)
    throw policyRefusal(
      400,
      "PolicyImplementationException",
      "TF402457: The policy's settings need at least one scope.",
    );
  if (policyKind(typeId) === "status" && !text(body.settings.statusName))
    throw policyRefusal(400, "PolicyImplementationException", "TF402457: The status policy needs a statusName.");
  return {
    typeId,
    isEnabled: body.isEnabled === true,
    isBlocking: body.isBlocking === true,
    settings: storedSettings(body.settings),
  };
}

/** As they come back: what is false or null is gone, `exact` is spelled `Exact`. */
function storedSettings(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const stored: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(settings)) {
    if (value === false || value === null || name === "scope") continue;
    stored[name] = value;
  }
  const scopes = Array.isArray(settings.scope) ? settings.scope.filter(isRecord) : [];
  stored.scope = scopes.map((scope) => {
    const kind = text(scope.matchKind);
    return {
      ...(scope.refName === undefined ? {} : { refName: scope.refName }),
      ...(kind ? { matchKind: kind.charAt(0).toUpperCase() + kind.slice(1) } : {}),
      repositoryId: scope.repositoryId ?? null,
    };
  });
  return stored;
}

function createConfiguration(call: Call, world: World) {
  const project = requireProject(call, world);
  requireGitPermission(call, project, "EditPolicies");
  const policy: PolicyState = {
    id: nextId(world, `policy ${call.organization.id}`),
    projectId: project.id,
    revision: 1,
    createdDate: world.clock.now(),
    createdBy: call.user.id,
    isDeleted: false,
    ...readConfiguration(requireBody(call)),
  };
  call.organization.policies.push(policy);
  keepRevision(policy);
  return { body: configurationShape(world, call.organization, policy, "without Z") };
}

function updateConfiguration(call: Call, world: World) {
  const project = requireProject(call, world);
  requireGitPermission(call, project, "EditPolicies");
  const policy = requirePolicy(call, project);
  const { typeId, ...changed } = readConfiguration(requireBody(call));
  if (typeId !== policy.typeId)
    throw policyRefusal(400, "PolicyTypeCannotBeChangedException", "The type of a policy cannot be changed.");
  Object.assign(policy, changed, { revision: policy.revision + 1 });
  keepRevision(policy);
  return { body: configurationShape(world, call.organization, policy) };
}

function deleteConfiguration(call: Call, world: World) {
  const project = requireProject(call, world);
  requireGitPermission(call, project, "EditPolicies");
  const policy = requirePolicy(call, project);
  policy.isDeleted = true;
  policy.revision += 1;
  keepRevision(policy);
  return { status: 204 };
}

function listRevisions(call: Call, world: World) {
  const policy = requirePolicy(call, requireProject(call, world));
  const newestFirst = [...revisionsOf(policy)].reverse();
  const skip = numberQuery(call, "$skip", 0);
  const top = numberQuery(call, "$top", 100);
  return list(newestFirst.slice(skip, skip + top).map((one) => configurationShape(world, call.organization, one)));
}

function getRevision(call: Call, world: World) {
  const policy = requirePolicy(call, requireProject(call, world));
  const revision = revisionsOf(policy).find((one) => String(one.revision) === call.params.revisionId);
  if (!revision)
    throw policyRefusal(
      404,
      "PolicyConfigurationNotFoundException",
      "TF402453: This revision of the policy configuration does not exist.",
    );
  return { body: configurationShape(world, call.organization, revision) };
}

const at = "/{organization}/{project}/_apis/policy";

export const routes: readonly Route[] = [
  { method: "GET", path: `${at}/types`, scopes: ["code"], handle: listTypes },
  { method: "GET", path: `${at}/types/{typeId}`, scopes: ["code"], handle: getType },
  { method: "GET", path: `${at}/configurations`, scopes: ["code"], handle: listConfigurations },
  { method: "POST", path: `${at}/configurations`, scopes: ["code_write"], handle: createConfiguration },
  { method: "GET", path: `${at}/configurations/{configurationId}`, scopes: ["code"], handle: getConfiguration },
  {
    method: "PUT",
    path: `${at}/configurations/{configurationId}`,
    scopes: ["code_write"],
    handle: updateConfiguration,
  },
  {
    method: "DELETE",
    path: `${at}/configurations/{configurationId}`,
    scopes: ["code_write"],
    handle: deleteConfiguration,
  },
  { method: "GET", path: `${at}/configurations/{configurationId}/revisions`, scopes: ["code"], handle: listRevisions },
  {
    method: "GET",
    path: `${at}/configurations/{configurationId}/revisions/{revisionId}`,
    scopes: ["code"],
    handle: getRevision,
  },
  {
    method: "GET",
    path: "/{organization}/{project}/_apis/git/policy/configurations",
    scopes: ["code"],
    handle: listForBranch,
  },
];
