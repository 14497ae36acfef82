/** Pipelines of a project as the server has them, classic ones with their steps. Drafts and XAML builds are left out. */
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { collect, pagesByHeader } from "../pages.ts";
import {
  inner,
  isWire,
  optionalDate,
  optionalNumber,
  optionalText,
  requiredNumber,
  requiredText,
  type Wire,
  wireObject,
} from "../read-wire.ts";
import type { CollectingProject } from "./collector.ts";
import { readClassicSteps } from "./read-classic-steps.ts";
import { readTriggers } from "./read-triggers.ts";
import { readVariables } from "./read-variables.ts";
import { pageOf } from "./web-address.ts";
import { withoutRefused } from "./without-refused.ts";

const where = "pipelines";
const mostDefinitions = 5000;

export async function readDefinitions(
  client: OrganizationClient,
  given: CollectingProject,
): Promise<readonly DefinitionFact[]> {
  const request = {
    path: path`/${given.project.id}/_apis/build/definitions`,
    // Only in this order can pages be told apart.
    query: { includeAllProperties: "true", includeLatestBuilds: "true", queryOrder: "definitionNameAscending" },
  };
  const wires = await collect(pagesByHeader(client, request, { top: 500, where }), (wire) => wire);
  const wanted = wires.filter(({ quality, type }) => quality !== "draft" && type !== "xaml").slice(0, mostDefinitions);
  const whole = await withoutRefused(wanted, (wire) => wholeDefinition(client, given, wire));
  return whole.values.map((wire) => readDefinition(wire, given));
}

/** One of them, as it is now. */
export async function readOneDefinition(
  client: OrganizationClient,
  given: CollectingProject,
  id: number,
): Promise<DefinitionFact> {
  const { body } = await client.request({ path: path`/${given.project.id}/_apis/build/definitions/${id}` });
  return readDefinition(wireObject(body, where), given);
}

/** An older server answers the list in short, whatever it is asked. */
async function wholeDefinition(client: OrganizationClient, { project }: CollectingProject, wire: Wire): Promise<Wire> {
  if (isWire(wire.process) && isWire(wire.repository)) return wire;
  const id = requiredNumber(wire, "id", where);
  const { body } = await client.request({ path: path`/${project.id}/_apis/build/definitions/${id}` });
  return { ...wire, ...wireObject(body, where) };
}

function readDefinition(wire: Wire, given: CollectingProject): DefinitionFact {
  const id = requiredNumber(wire, "id", where);
  const process = inner(wire, "process");
  const queue = inner(wire, "queue");
  const queueId = optionalNumber(queue, "id");
  const poolName = optionalText(inner(queue, "pool"), "name") ?? optionalText(queue, "name");
  const isYaml = optionalNumber(process, "type") === 2;
  const createdBy = optionalText(inner(wire, "authoredBy"), "displayName");
  const changedAt = optionalDate(wire, "createdDate");
  const lastRunAt = optionalDate(inner(wire, "latestBuild"), "queueTime");
  return {
    id,
    name: requiredText(wire, "name", where),
    folder: optionalText(wire, "path") ?? "\\",
    revision: optionalNumber(wire, "revision") ?? 1,
    url: pageOf(given.organization, given.project, `_build?definitionId=${id}`),
    isEnabled: !["disabled", "paused", 1, 2].includes(wire.queueStatus as string | number),
    kind: isYaml ? "yaml" : "classic",
    ...(isYaml && { yamlPath: (optionalText(process, "yamlFilename") ?? "azure-pipelines.yml").replace(/^\/+/, "") }),
    repository: readSource(inner(wire, "repository")),
    ...(queueId !== undefined && { queueId }),
    ...(poolName !== undefined && { poolName }),
    jobScope: ["project", 2].includes(wire.jobAuthorizationScope as string | number) ? "project" : "organization",
    triggers: readTriggers(wire.triggers),
    variables: readVariables(inner(wire, "variables"), given),
    variableGroupIds: groupIds(wire.variableGroups),
    steps: isYaml ? [] : readPhases(wire, process, given),
    ...(createdBy !== undefined && { createdBy }),
    ...(changedAt && { changedAt: changedAt.toISOString() }),
    ...(lastRunAt && { lastRunAt: lastRunAt.toISOString() }),
  };
}

const repositoryKinds: Readonly<Record<string, DefinitionFact["repository"]["kind"]>> = {
  tfsgit: "azure-repos",
  github: "github",
  githubenterprise: "github-enterprise",
  bitbucket: "bitbucket",
};

function readSource(wire: Wire): DefinitionFact["repository"] {
  const kind = repositoryKinds[optionalText(wire, "type")?.toLowerCase() ?? ""] ?? "other";
  const id = optionalText(wire, "id") ?? "";
  const defaultBranch = optionalText(wire, "defaultBranch");
  const isPrivate = optionalText(inner(wire, "properties"), "isPrivate")?.toLowerCase();
  return {
    kind,
    id: kind === "azure-repos" ? id.toLowerCase() : id,
    name: optionalText(wire, "name") ?? id,
    ...(defaultBranch !== undefined && { defaultBranch }),
    ...((isPrivate === "true" || isPrivate === "false") && { isPublic: isPrivate === "false" }),
  };
}

function groupIds(groups: unknown): readonly number[] {
  const list: readonly unknown[] = Array.isArray(groups) ? groups : [];
  return list.filter(isWire).map((group) => requiredNumber(group, "id", where));
}

/** The first version of the builds had one list of steps. */
function readPhases(wire: Wire, process: Wire, given: CollectingProject): DefinitionFact["steps"] {
  if (!Array.isArray(process.phases)) return readClassicSteps(wire.build, given);
  return process.phases.filter(isWire).flatMap(({ steps }) => readClassicSteps(steps, given));
}
