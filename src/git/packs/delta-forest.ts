/**
 * The trees that deltas form on the blobs of a pack: who builds on whom, in an order in which little must be kept at once.
 * What hangs on nothing readable (a base in no pack, a loop, a damaged header) is in no tree.
 */
import { isDelta, objectTypes } from "./object-types.ts";
import type { PackEntries } from "./read-entries.ts";

/** Plain arrays in shared memory, so that every thread sees them. */
export interface DeltaForest {
  /** First of the entries that build on an entry; -1 if none does. Only what leads to a wanted entry is linked. */
  readonly children: Int32Array<SharedArrayBuffer>;
  /** The next entry on the same base; -1 after the last, which is the one that most hangs on. */
  readonly siblings: Int32Array<SharedArrayBuffer>;
  /** Blobs that are built on nothing, in the order of the pack, as far as something wanted hangs on them. */
  readonly roots: Int32Array<SharedArrayBuffer>;
  /** Bytes to inflate for each of the roots and all that hangs on it. */
  readonly weights: Float64Array;
  /** 1 for blobs, however they are stored. */
  readonly blobs: Uint8Array;
}

/** What opening, checking and judging one object costs, in bytes. */
const fixedWeight = 2000;

export function deltaForest({ types, parents, sizes }: PackEntries, isWanted: (entry: number) => boolean): DeltaForest {
  const count = types.length;
  const children = sharedInts(count);
  const siblings = sharedInts(count);
  const blobs = new Uint8Array(count);
  for (let entry = count - 1; entry >= 0; entry--) link(children, siblings, parents[entry]!, entry);
  const order: number[] = [];
  for (let entry = 0; entry < count; entry++) if (types[entry] === objectTypes.OBJ_BLOB) order.push(entry);
  const rootCount = order.length;
  for (let index = 0; index < order.length; index++) {
    const entry = order[index]!;
    blobs[entry] = 1;
    for (let child = children[entry]!; child >= 0; child = siblings[child]!) {
      if (isDelta(types[child]!)) order.push(child);
    }
  }
  const weights = new Float64Array(count);
  const needed = new Uint8Array(count);
  children.fill(-1);
  siblings.fill(-1);
  // From the leaves: all that hangs on an entry is known when its turn comes.
  for (let index = order.length - 1; index >= 0; index--) {
    const entry = order[index]!;
    if (isWanted(entry)) needed[entry] = 1;
    if (needed[entry] === 0) continue;
    weights[entry] = weights[entry]! + sizes[entry]! + fixedWeight;
    heaviestLast(children, siblings, weights, entry);
    if (index < rootCount) continue;
    const parent = parents[entry]!;
    needed[parent] = 1;
    weights[parent] = weights[parent]! + weights[entry]!;
    link(children, siblings, parent, entry);
  }
  const rootEntries = order.slice(0, rootCount).filter((entry) => needed[entry] === 1);
  const roots = sharedInts(rootEntries.length);
  roots.set(rootEntries);
  return { children, siblings, roots, weights: Float64Array.from(rootEntries, (entry) => weights[entry]!), blobs };
}

function sharedInts(length: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(length * 4)).fill(-1);
}

function link(children: Int32Array, siblings: Int32Array, parent: number, entry: number): void {
  if (parent < 0) return;
  siblings[entry] = children[parent]!;
  children[parent] = entry;
}

/** A base is let go when its last child is built: with the heaviest last, no more is kept than the depth of a balanced tree. */
function heaviestLast(children: Int32Array, siblings: Int32Array, weights: Float64Array, entry: number): void {
  const first = children[entry]!;
  if (first < 0 || siblings[first]! < 0) return;
  let heaviest = first;
  let before = -1;
  let last = first;
  for (let previous = first, at = siblings[first]!; at >= 0; previous = at, at = siblings[at]!) {
    if (weights[at]! > weights[heaviest]!) {
      heaviest = at;
      before = previous;
    }
    last = at;
  }
  if (heaviest === last) return;
  if (before < 0) children[entry] = siblings[heaviest]!;
  else siblings[before] = siblings[heaviest]!;
  siblings[last] = heaviest;
  siblings[heaviest] = -1;
}
