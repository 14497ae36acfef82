/** Names for the places that an attack path leads through, by which issues and pipelines on it are found. */
import type { AttackPath, PathNode } from "./attack-path.ts";

/** Each once. */
export function placesOfPath({ entry, target, edges }: AttackPath): readonly string[] {
  const nodes = [entry, target, ...edges.flatMap(({ from, to }) => [from, to])];
  return [...new Set(nodes.map(placeOfNode))];
}

/** Of a pipeline its project and number, however the path names it. */
function placeOfNode({ kind, id, projectId }: PathNode): string {
  const definition = kind === "pipeline" ? /(?:^|\/)(\d+)$/.exec(id)?.[1] : undefined;
  return definition && projectId ? pipelinePlace(projectId, Number(definition)) : `${kind}:${id.toLowerCase()}`;
}

export function pipelinePlace(projectId: string, definitionId: number): string {
  return `pipeline:${projectId.toLowerCase()}/${definitionId}`;
}

export function repositoryPlace(repositoryId: string): string {
  return `repository:${repositoryId.toLowerCase()}`;
}
