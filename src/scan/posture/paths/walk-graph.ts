/**
 * What a class of people reaches, and what it still reaches when settings are made. The cheapest paths are found once; for each
 * set of settings only those nodes are looked at again whose path used a way that is ended, so a thousand targets stay cheap.
 */
import type { CutSetting } from "./cut-settings.ts";
import type { GuardedGraph, Way } from "./guarded-graph.ts";
import { newHeap } from "./heap.ts";

export interface Walk {
  /** The cheapest. */
  readonly pathTo: (target: string) => readonly Way[] | undefined;
  /** Some path that is left when these settings are made; undefined: there is none. */
  readonly pathWithout: (target: string, settings: readonly CutSetting[]) => readonly Way[] | undefined;
  /** Paths that come to no node twice; at most a hundred are counted. */
  readonly countPaths: (target: string) => number;
}

type Ways = ReadonlyMap<string, readonly Way[]>;

/** The last way of the cheapest path to each node. */
type Tree = ReadonlyMap<string, Way>;

interface Index {
  readonly start: string;
  readonly ways: Ways;
  readonly tree: Tree;
  /** Ways by where they lead. */
  readonly back: Ways;
  readonly branches: Ways;
  readonly branchesOf: ReadonlyMap<CutSetting, readonly Way[]>;
}

export function walk({ ways, start }: GuardedGraph): Walk {
  const tree = growTree(ways, start);
  const branchesOf = new Map<CutSetting, Way[]>();
  for (const way of tree.values()) for (const setting of way.endedBy) push(branchesOf, setting, way);
  const index: Index = {
    start,
    ways,
    tree,
    back: backOf(ways, tree, start),
    branches: grouped(tree.values()),
    branchesOf,
  };
  const alone = new Map<CutSetting, Left>();
  const left = (settings: readonly CutSetting[]): Left => {
    const [only, ...more] = settings;
    const known = only && more.length === 0 ? alone.get(only) : undefined;
    if (known) return known;
    const made = leftWithout(index, settings);
    if (only && more.length === 0) alone.set(only, made);
    return made;
  };
  return {
    pathTo: (target) => trace(start, target, (node) => tree.get(node)),
    pathWithout(target, settings) {
      const { affected, instead } = left(settings);
      return trace(start, target, (node) => instead.get(node) ?? (affected.has(node) ? undefined : tree.get(node)));
    },
    countPaths: (target) => countPaths(index, target),
  };
}

function trace(start: string, target: string, by: (node: string) => Way | undefined): readonly Way[] | undefined {
  const path: Way[] = [];
  for (let node = target; node !== start; ) {
    const way = by(node);
    if (!way) return undefined;
    path.push(way);
    node = way.from;
  }
  return path.reverse();
}

/** Distances are settled in their order. */
function growTree(ways: Ways, start: string): Tree {
  const distance = new Map([[start, 0]]);
  const tree = new Map<string, Way>();
  const settled = new Set<string>();
  const heap = newHeap();
  heap.push(0, start);
  for (let node = heap.pop(); node !== undefined; node = heap.pop()) {
    if (settled.has(node)) continue;
    settled.add(node);
    const so = distance.get(node) ?? 0;
    for (const way of ways.get(node) ?? []) {
      const far = so + way.cost;
      if (far >= (distance.get(way.to) ?? Number.POSITIVE_INFINITY)) continue;
      distance.set(way.to, far);
      tree.set(way.to, way);
      heap.push(far, way.to);
    }
  }
  return tree;
}

/** Of ways that can be walked only. */
function backOf(ways: Ways, tree: Tree, start: string): Ways {
  const back = new Map<string, Way[]>();
  for (const [from, list] of ways) {
    if (from === start || tree.has(from)) for (const way of list) push(back, way.to, way);
  }
  return back;
}

function grouped(all: Iterable<Way>): Ways {
  const groups = new Map<string, Way[]>();
  for (const way of all) push(groups, way.from, way);
  return groups;
}

function push<Key>(groups: Map<Key, Way[]>, key: Key, way: Way): void {
  const list = groups.get(key);
  if (list) list.push(way);
  else groups.set(key, [way]);
}

interface Left {
  /** Nodes whose cheapest path is no more. */
  readonly affected: ReadonlySet<string>;
  /** Of those that can still be reached: by what. */
  readonly instead: Tree;
}

function leftWithout({ ways, back, branches, branchesOf }: Index, settings: readonly CutSetting[]): Left {
  const affected = new Set<string>();
  for (const setting of settings) for (const { to } of branchesOf.get(setting) ?? []) affected.add(to);
  for (const node of affected) for (const { to } of branches.get(node) ?? []) affected.add(to);
  const isEnded = ({ endedBy }: Way): boolean => settings.some((setting) => endedBy.includes(setting));
  const instead = new Map<string, Way>();
  for (const node of affected) {
    const way = back.get(node)?.find((one) => !affected.has(one.from) && !isEnded(one));
    if (way) instead.set(node, way);
  }
  // A map is walked with what is added meanwhile.
  for (const node of instead.keys()) {
    for (const way of ways.get(node) ?? []) {
      if (affected.has(way.to) && !instead.has(way.to) && !isEnded(way)) instead.set(way.to, way);
    }
  }
  return { affected, instead };
}

const mostPaths = 100;
const mostSteps = 400;
const deepest = 20;

/** Backwards: from every node that is reached some way leads on to the start. */
function countPaths({ back, start }: Index, target: string): number {
  let found = 0;
  let steps = 0;
  const passed = new Set<string>();
  const step = (node: string): void => {
    if (node === start) {
      found++;
      return;
    }
    passed.add(node);
    for (const { from } of back.get(node) ?? []) {
      if (found >= mostPaths || ++steps > mostSteps || passed.size > deepest) break;
      if (!passed.has(from)) step(from);
    }
    passed.delete(node);
  };
  step(target);
  return Math.max(1, found);
}
