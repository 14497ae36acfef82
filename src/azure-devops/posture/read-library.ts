/** What pipelines of a project share: variable groups without their texts, secure files by name, task groups. */
import type { TaskGroupFact } from "#model/posture/pipeline-facts.ts";
import type { SecureFileFact, VariableGroupFact } from "#model/posture/resource-facts.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { collect, pagesByHeader, wholeList } from "../pages.ts";
import { inner, optionalNumber, optionalText, requiredNumber, requiredText, type Wire } from "../read-wire.ts";
import type { CollectingProject } from "./collector.ts";
import { projectIdsOf } from "./project-ids-of.ts";
import { readClassicSteps } from "./read-classic-steps.ts";
import { readVariables } from "./read-variables.ts";
import { resourcePage } from "./resource-page.ts";

type Given = Pick<CollectingProject, "organization" | "project" | "lookAt">;

const perPage = 1000;

export async function readVariableGroups(
  client: OrganizationClient,
  given: Given,
): Promise<readonly VariableGroupFact[]> {
  const request = { path: path`/${given.project.id}/_apis/distributedtask/variablegroups` };
  const pages = pagesByHeader(client, request, { top: perPage, where: "variable groups" });
  return collect(pages, (wire) => readVariableGroup(wire, given));
}

function readVariableGroup(wire: Wire, given: Given): VariableGroupFact {
  const where = "variable groups";
  const id = requiredNumber(wire, "id", where);
  const provider = inner(wire, "providerData");
  const isVault = optionalText(wire, "type")?.toLowerCase() === "azurekeyvault";
  const vault = {
    name: optionalText(provider, "vault") ?? "",
    connectionId: optionalText(provider, "serviceEndpointId")?.toLowerCase() ?? "",
  };
  const variables = readVariables(inner(wire, "variables"), given);
  return {
    id,
    name: requiredText(wire, "name", where),
    url: resourcePage(given, "variable-group", id),
    ...(isVault && { vault }),
    isShared: wire.isShared === true,
    projectIds: projectIdsOf(wire.variableGroupProjectReferences, given.project.id),
    // Those of a vault are secrets, whatever the list says of them.
    variables: isVault ? variables.map(({ name }) => ({ name, isSecret: true, allowOverride: false })) : variables,
  };
}

export async function readSecureFiles(
  client: OrganizationClient,
  { project }: Pick<Given, "project">,
): Promise<readonly SecureFileFact[]> {
  const where = "secure files";
  const request = { path: path`/${project.id}/_apis/distributedtask/securefiles`, apiVersion: "7.1-preview.1" };
  return collect(wholeList(client, request, where), (wire) => ({
    id: requiredText(wire, "id", where).toLowerCase(),
    name: requiredText(wire, "name", where),
  }));
}

export async function readTaskGroups(client: OrganizationClient, given: Given): Promise<readonly TaskGroupFact[]> {
  const where = "task groups";
  const request = { path: path`/${given.project.id}/_apis/distributedtask/taskgroups` };
  const all = await collect(pagesByHeader(client, request, { top: perPage, where }), (wire) => wire);
  const groups = all
    .filter((wire) => wire.deleted !== true)
    .map((wire) => ({
      id: requiredText(wire, "id", where).toLowerCase(),
      name: optionalText(wire, "friendlyName") ?? requiredText(wire, "name", where),
      revision: optionalNumber(wire, "revision") ?? 1,
      steps: readClassicSteps(wire.tasks, given),
    }));
  // Each major version is listed; whoever may edit one may edit all, so their steps count together.
  const byId = new Map<string, TaskGroupFact>();
  for (const group of groups) {
    const other = byId.get(group.id);
    const newer = other && other.revision > group.revision ? other : group;
    byId.set(group.id, { ...newer, steps: [...(other?.steps ?? []), ...group.steps] });
  }
  return [...byId.values()];
}
