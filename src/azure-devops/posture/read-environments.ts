/** Environments that deployment jobs name. Servers before 2022 have them among the tasks. */
import type { EnvironmentFact } from "#model/posture/resource-facts.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type EncodedPath, type OrganizationClient, path } from "../organization-client.ts";
import { collect, pagesByHeader } from "../pages.ts";
import { optionalText, requiredNumber, requiredText, type Wire } from "../read-wire.ts";
import type { CollectingProject } from "./collector.ts";
import { resourcePage } from "./resource-page.ts";

const where = "environments";

export async function readEnvironments(
  client: OrganizationClient,
  given: CollectingProject,
): Promise<readonly EnvironmentFact[]> {
  const { id } = given.project;
  const read = (from: EncodedPath) =>
    collect(pagesByHeader(client, { path: from }, { top: 1000, where }), (wire) => readEnvironment(given, wire));
  try {
    return await read(path`/${id}/_apis/pipelines/environments`);
  } catch (error) {
    const isUnknownRoute =
      error instanceof RemoteError && error.code === "not-found" && error.details.typeKey === undefined;
    if (!isUnknownRoute) throw error;
    return read(path`/${id}/_apis/distributedtask/environments`);
  }
}

function readEnvironment(given: CollectingProject, wire: Wire): EnvironmentFact {
  const id = requiredNumber(wire, "id", where);
  const description = optionalText(wire, "description");
  return {
    id,
    name: requiredText(wire, "name", where),
    ...(description !== undefined && { description }),
    url: resourcePage(given, "environment", id),
  };
}
