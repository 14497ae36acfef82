/** Runs of the last ninety days, newest first, deleted ones too; of a project with very many only the newest. */
import type { RunFact } from "#model/posture/pipeline-facts.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { pagesByHeader } from "../pages.ts";
import type { CollectingProject } from "./collector.ts";
import { readBuild } from "./read-run.ts";

const days = 90;
const mostRuns = 3000;

export async function readRuns(client: OrganizationClient, given: CollectingProject): Promise<readonly RunFact[]> {
  const from = new Date(given.now().getTime() - days * 86_400_000);
  const request = {
    path: path`/${given.project.id}/_apis/build/builds`,
    query: { minTime: from.toISOString(), queryOrder: "queueTimeDescending", deletedFilter: "includeDeleted" },
  };
  const runs: RunFact[] = [];
  for await (const wire of pagesByHeader(client, request, { top: 1000, where: "runs of pipelines" })) {
    runs.push(readBuild(client, given.project, wire));
    if (runs.length >= mostRuns) break;
  }
  return runs;
}
