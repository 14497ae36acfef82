/** A run whose code a class of people has in hand: what it is a run of, where its code stands, and how much of it is theirs. */
import type { PathNode } from "#model/posture/attack-path.ts";
import type { RunRef } from "./check-guards.ts";
import type { PipelineGround, ProjectGround } from "./ground.ts";
import { addFace, type GuardedGraph, join } from "./guarded-graph.ts";

export interface RunPlace {
  readonly key: string;
  readonly project: ProjectGround;
  /** Absent: a pipeline that they make. */
  readonly pipeline?: PipelineGround;
  readonly ref: RunRef;
  /**
   * `all`: they say what the run does, with whatever its project lets it use; `steps`: their code runs in steps that are fixed;
   * `shell`: their text runs in the shell of one job.
   */
  readonly theirs: "all" | "steps" | "shell";
  readonly job?: string;
  /** Runs of forks: whether they get secrets. */
  readonly hasSecrets: boolean;
  /** Where all runs of the project whose code is theirs, and stands alike, come together. */
  readonly crossing?: string;
}

export interface Places {
  readonly byKey: Map<string, RunPlace>;
  readonly joined: Set<string>;
  /** Of each project: whether they can have a branch of this name in some repository. */
  readonly isFreeIn: Map<string, RunRef["isFree"]>;
}

export function newPlaces(): Places {
  return { byKey: new Map(), joined: new Set(), isFreeIn: new Map() };
}

const refWords: Readonly<Record<RunRef["is"], string>> = {
  new: "from a new branch",
  pull: "for a pull request",
  named: "from its own branch",
};

export function addPipelineRun(
  graph: GuardedGraph,
  places: Places,
  place: Omit<RunPlace, "key" | "crossing"> & { readonly pipeline: PipelineGround; readonly tag: string },
): string {
  const { pipeline, ref, tag } = place;
  const { definition, project } = pipeline;
  const node: PathNode = {
    kind: "run",
    id: `${project.id}/${definition.id}/${tag}`,
    name: `${definition.name} ${tag === "fork" ? "for a fork" : refWords[ref.is]}`,
    projectId: project.id,
    url: definition.url,
  };
  return addPlace(graph, places, { node, ...place });
}

export function addPlace(
  graph: GuardedGraph,
  places: Places,
  { node, ...place }: Omit<RunPlace, "key" | "crossing"> & { readonly node: PathNode },
): string {
  const key = addFace(graph, node);
  if (places.byKey.has(key)) return key;
  const crossing = place.theirs === "all" ? crossingOf(place) : undefined;
  places.byKey.set(key, { ...place, key, ...(crossing === undefined ? {} : { crossing }) });
  return key;
}

export function crossingOf({ project, ref, hasSecrets }: Pick<RunPlace, "project" | "ref" | "hasSecrets">): string {
  return `code of ${project.facts.id} ${ref.name ?? ref.is} ${ref.isProtected === true} ${hasSecrets}`;
}

/** Runs that come by the same ways are one there: `alike` says which are. */
export function joinCrossing(graph: GuardedGraph, places: Places, key: string, alike: string): void {
  const crossing = places.byKey.get(key)?.crossing;
  if (crossing === undefined) return;
  const mark = `${crossing} by ${alike}`;
  if (places.joined.has(mark)) return;
  places.joined.add(mark);
  join(graph, key, crossing);
}
