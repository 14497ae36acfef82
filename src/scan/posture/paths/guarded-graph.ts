/**
 * Ways from who somebody is to what matters, for one class of people. A way is there only if its guards hold none of them up;
 * each names the settings that would end it. A node without a face is a crossing: it joins ways and is not shown.
 */
import type { PathCertainty, PathEdge, PathEdgeKind, PathNode } from "#model/posture/attack-path.ts";
import type { Evidence } from "#model/posture/posture-result.ts";
import type { CutSetting } from "./cut-settings.ts";

export interface Way {
  readonly from: string;
  readonly to: string;
  readonly edge: Omit<PathEdge, "from" | "to">;
  readonly endedBy: readonly CutSetting[];
  readonly cost: number;
}

/** Something worth having. */
export interface Target {
  readonly node: PathNode;
  readonly severity: "critical" | "high" | "medium" | "low";
}

export interface GuardedGraph {
  readonly start: string;
  readonly ways: Map<string, Way[]>;
  readonly faces: Map<string, PathNode>;
  readonly targets: Map<string, Target>;
}

export interface WayWords {
  readonly is: PathEdgeKind;
  readonly says: string;
  readonly guards?: readonly string[];
  readonly certainty: PathCertainty;
  readonly evidence: readonly Evidence[];
  readonly endedBy?: readonly CutSetting[];
  /** Takes second place among ways of the same length. */
  readonly isRoundabout?: boolean;
}

const step = 100;
const doubt: Readonly<Record<PathCertainty, number>> = { run: 0, authorised: 1, possible: 12 };

export function newGraph(entry: PathNode): GuardedGraph {
  const start = keyOf(entry);
  return { start, ways: new Map(), faces: new Map([[start, entry]]), targets: new Map() };
}

/** The same thing has the same key in all graphs. */
export function keyOf({ kind, id }: Pick<PathNode, "kind" | "id">): string {
  return `${kind} ${id.toLowerCase()}`;
}

export function addFace(graph: GuardedGraph, node: PathNode, key = keyOf(node)): string {
  if (!graph.faces.has(key)) graph.faces.set(key, node);
  return key;
}

export function addTarget(graph: GuardedGraph, target: Target): string {
  const key = addFace(graph, target.node);
  const known = graph.targets.get(key);
  if (!known || order.indexOf(target.severity) < order.indexOf(known.severity)) graph.targets.set(key, target);
  return key;
}

const order = ["critical", "high", "medium", "low"];

export function addWay(graph: GuardedGraph, from: string, to: string, words: WayWords): void {
  const { is, says, guards = [], certainty, evidence, endedBy = [], isRoundabout = false } = words;
  const cost = step + doubt[certainty] + (isRoundabout ? 4 : 0);
  push(graph, {
    from,
    to,
    edge: { is, says: sentence(says), guards: guards.map(sentence), certainty, evidence },
    endedBy,
    cost,
  });
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A step that nobody takes: into a crossing. */
export function join(graph: GuardedGraph, from: string, crossing: string): void {
  const edge = { is: "starts", says: "", guards: [], certainty: "run", evidence: [] } as const;
  push(graph, { from, to: crossing, edge, endedBy: [], cost: 0 });
}

function push({ ways }: GuardedGraph, way: Way): void {
  const list = ways.get(way.from);
  if (list) list.push(way);
  else ways.set(way.from, [way]);
}

/** As people see it: crossings are passed without a word. */
export function edgesOf({ faces }: GuardedGraph, path: readonly Way[]): readonly PathEdge[] {
  const edges: PathEdge[] = [];
  let from = faces.get(path[0]?.from ?? "");
  for (const { edge, to: key } of path) {
    const to = faces.get(key);
    if (!from || !to) continue;
    edges.push({ ...edge, from, to });
    from = to;
  }
  return edges;
}
