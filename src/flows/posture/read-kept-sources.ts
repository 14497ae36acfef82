/** The code of pipelines, with files and previews kept in the database unless they hold secrets: of the same commit they never change. */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { PipelineSource } from "#scan/posture/pipelines/pipeline-source.ts";
import { findPipelineFile, keepPipelineFile } from "#store/posture/pipeline-files.ts";
import { findPipelinePreview, keepPipelinePreview } from "#store/posture/pipeline-previews.ts";
import type { App } from "../app.ts";
import { holdsSecret } from "./holds-secret.ts";
import { previewSources } from "./preview-sources.ts";
import { readSources } from "./read-sources.ts";

const longestPatience = 60 * 60_000;
/** Whoever was refused may be given the right. */
const refusalHolds = 7 * 24 * 60 * 60_000;

type Kept = Pick<App, "db" | "now">;

export function readKeptSources(
  app: Kept,
  client: OrganizationClient,
  facts: OrganizationFacts,
  { instanceId, signal }: { readonly instanceId: InstanceId; readonly signal: AbortSignal },
): Promise<readonly PipelineSource[]> {
  const { db } = app;
  const now = () => app.now();
  return readSources(client, facts, {
    ...{ signal, patience: patienceOf(app) },
    known: (repositoryId, commit, path) => findPipelineFile(db, { instanceId, repositoryId, commit, path }, now()),
    keep: async (repositoryId, commit, path, text) => {
      if (holdsSecret(path, text)) return;
      await keepPipelineFile(db, { instanceId, repositoryId, commit, path }, text, now());
    },
  });
}

export function withKeptPreviews(
  app: Kept,
  client: OrganizationClient,
  facts: OrganizationFacts,
  { sources, signal }: { readonly sources: readonly PipelineSource[]; readonly signal: AbortSignal },
): Promise<readonly PipelineSource[]> {
  const { db } = app;
  const id: OrganizationId = facts.id;
  return previewSources(client, facts, {
    ...{ sources, signal, patience: patienceOf(app) },
    known: (asked) => findPipelinePreview(db, asked, new Date(app.now().getTime() - refusalHolds)),
    keep: async (asked, answer) => {
      if (answer.is === "expanded" && holdsSecret("pipeline.yml", answer.yaml)) return;
      await keepPipelinePreview(db, id, asked, answer, app.now());
    },
  });
}

function patienceOf(app: Kept) {
  const now = () => app.now();
  return { now, until: new Date(now().getTime() + longestPatience) };
}
