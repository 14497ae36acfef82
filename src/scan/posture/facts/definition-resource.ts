/** A pipeline as results name it. */
import type { ProjectFacts } from "#model/posture/organization-facts.ts";
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import type { PostureResource } from "#model/posture/posture-result.ts";

export function definitionResource(
  { id: projectId }: ProjectFacts,
  { id, name, url }: DefinitionFact,
): PostureResource {
  return { kind: "pipeline", id: `${id}`, name, projectId, url };
}
