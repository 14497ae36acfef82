/** The paths of one class of people, each with all small sets of settings that end it; which set is best is known when all are found. */
import type { PathCertainty, PathEdge, PathNode } from "#model/posture/attack-path.ts";
import { type Cuts, cutsOf } from "./cut-paths.ts";
import { edgesOf, type GuardedGraph, type Target, type Way } from "./guarded-graph.ts";
import { walk } from "./walk-graph.ts";

export interface DraftPath {
  readonly entry: PathNode;
  readonly target: Target;
  /** Those that are shown: crossings are left out. */
  readonly ways: readonly Way[];
  readonly edges: readonly PathEdge[];
  readonly certainty: PathCertainty;
  readonly alternatives: number;
  readonly cuts: Cuts;
}

const doubt: Readonly<Record<PathCertainty, number>> = { run: 0, authorised: 1, possible: 2 };

export function draftPaths(graph: GuardedGraph, entry: PathNode): readonly DraftPath[] {
  const { targets, faces } = graph;
  const walked = walk(graph);
  return [...targets].flatMap(([key, target]): readonly DraftPath[] => {
    const path = walked.pathTo(key);
    if (!path || path.length === 0) return [];
    const edges = edgesOf(graph, path);
    const certainty = edges.reduce<PathCertainty>(
      (weakest, edge) => (doubt[edge.certainty] > doubt[weakest] ? edge.certainty : weakest),
      "run",
    );
    return [
      {
        entry,
        target,
        ways: path.filter(({ to }) => faces.has(to)),
        edges,
        certainty,
        alternatives: walked.countPaths(key) - 1,
        cuts: cutsOf((settings) => walked.pathWithout(key, settings)),
      },
    ];
  });
}
