/**
 * Approvals and checks on the resources of a project: many resources in one call, and one by one those
 * of a call that is not answered. Where Azure DevOps does not tell what an approval says, nothing is guessed.
 */
import type { CheckFact } from "#model/posture/resource-facts.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { isWire, optionalText, requiredNumber, requiredText, type Wire, wireList, wireObject } from "../read-wire.ts";
import { readCheckSettings } from "./check-settings.ts";
import type { CollectingProject } from "./collector.ts";
import { resourcePage } from "./resource-page.ts";
import { type GuardedResource, resourcesOfProject } from "./resources-of-project.ts";
import { isOfOne, withoutRefused } from "./without-refused.ts";

const where = "approvals and checks";
const apiVersion = "7.1-preview.1";
const mostAtOnce = 100;
/** Those asked for one by one. Some of them would be worse than none: nobody would know which are missing. */
const mostAlone = 500;

export async function readChecks(client: OrganizationClient, given: CollectingProject): Promise<readonly CheckFact[]> {
  const resources = resourcesOfProject(given);
  const byWire = new Map(resources.map((one) => [wireKey(one.type, one.wireId), one]));
  const checks: CheckFact[] = [];
  for (const wire of await listChecks(client, given, resources)) {
    const { type, id } = wireObject(wire.resource, where);
    const resource = byWire.get(wireKey(String(type), String(id)));
    if (resource) checks.push(await readCheck(client, given, resource, wire));
  }
  return checks;
}

function wireKey(type: string, id: string): string {
  return `${type} ${id}`.toLowerCase();
}

async function listChecks(
  client: OrganizationClient,
  given: CollectingProject,
  resources: readonly GuardedResource[],
): Promise<readonly Wire[]> {
  const found: Wire[] = [];
  const left: GuardedResource[] = [];
  for (let at = 0; at < resources.length; at += mostAtOnce) {
    const some = resources.slice(at, at + mostAtOnce);
    try {
      found.push(...(await askMany(client, given, some)));
    } catch (error) {
      if (!mayBeAskedAlone(error)) throw error;
      left.push(...some);
      if (left.length > mostAlone) throw tooMany(given);
    }
  }
  return [...found, ...(await askEachAlone(client, given, left))];
}

async function askEachAlone(
  client: OrganizationClient,
  given: CollectingProject,
  resources: readonly GuardedResource[],
): Promise<readonly Wire[]> {
  const { values, refusals } = await withoutRefused(resources, (one) => askAlone(client, given, one));
  // What is gone has no checks. Of what is not for this account nobody knows whether it has any.
  const hidden = refusals.find(({ code }) => code === "forbidden");
  if (hidden) throw hidden;
  return values.flat();
}

function tooMany({ project }: CollectingProject): RemoteError {
  const message = `Azure DevOps does not tell the checks of many resources at once, and ${project.name} has more than ${mostAlone}; they are not read.`;
  return new RemoteError("unexpected", message, { details: { where } });
}

/** The call is not there, or one of the resources is not for this account. */
function mayBeAskedAlone(error: unknown): boolean {
  return isOfOne(error) || (error instanceof RemoteError && error.code === "refused");
}

async function askMany(
  client: OrganizationClient,
  { project }: CollectingProject,
  resources: readonly GuardedResource[],
): Promise<readonly Wire[]> {
  const { body } = await client.request({
    method: "POST",
    path: path`/${project.id}/_apis/pipelines/checks/queryconfigurations`,
    query: { $expand: "settings" },
    body: resources.map(({ type, wireId }) => ({ type, id: wireId })),
    apiVersion,
    isRepeatable: true,
  });
  return wireList(body, where);
}

async function askAlone(
  client: OrganizationClient,
  { project }: CollectingProject,
  { type, wireId }: GuardedResource,
): Promise<readonly Wire[]> {
  const { body } = await client.request({
    path: path`/${project.id}/_apis/pipelines/checks/configurations`,
    query: { resourceType: type, resourceId: wireId, $expand: "settings" },
    apiVersion,
  });
  return wireList(body, where);
}

async function readCheck(
  client: OrganizationClient,
  given: CollectingProject,
  { kind, id: resourceId }: GuardedResource,
  wire: Wire,
): Promise<CheckFact> {
  const id = requiredNumber(wire, "id", where);
  const type = wireObject(wire.type, where);
  const about = { typeId: requiredText(type, "id", where), typeName: optionalText(type, "name") ?? "" };
  const settings =
    readCheckSettings({ ...about, settings: wire.settings }) ??
    readCheckSettings({ ...about, settings: await settingsOf(client, given, id) });
  if (!settings) {
    const message = "Azure DevOps answered approvals and checks without their settings.";
    throw new RemoteError("unexpected", message, { details: { where, what: "settings" } });
  }
  return {
    id,
    kind,
    resourceId,
    isEnabled: wire.isDisabled !== true,
    url: resourcePage(given, kind, resourceId),
    settings,
  };
}

async function settingsOf(client: OrganizationClient, { project }: CollectingProject, id: number): Promise<unknown> {
  const { body } = await client.request({
    path: path`/${project.id}/_apis/pipelines/checks/configurations/${id}`,
    query: { $expand: "settings" },
    apiVersion,
  });
  return isWire(body) ? body.settings : undefined;
}
