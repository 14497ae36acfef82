/** The code of pipelines, with files kept in the database: at a commit they never change. */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import type { InstanceId } from "#model/ids.ts";
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { PipelineSource } from "#scan/posture/pipelines/pipeline-source.ts";
import { findPipelineFile, keepPipelineFile } from "#store/pipeline-files.ts";
import type { App } from "../app.ts";
import { readSources } from "./read-sources.ts";

const longestPatience = 60 * 60_000;

export function readKeptSources(
  app: Pick<App, "db" | "now">,
  client: OrganizationClient,
  facts: OrganizationFacts,
  { instanceId, signal }: { readonly instanceId: InstanceId; readonly signal: AbortSignal },
): Promise<readonly PipelineSource[]> {
  const { db } = app;
  const now = () => app.now();
  return readSources(client, facts, {
    signal,
    patience: { now, until: new Date(now().getTime() + longestPatience) },
    known: (repositoryId, commit, path) => findPipelineFile(db, { instanceId, repositoryId, commit, path }, now()),
    keep: (repositoryId, commit, path, text) =>
      keepPipelineFile(db, { instanceId, repositoryId, commit, path }, text, now()),
  });
}
