/**
 * The permissions report of Azure DevOps for the default repository of each project. Whoever asks for one gets an e-mail, so
 * one that is a few days old is read again instead; one that is not ready in time is read the next time.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { PermissionsReport } from "#model/posture/access-facts.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { collect, wholeList } from "../pages.ts";
import {
  inner,
  isWire,
  optionalDate,
  optionalText,
  requiredText,
  type Wire,
  wireList,
  wireObject,
} from "../read-wire.ts";
import type { Collecting } from "./collector.ts";

type Given = Pick<Collecting, "organization" | "projects" | "now" | "signal">;

const where = "the permissions report";
const ourName = "Sallyport";
const day = 24 * 60 * 60_000;
const freshFor = 7 * day;

/** A report grows with people and repositories. */
const mostRepositories = 20;

/** Milliseconds between looks, half a minute in all. */
const looks = [250, 500, 1000, 2000, 4000, 8000, 8000, 8000];

export async function readPermissionsReport(client: OrganizationClient, given: Given): Promise<PermissionsReport> {
  const known = await usableReport(client, given.now());
  const id = known === undefined ? await createReport(client, given) : requiredText(known, "id", where);
  const report = await completed(client, id, given.signal);
  const { body } = await client.request({ path: path`/_apis/permissionsreport/${id}/download` });
  const createdAt = optionalDate(report, "requestedTime") ?? given.now();
  return { createdAt: createdAt.toISOString(), rows: wireList(body, where).flatMap(readRows) };
}

/** The newest of ours that is done or under way. */
async function usableReport(client: OrganizationClient, now: Date): Promise<Wire | undefined> {
  const all = await collect(wholeList(client, { path: path`/_apis/permissionsreport` }, where), (wire) => wire);
  const dated = all.flatMap((wire) => {
    const at = optionalDate(wire, "requestedTime")?.getTime();
    const isOurs = optionalText(wire, "reportName")?.startsWith(`${ourName} `) === true;
    const isUsable = ["done", "under-way"].includes(stateOf(wire));
    return at !== undefined && isOurs && isUsable && now.getTime() - at < freshFor ? [{ wire, at }] : [];
  });
  return dated.toSorted((one, other) => other.at - one.at)[0]?.wire;
}

function stateOf(report: Wire): "done" | "under-way" | "failed" {
  const status = optionalText(report, "reportStatus")?.toLowerCase() ?? "";
  if (status === "created" || status === "inprogress") return "under-way";
  return status === "completedsuccessfully" || status === "completedwitherrors" ? "done" : "failed";
}

async function createReport(client: OrganizationClient, { projects, now }: Given): Promise<string> {
  const resources = await repositoriesOf(client, projects);
  const { body } = await client.request({
    method: "POST",
    path: path`/_apis/permissionsreport`,
    body: { descriptors: [], reportName: `${ourName} ${now().toISOString()}`, resources },
  });
  const answer = wireObject(body, where);
  const link = optionalText(inner(inner(answer, "_links"), "self"), "href") ?? "";
  const id = optionalText(answer, "id") ?? /\/permissionsreport\/([0-9a-f-]{36})\b/i.exec(link)?.[1];
  if (id === undefined) {
    throw new RemoteError("unexpected", `Azure DevOps answered ${where} without its id.`, { details: { where } });
  }
  return id;
}

/** Of each project the one that has its name; where there is none, all that the project holds for Git. */
async function repositoriesOf(client: OrganizationClient, projects: Given["projects"]): Promise<readonly Wire[]> {
  const all = await collect(wholeList(client, { path: path`/_apis/git/repositories` }, "repositories"), (wire) => wire);
  return projects.slice(0, mostRepositories).map(({ id, name }) => {
    const own = all.find(
      (wire) =>
        optionalText(inner(wire, "project"), "id")?.toLowerCase() === id.toLowerCase() &&
        optionalText(wire, "name")?.toLowerCase() === name.toLowerCase(),
    );
    const repositoryId = own && optionalText(own, "id");
    return repositoryId === undefined
      ? { resourceId: id, resourceName: name, resourceType: "projectGit" }
      : { resourceId: repositoryId, resourceName: name, resourceType: "repo" };
  });
}

async function completed(client: OrganizationClient, id: string, signal: AbortSignal): Promise<Wire> {
  for (const wait of looks) {
    const { body } = await client.request({ path: path`/_apis/permissionsreport/${id}` });
    const report = wireObject(body, where);
    const state = stateOf(report);
    if (state === "done") return report;
    if (state === "failed") {
      const why = optionalText(report, "error") ?? "it does not say why";
      throw new RemoteError("refused", `Azure DevOps could not make the permissions report: ${why}.`, {
        details: { where, status: optionalText(report, "reportStatus") },
      });
    }
    await pause(wait, undefined, { signal });
  }
  const message = "Azure DevOps still makes the permissions report; it is read the next time.";
  throw new RemoteError("timed-out", message, { details: { where } });
}

/** What is not set is left out: it is most of a report. */
function readRows(wire: Wire): PermissionsReport["rows"] {
  const subject = optionalText(wire, "Descriptor") ?? optionalText(wire, "descriptor") ?? "";
  const name = optionalText(wire, "DisplayName") ?? optionalText(wire, "displayName") ?? subject;
  const resource = resourceOf(wire.Resource ?? wire.resource);
  const permissions: unknown = wire.Permissions ?? wire.permissions;
  return (Array.isArray(permissions) ? permissions.filter(isWire) : []).flatMap((one) => {
    const permission = optionalText(one, "PermissionName") ?? optionalText(one, "permissionName");
    const text = optionalText(one, "EffectivePermission") ?? optionalText(one, "effectivePermission") ?? "";
    const effective = /^allow/i.test(text) ? "allow" : /^deny/i.test(text) ? "deny" : undefined;
    if (permission === undefined || effective === undefined) return [];
    const isInherited = (one.IsPermissionInherited ?? one.isPermissionInherited) === true || /inherited/i.test(text);
    return [{ resource, subject, name, permission, effective, isInherited }];
  });
}

/** A name, or an object with one. */
function resourceOf(resource: unknown): string {
  if (typeof resource === "string") return resource;
  const wire: Wire = isWire(resource) ? resource : {};
  return (
    ["ResourceName", "resourceName", "ResourceId", "resourceId"].flatMap(
      (field) => optionalText(wire, field) ?? [],
    )[0] ?? ""
  );
}
