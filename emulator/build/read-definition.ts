/** What a body says of a definition besides its name: variables, triggers, process, queue, libraries. */
import { poolOfQueue } from "../inventory/inventory.ts";
import { isRecord, record, text } from "../pull-requests/request-body.ts";
import type { OrganizationState, ProjectState, World } from "../world.ts";
import type { DefinitionNotes, OutsideRepository } from "./build-notes.ts";

export function readVariables(value: unknown): DefinitionNotes["variables"] {
  const variables: DefinitionNotes["variables"] = {};
  for (const [name, variable] of Object.entries(record(value))) {
    if (!isRecord(variable)) continue;
    const isSecret = variable.isSecret === true;
    variables[name] = {
      value: isSecret ? null : (text(variable.value) ?? ""),
      ...(variable.allowOverride === true ? { allowOverride: true } : {}),
      ...(isSecret ? { isSecret } : {}),
    };
  }
  return variables;
}

const outsideTypes = ["GitHub", "GitHubEnterprise", "Bitbucket", "Git"] as const;

/** The repository of a body that is not in Azure Repos. */
export function readOutside(value: unknown): OutsideRepository | undefined {
  const { type, id, name, url, properties } = record(value);
  const found = outsideTypes.find((one) => one.toLowerCase() === text(type)?.toLowerCase());
  if (!found) return undefined;
  const texts = Object.entries(record(properties)).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return {
    type: found,
    id: text(id) ?? "",
    name: text(name) ?? text(id) ?? "",
    url: text(url) ?? "",
    properties: Object.fromEntries(texts),
  };
}

function records(value: unknown): Record<string, unknown>[] | undefined {
  return Array.isArray(value) ? value.filter(isRecord) : undefined;
}

/** Only what the body names; what it leaves out stays as it is. */
export function readNotes(
  world: World,
  organization: OrganizationState,
  project: ProjectState,
  body: Readonly<Record<string, unknown>>,
): Partial<DefinitionNotes> {
  const process = record(body.process);
  const phases = process.type === 1 ? (records(process.phases) ?? []) : undefined;
  const triggers = records(body.triggers);
  const groups = records(body.variableGroups)?.flatMap(({ id }) => (typeof id === "number" ? id : []));
  const queueId = record(body.queue).id;
  const pool = typeof queueId === "number" ? poolOfQueue(world, organization, project.id, queueId) : undefined;
  const scope = text(body.jobAuthorizationScope)?.toLowerCase();
  const status = (["enabled", "paused", "disabled"] as const).find((one) => one === body.queueStatus);
  const description = text(body.description);
  const comment = text(body.comment);
  return {
    ...(body.variables === undefined ? {} : { variables: readVariables(body.variables) }),
    ...(phases ? { phases } : {}),
    ...(triggers ? { triggers } : {}),
    ...(groups ? { variableGroupIds: groups } : {}),
    ...(pool ? { poolId: pool.id } : {}),
    ...(scope === undefined ? {} : { jobAuthorizationScope: scope === "project" ? "project" : "projectCollection" }),
    ...(status ? { queueStatus: status } : {}),
    ...(isRecord(body.processParameters) ? { processParameters: body.processParameters } : {}),
    ...(description ? { description } : {}),
    ...(comment ? { comment } : {}),
  };
}
