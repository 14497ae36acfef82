/** What the threads of a history scan share: the packs, the work in shares, and what is said of each object. */
import type { LooseObject, ObjectStores, OpenedPack } from "#git/packs/object-stores.ts";
import type { SharedPack } from "#git/packs/walk-family.ts";

export interface HistoryWork {
  readonly packs: readonly WorkPack[];
  readonly loose: readonly LooseObject[];
  readonly looseVerdicts: Uint8Array;
  /** Triples: pack (-1 for loose objects), and the first and last (exclusive) of its roots or of the loose objects. */
  readonly shares: Int32Array;
  /** The share that is taken next. */
  readonly next: Int32Array<SharedArrayBuffer>;
  /** Score from which a finding is wanted. */
  readonly least: number | undefined;
  /** For comparison: every object whole, as if nothing were known of its base. */
  readonly whole: boolean;
}

export interface WorkPack extends SharedPack {
  readonly roots: Int32Array;
  readonly wanted: Uint8Array;
  readonly verdicts: Uint8Array;
  /** Of suspects, see `JudgedObject`. */
  readonly groups: Float64Array;
  /** The ids of all objects, in the order of the index, and where each entry's stands. */
  readonly ids: Uint8Array;
  readonly positions: Uint32Array;
}

/** What a verdict says. Nothing (0) means that nobody came to it: a thread was lost. */
export const verdicts = { clean: 1, suspect: 2, unreadable: 3, noBlob: 4 } as const;

/** Objects that one share holds at least, in bytes to inflate: enough that taking one costs nothing. */
const shareWeight = 1024 * 1024;
const looseShare = 64;

export interface WorkOptions {
  readonly least: number | undefined;
  readonly whole: boolean;
}

export function historyWork({ packs, loose, idLength }: ObjectStores, options: WorkOptions): HistoryWork {
  const shares: { readonly triple: readonly [number, number, number]; readonly weight: number }[] = [];
  for (const [index, { forest }] of packs.entries()) {
    let from = 0;
    let weight = 0;
    forest.weights.forEach((one, root) => {
      weight += one;
      if (weight < shareWeight && root < forest.weights.length - 1) return;
      shares.push({ triple: [index, from, root + 1], weight });
      from = root + 1;
      weight = 0;
    });
  }
  for (let from = 0; from < loose.length; from += looseShare) {
    shares.push({ triple: [-1, from, Math.min(loose.length, from + looseShare)], weight: shareWeight });
  }
  // Large families first, so that no thread begins one when the others end; the rest in the order of the pack.
  const isLarge = ({ weight }: { readonly weight: number }) => weight > 8 * shareWeight;
  const large = shares.filter(isLarge).sort((a, b) => b.weight - a.weight);
  const ordered = [...large, ...shares.filter((share) => !isLarge(share))];
  return {
    ...options,
    packs: packs.map((pack) => workPack(pack, idLength)),
    loose,
    looseVerdicts: sharedBytes(loose.length),
    shares: Int32Array.from(ordered.flatMap(({ triple }) => triple)),
    next: new Int32Array(new SharedArrayBuffer(4)),
  };
}

export function sharesIn({ shares }: HistoryWork): number {
  return shares.length / 3;
}

/** Those that some thread took, whether it is through with them or not. */
export function sharesTaken(work: HistoryWork): number {
  return Math.min(Atomics.load(work.next, 0), sharesIn(work));
}

function workPack({ file, held, index, entries, forest, wanted }: OpenedPack, idLength: number): WorkPack {
  const ids = sharedBytes(index.ids.length);
  ids.set(index.ids);
  return {
    file,
    held,
    idLength,
    wanted,
    ids,
    offsets: entries.offsets,
    headers: entries.headers,
    sizes: entries.sizes,
    positions: entries.ids,
    children: forest.children,
    siblings: forest.siblings,
    roots: forest.roots,
    verdicts: sharedBytes(index.count),
    groups: new Float64Array(new SharedArrayBuffer(index.count * 8)),
  };
}

function sharedBytes(length: number): Uint8Array<SharedArrayBuffer> {
  return new Uint8Array(new SharedArrayBuffer(length));
}
