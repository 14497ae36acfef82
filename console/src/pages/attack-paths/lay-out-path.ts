/** Where the things of an attack path stand in its drawing: one row for each, from who starts to what is reached, in lanes by kind. */
import type { AttackPathDetail, PathNodeRow } from "#api/attack-paths/contract.ts";
import type { PathNodeKind } from "#model/posture/attack-path.ts";

export const nodeHeight = 58;
const between = 74;
const widest = 250;
/** Below it all things stand one below the other. */
const narrow = 560;

/** People and code, what runs, what it may use, what that opens. */
const lanes: Readonly<Record<PathNodeKind, 0 | 1 | 2 | 3>> = {
  identity: 0,
  repository: 0,
  branch: 0,
  file: 0,
  template: 0,
  pipeline: 1,
  run: 1,
  pool: 2,
  connection: 2,
  "variable-group": 2,
  "secure-file": 2,
  environment: 2,
  feed: 2,
  cloud: 3,
  project: 3,
  organization: 3,
};

export interface PlacedNode {
  readonly node: PathNodeRow;
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  /** For `d` of a path. */
  readonly line: string;
  /** The middle of the line. */
  readonly x: number;
  readonly y: number;
}

export interface PathDrawing {
  readonly nodeWidth: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  /** In the order of the path's edges. */
  readonly edges: readonly PlacedEdge[];
}

const keyOf = ({ kind, id }: PathNodeRow) => `${kind} ${id}`;

export function layOutPath(edges: AttackPathDetail["edges"], width: number): PathDrawing {
  const nodes = new Map<string, PathNodeRow>();
  for (const { from, to } of edges) nodes.set(keyOf(from), from).set(keyOf(to), to);
  const used = [...new Set([...nodes.values()].map(({ kind }) => lanes[kind]))].sort((a, b) => a - b);
  const isNarrow = width < narrow;
  const nodeWidth = isNarrow ? width : Math.min(widest, width * 0.42);
  const room = isNarrow || used.length < 2 ? 0 : (width - nodeWidth) / (used.length - 1);
  const placed = new Map(
    [...nodes].map(([key, node], row) => [
      key,
      { node, x: used.indexOf(lanes[node.kind]) * room, y: row * (nodeHeight + between) },
    ]),
  );
  return {
    nodeWidth,
    height: Math.max(0, nodes.size * (nodeHeight + between) - between),
    nodes: [...placed.values()],
    edges: edges.map(({ from, to }) => {
      const [one, other] = [placed.get(keyOf(from)), placed.get(keyOf(to))];
      const [a, b] = [one ?? { x: 0, y: 0 }, other ?? { x: 0, y: 0 }];
      const [x1, y1] = [a.x + nodeWidth / 2, a.y + nodeHeight];
      const [x2, y2] = [b.x + nodeWidth / 2, b.y - 2];
      const bend = between * 0.62;
      return {
        line: `M ${x1} ${y1} C ${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`,
        ...{ x: (x1 + x2) / 2, y: (y1 + y2) / 2 },
      };
    }),
  };
}
