/** What is understood of the code of a definition. */
import type { ProjectFacts } from "#model/posture/organization-facts.ts";
import type { JudgedPipeline } from "../pipelines/judged-pipeline.ts";
import type { PostureContext } from "../posture-context.ts";

const indexes = new WeakMap<readonly JudgedPipeline[], ReadonlyMap<string, JudgedPipeline>>();

/** Undefined: its code was not read. */
export function judgedPipelineOf(
  definitionId: number,
  { id }: ProjectFacts,
  { pipelines }: PostureContext,
): JudgedPipeline | undefined {
  const index =
    indexes.get(pipelines) ?? new Map(pipelines.map((one) => [`${one.projectId}/${one.definition.id}`, one]));
  indexes.set(pipelines, index);
  return index.get(`${id}/${definitionId}`);
}
