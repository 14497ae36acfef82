/** A run of a pipeline, read again by its id: events are pointers, not facts. */
import type { RunFact } from "#model/posture/pipeline-facts.ts";
import { buildAddress } from "../links.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import {
  inner,
  optionalDate,
  optionalNumber,
  optionalText,
  requiredNumber,
  type Wire,
  wireObject,
} from "../read-wire.ts";
import type { CollectedProject } from "./collector.ts";
import { readGivenValues } from "./read-given-values.ts";
import { readPerson } from "./read-person.ts";

const where = "run of a pipeline";

export async function readRun(client: OrganizationClient, project: CollectedProject, id: number): Promise<RunFact> {
  const { body } = await client.request({ path: path`/${project.id}/_apis/build/builds/${id}` });
  return readBuild(client, project, wireObject(body, where));
}

/** As lists and single answers have it alike. */
export function readBuild(client: OrganizationClient, project: CollectedProject, wire: Wire): RunFact {
  const id = requiredNumber(wire, "id", where);
  const definition = inner(wire, "definition");
  const definitionRevision = optionalNumber(definition, "revision");
  const commit = optionalText(wire, "sourceVersion");
  const finishedAt = optionalDate(wire, "finishTime");
  const queuedAt = optionalDate(wire, "queueTime") ?? optionalDate(wire, "startTime") ?? finishedAt;
  const requestedFor = readPerson(wire, "requestedFor");
  const requestedBy = readPerson(wire, "requestedBy");
  return {
    id,
    definitionId: requiredNumber(definition, "id", where),
    number: optionalText(wire, "buildNumber") ?? String(id),
    url: buildAddress(client, project.name, id),
    reason: optionalText(wire, "reason") ?? "none",
    result: optionalText(wire, "result") ?? "none",
    branch: optionalText(wire, "sourceBranch") ?? "",
    ...(commit !== undefined && { commit }),
    ...(definitionRevision !== undefined && { definitionRevision }),
    queuedAt: (queuedAt ?? new Date(0)).toISOString(),
    ...(finishedAt && { finishedAt: finishedAt.toISOString() }),
    ...(requestedFor && { requestedFor }),
    ...(requestedBy && { requestedBy }),
    given: readGivenValues(wire),
    ...(wire.deleted === true && { isDeleted: true as const }),
  };
}
