/** Permission reports: asked for by a collection administrator, made on the clock, fetched as a stream of JSON. */
import { randomUUID } from "node:crypto";
import { bodyObject, textOf } from "../query-values.ts";
import { mayAct, requireGroup } from "../rights.ts";
import { type Answer, type Call, list, Refusal, type Route } from "../route.ts";
import { organizationUrl } from "../shapes.ts";
import type { GroupName, OrganizationState, World } from "../world.ts";

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

/** What the group of a person allows on a repository. */
const grants: readonly (readonly [permission: string, group: GroupName])[] = [
  ["Read", "readers"],
  ["Contribute", "contributors"],
  ["Contribute to pull requests", "contributors"],
  ["Edit policies", "project administrators"],
];

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
  const rows = report.resources.flatMap((resource) =>
    users.map((user) => ({
      Descriptor: user.descriptor,
      Id: textOf(resource.resourceId),
      AccountName: user.mail,
      DisplayName: user.displayName,
      SubjectKind: "user",
      Resource: textOf(resource.resourceName),
      Permissions: grants.map(([PermissionName, group]) => ({
        PermissionName,
        EffectivePermission: mayAct(organization, user.id, group) ? "Allow" : "Not set",
      })),
    })),
  );
  return { bytes: Buffer.from(JSON.stringify(rows)), contentType: "application/octet-stream" };
}

export const permissionReportRoutes: readonly Route[] = [
  { method: "GET", path: root, scopes, handle: (call) => list(reportsOf(call).map(shape)) },
  { method: "POST", path: root, scopes, handle: create },
  { method: "GET", path: `${root}/{id}`, scopes, handle: (call) => ({ body: shape(requireReport(call)) }) },
  { method: "GET", path: `${root}/{id}/download`, scopes, handle: download },
];
