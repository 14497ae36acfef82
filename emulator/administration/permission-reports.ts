/** Permission reports: asked for by a collection administrator, made on the clock, fetched as a stream of JSON. */
import { randomUUID } from "node:crypto";
import { bodyObject, textOf } from "../query-values.ts";
import { mayAct, requireGroup } from "../rights.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import { effectiveAt } from "../security/effective.ts";
import { findNamespace, gitNamespace, type SecurityNamespace } from "../security/namespaces.ts";
import { organizationUrl } from "../shapes.ts";
import type { OrganizationState, User, World } from "../world.ts";

interface Report {
  readonly id: string;
  readonly name: string;
  readonly requestor: string;
  readonly requested: Date;
  readonly descriptors: readonly string[];
  readonly resources: readonly Record<string, unknown>[];
  status: "created" | "inProgress" | "completedSuccessfully";
  changed: Date;
}

const reports = new WeakMap<OrganizationState, Report[]>();
const stepTime = 100;
const root = "/{organization}/_apis/permissionsreport";
const scopes = ["security_manage"];

function reportsOf(call: Call): Report[] {
  requireGroup(call, "collection administrators", undefined, "Edit collection-level information");
  const found = reports.get(call.organization) ?? [];
  reports.set(call.organization, found);
  return found;
}

function shape(report: Report): Record<string, unknown> {
  return {
    id: report.id,
    reportName: report.name,
    requestor: report.requestor,
    requestedTime: report.requested.toISOString(),
    reportStatus: report.status,
    reportStatusLastUpdatedTime: report.changed.toISOString(),
    error: "",
  };
}

function create(call: Call, world: World): Answer {
  const all = reportsOf(call);
  const { reportName, descriptors, resources } = bodyObject(call);
  if (!Array.isArray(resources) || resources.length === 0)
    throw new Refusal(400, "ArgumentException", "At least one resource is needed.\r\nParameter name: resources");
  const now = world.clock.now();
  const report: Report = {
    id: randomUUID(),
    name: textOf(reportName) ?? `Permissions of ${call.user.displayName}`,
    requestor: call.user.mail,
    requested: now,
    descriptors: Array.isArray(descriptors) ? descriptors.map(String) : [],
    resources: resources.map((one) => bodyObject({ body: one })),
    status: "created",
    changed: now,
  };
  all.push(report);
  const move = (status: Report["status"]) => () => {
    report.status = status;
    report.changed = world.clock.now();
  };
  world.clock.after(stepTime, move("inProgress"));
  world.clock.after(2 * stepTime, move("completedSuccessfully"));
  const url = `${organizationUrl(world, call.organization)}/_apis/permissionsreport/${report.id}`;
  return { body: { _links: { self: { href: url }, download: { href: `${url}/download` } } } };
}

function requireReport(call: Call): Report {
  const report = reportsOf(call).find((one) => one.id === call.params.id?.toLowerCase());
  if (report) return report;
  throw new Refusal(404, "PermissionsReportNotFoundException", `The report ${call.params.id} was not found.`);
}

/** The token of the Git namespace that a resource of a report means. */
function tokenOf(organization: OrganizationState, resource: Readonly<Record<string, unknown>>): string {
  const id = (textOf(resource.resourceId) ?? "").toLowerCase();
  if (id.startsWith("repov2")) return textOf(resource.resourceId) ?? "";
  const repository = organization.repositories.get(id);
  if (repository) return `repoV2/${repository.projectId}/${repository.id}`;
  const [project, ...rest] = id.split("/");
  const parts = [project, ...rest].filter(Boolean);
  return parts.length === 0 ? "repoV2" : `repoV2/${parts.join("/")}`;
}

function permissionsOf(world: World, organization: OrganizationState, user: User, token: string) {
  const namespace = requireGitNamespace();
  const { allow, deny, own } = effectiveAt(world, organization, user, namespace, token);
  return namespace.actions.map(({ bit, name, displayName }) => ({
    PermissionName: displayName,
    PermissionBit: bit,
    PermissionActionName: name,
    EffectivePermission: (allow & bit) !== 0 ? "Allow" : (deny & bit) !== 0 ? "Deny" : "Not set",
    IsPermissionInherited: ((allow | deny) & bit) !== 0 && (own & bit) === 0,
  }));
}

function requireGitNamespace(): SecurityNamespace {
  const namespace = findNamespace(gitNamespace);
  if (!namespace) throw new Error("there is no namespace of Git repositories");
  return namespace;
}

function download(call: Call, world: World): Answer {
  const report = requireReport(call);
  if (report.status !== "completedSuccessfully")
    throw new Refusal(400, "PermissionsReportNotReadyException", "The report is not ready.");
  const { organization } = call;
  const users = [...world.users.values()].filter(
    (user) =>
      mayAct(organization, user.id, "readers") &&
      (report.descriptors.length === 0 || report.descriptors.includes(user.descriptor)),
  );
  const rows = report.resources.flatMap((resource) => {
    const token = tokenOf(organization, resource);
    return users.map((user) => ({
      Descriptor: user.descriptor,
      Id: textOf(resource.resourceId),
      AccountName: user.mail,
      DisplayName: user.displayName,
      SubjectKind: "user",
      Resource: textOf(resource.resourceName),
      Permissions: permissionsOf(world, organization, user, token),
    }));
  });
  return { bytes: Buffer.from(JSON.stringify(rows)), contentType: "application/octet-stream" };
}

export const permissionReportRoutes: readonly Route[] = [
  { method: "GET", path: root, scopes, handle: (call) => list(reportsOf(call).map(shape)) },
  { method: "POST", path: root, scopes, handle: create },
  { method: "GET", path: `${root}/{id}`, scopes, handle: (call) => ({ body: shape(requireReport(call)) }) },
  { method: "GET", path: `${root}/{id}/download`, scopes, handle: download },
];
