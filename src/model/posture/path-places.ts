/** Names for the places that an attack path leads through, by which issues and pipelines on it are found. */
import type { AttackPath, PathNode, PathNodeKind } from "./attack-path.ts";

/** Each once. */
export function placesOfPath({ entry, target, edges }: AttackPath): readonly string[] {
  const nodes = [entry, target, ...edges.flatMap(({ from, to }) => [from, to])];
  return [...new Set(nodes.map(placeOfNode))];
}

const ofPipelines: ReadonlySet<PathNodeKind> = new Set(["pipeline", "run"]);
const ofRepositories: ReadonlySet<PathNodeKind> = new Set(["repository", "branch", "file", "template"]);

/** A run belongs to its pipeline, a branch to its repository; ids of nodes begin with that of the project. */
function placeOfNode({ kind, id, projectId = "" }: PathNode): string {
  const own = id.startsWith(`${projectId}/`) ? id.slice(projectId.length + 1) : id;
  const [first = ""] = own.split("/");
  if (ofPipelines.has(kind) && /^\d{1,9}$/.test(first)) return pipelinePlace(projectId, Number(first));
  if (ofRepositories.has(kind) && /^[\da-f-]{36}$/i.test(first)) return repositoryPlace(first);
  return `${kind}:${id.toLowerCase()}`;
}

export function pipelinePlace(projectId: string, definitionId: number): string {
  return `pipeline:${projectId.toLowerCase()}/${definitionId}`;
}

export function repositoryPlace(repositoryId: string): string {
  return `repository:${repositoryId.toLowerCase()}`;
}
