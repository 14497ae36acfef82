/** Searches in a graph of guarded ways: the cheapest path, all that leads to a target, and how many paths there are. */
import type { CutSetting } from "./cut-settings.ts";
import type { GuardedGraph, Way } from "./guarded-graph.ts";

type Ways = ReadonlyMap<string, readonly Way[]>;

/** What remains of the ways when these settings are made. */
export type Without = ReadonlySet<CutSetting>;

const nothing: Without = new Set();

export interface Reached {
  /** The last way of the cheapest path to each node. */
  readonly by: ReadonlyMap<string, Way>;
}

/** Cheapest ways to everything: distances are settled in their order. */
export function reach(ways: Ways, start: string, without: Without = nothing, target?: string): Reached {
  const distance = new Map([[start, 0]]);
  const by = new Map<string, Way>();
  const settled = new Set<string>();
  const heap = newHeap();
  heap.push(0, start);
  for (let node = heap.pop(); node !== undefined && node !== target; node = heap.pop()) {
    if (settled.has(node)) continue;
    settled.add(node);
    const so = distance.get(node) ?? 0;
    for (const way of ways.get(node) ?? []) {
      if (isEnded(way, without)) continue;
      const far = so + way.cost;
      if (far >= (distance.get(way.to) ?? Number.POSITIVE_INFINITY)) continue;
      distance.set(way.to, far);
      by.set(way.to, way);
      heap.push(far, way.to);
    }
  }
  return { by };
}

/** Undefined: there is none. */
export function pathTo({ by }: Reached, start: string, target: string): readonly Way[] | undefined {
  const path: Way[] = [];
  for (let node = target; node !== start; ) {
    const way = by.get(node);
    if (!way) return undefined;
    path.push(way);
    node = way.from;
  }
  return path.reverse();
}

export function cheapestPath(ways: Ways, start: string, target: string, without: Without): readonly Way[] | undefined {
  return pathTo(reach(ways, start, without, target), start, target);
}

function isEnded({ endedBy }: Way, without: Without): boolean {
  if (without.size === 0) return false;
  for (const setting of endedBy) if (without.has(setting)) return true;
  return false;
}

/** Ways by where they lead, of those that can be reached: what `leadingTo` asks for each target. */
export function backwards({ ways, start }: GuardedGraph, { by }: Reached): Ways {
  const back = new Map<string, Way[]>();
  for (const [from, list] of ways) {
    if (from !== start && !by.has(from)) continue;
    for (const way of list) {
      const known = back.get(way.to);
      if (known) known.push(way);
      else back.set(way.to, [way]);
    }
  }
  return back;
}

/** Only those ways by which the target can be reached. */
export function leadingTo(back: Ways, target: string): Ways {
  const forward = new Map<string, Way[]>();
  const seen = new Set([target]);
  for (const node of seen) {
    for (const way of back.get(node) ?? []) {
      seen.add(way.from);
      const list = forward.get(way.from);
      if (list) list.push(way);
      else forward.set(way.from, [way]);
    }
  }
  return forward;
}

const mostPaths = 100;
const mostSteps = 3000;

/** Paths that come to no node twice; at most a hundred are counted. */
export function countPaths(ways: Ways, start: string, target: string): number {
  let found = 0;
  let steps = 0;
  const passed = new Set<string>();
  const walk = (node: string): void => {
    if (node === target) {
      found++;
      return;
    }
    passed.add(node);
    for (const { to } of ways.get(node) ?? []) {
      if (found >= mostPaths || ++steps > mostSteps || passed.size > 20) break;
      if (!passed.has(to)) walk(to);
    }
    passed.delete(node);
  };
  walk(start);
  return found;
}

/** Smallest first; the first pushed of equals first. */
function newHeap() {
  const list: { readonly far: number; readonly at: number; readonly node: string }[] = [];
  let count = 0;
  const isBefore = (a: number, b: number): boolean => {
    const [one, other] = [list[a], list[b]];
    if (!one || !other) return false;
    return one.far < other.far || (one.far === other.far && one.at < other.at);
  };
  const swap = (a: number, b: number): void => {
    const [one, other] = [list[a], list[b]];
    if (one && other) [list[a], list[b]] = [other, one];
  };
  return {
    push(far: number, node: string): void {
      list.push({ far, at: count++, node });
      for (let child = list.length - 1; child > 0; ) {
        const parent = (child - 1) >> 1;
        if (!isBefore(child, parent)) break;
        swap(child, parent);
        child = parent;
      }
    },
    pop(): string | undefined {
      const [first] = list;
      const last = list.pop();
      if (!first || !last || list.length === 0) return first?.node;
      list[0] = last;
      for (let parent = 0; ; ) {
        const left = 2 * parent + 1;
        const child = isBefore(left + 1, left) ? left + 1 : left;
        if (!isBefore(child, parent)) break;
        swap(child, parent);
        parent = child;
      }
      return first.node;
    },
  };
}
