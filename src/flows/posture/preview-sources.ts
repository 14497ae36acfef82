/**
 * Asks Azure DevOps, too, how it puts pipelines together, so that our own way can be held against it: once for what a pipeline
 * is made of, and not again before that is something else. Where several of a project are refused, the others of it are not
 * asked for. What is not valid is no difference: our own way stands.
 */
import { createHash } from "node:crypto";
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import { type Preview, previewPipeline } from "#azure-devops/posture/preview-pipeline.ts";
import type { ProjectId } from "#model/ids.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { PipelineSource } from "#scan/posture/pipelines/pipeline-source.ts";
import { inLanes } from "../in-lanes.ts";
import { type Patience, patientClient } from "./patient-client.ts";

/** As many calls as the pacer lets through at once. */
const atOnce = 4;
/** Rights are given by project, seldom by folder of pipelines. */
const enoughRefusals = 3;

export type PreviewAnswer = Preview | { readonly is: "refused"; readonly reason: string };

export interface PreviewAsked {
  readonly projectId: ProjectId;
  readonly definitionId: number;
  /** A hash of all that the answer follows from. */
  readonly of: string;
}

export interface PreviewSourcesGiven {
  readonly signal: AbortSignal;
  /** What was answered before. */
  readonly known?: (asked: PreviewAsked) => Promise<PreviewAnswer | undefined>;
  readonly keep?: (asked: PreviewAsked, answer: PreviewAnswer) => Promise<void>;
  /** Comes back where Azure DevOps asks it to, for as long as this lasts. */
  readonly patience?: Omit<Patience, "signal">;
}

export async function previewSources(
  client: OrganizationClient,
  facts: OrganizationFacts,
  { sources, ...given }: PreviewSourcesGiven & { readonly sources: readonly PipelineSource[] },
): Promise<readonly PipelineSource[]> {
  const { signal, patience } = given;
  const patient = patience ? patientClient(client, { ...patience, signal }, () => {}) : client;
  const projects = new Map<string, ProjectFacts>(facts.projects.map((project) => [project.id, project]));
  const refusals = new Map<string, string[]>();
  return inLanes(sources, atOnce, async (source) => {
    const project = projects.get(source.projectId);
    const revision = project && revisionOf(project, source);
    if (!project || revision === undefined || source.commit === "") return source;
    const refused = refusals.get(project.id) ?? [];
    refusals.set(project.id, refused);
    const answer = await answerOf(patient, given, { project, source, revision, refused });
    if (answer?.is === "refused") {
      refused.push(answer.reason);
      return { ...source, previewRefused: answer.reason };
    }
    return answer?.is === "expanded" ? { ...source, preview: answer.yaml } : source;
  });
}

function revisionOf({ definitions }: ProjectFacts, { definitionId }: PipelineSource): number | undefined {
  return definitions.is === "known" ? definitions.value.find(({ id }) => id === definitionId)?.revision : undefined;
}

interface Wanted {
  readonly project: ProjectFacts;
  readonly source: PipelineSource;
  readonly revision: number;
  /** Why others of this project were. */
  readonly refused: readonly string[];
}

/** Undefined: it came to no answer, and is asked for the next time. */
async function answerOf(
  client: OrganizationClient,
  given: PreviewSourcesGiven,
  { project, source, revision, refused }: Wanted,
): Promise<PreviewAnswer | undefined> {
  const { definitionId, ref: refName } = source;
  const asked = { projectId: project.id, definitionId, of: madeOf(source, revision) };
  const before = await given.known?.(asked);
  if (before) return before;
  const [reason] = refused;
  if (reason !== undefined && refused.length >= enoughRefusals) return { is: "refused", reason };
  const answer = await orRefused(given, () => previewPipeline(client, { project, definitionId, refName }));
  if (answer) await given.keep?.(asked, answer);
  return answer;
}

/** Templates of other repositories move by themselves. */
function madeOf({ ref, commit, path, others }: PipelineSource, revision: number): string {
  const commits = [...others].map(([alias, { ref: at, commit: stands = "" }]) => `${alias} ${at} ${stands}`).sort();
  return createHash("sha256")
    .update(JSON.stringify([revision, ref, commit, path, commits]))
    .digest("base64url");
}

async function orRefused(
  { signal }: PreviewSourcesGiven,
  ask: () => Promise<Preview>,
): Promise<PreviewAnswer | undefined> {
  try {
    return await ask();
  } catch (error) {
    signal.throwIfAborted();
    const isSignedOut = error instanceof RemoteError && (error.code === "signed-out" || error.code === "sign-in-again");
    if (!(error instanceof RemoteError) || isSignedOut) throw error;
    return error.passing ? undefined : { is: "refused", reason: error.message };
  }
}
