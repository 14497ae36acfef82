/** Gives suspects their paths and first commits, and counts what commits name and the repository lacks. */
import type { ObjectStores } from "#git/packs/object-stores.ts";
import { type CommitChanges, keyOf } from "#git/packs/read-changes.ts";
import type { Place, Suspect } from "./kept-history.ts";

/** A blob at more paths than this (a licence, an empty file) is no secret of one place. */
const mostPlaces = 1000;

/** Changes come the newest first, so the last one met is the oldest. Places that were known are older still. */
export function placeSuspects(suspects: readonly Suspect[], changes: CommitChanges): void {
  const byKey = new Map<number, Suspect[]>();
  for (const suspect of suspects) {
    const key = keyOf(suspect.id);
    const same = byKey.get(key);
    if (same) same.push(suspect);
    else byKey.set(key, [suspect]);
  }
  const fresh = new Map<Suspect, Map<string, Omit<Place, "path">>>();
  for (let change = 0; change < changes.count; change++) {
    for (const suspect of byKey.get(changes.keyAt(change)) ?? []) {
      const places = fresh.get(suspect) ?? new Map<string, Omit<Place, "path">>();
      fresh.set(suspect, places.set(changes.pathAt(change), changes.commitAt(change)));
    }
  }
  for (const [suspect, places] of fresh) {
    const known = new Set(suspect.places.map(({ path }) => path));
    for (const [path, first] of places) {
      if (!known.has(path) && suspect.places.length < mostPlaces) suspect.places.push({ path, ...first });
    }
  }
}

/** How many blobs the changes name that lie nowhere, nor did when they were judged. */
export function countMissing(
  { packs, loose, left, idLength }: ObjectStores,
  known: Buffer,
  changes: CommitChanges,
): number {
  if (changes.count === 0) return 0;
  const named = new Float64Array(changes.count);
  for (let change = 0; change < changes.count; change++) named[change] = changes.keyAt(change);
  named.sort();
  const present = [
    ...[...packs.map(({ index }) => index.ids), known].map((ids) => keysIn(ids, idLength)),
    Float64Array.from([...loose.map(({ id }) => id), ...left], keyOf).sort(),
  ];
  let missing = 0;
  const next = present.map(() => 0);
  let last = -1;
  for (const key of named) {
    if (key === last) continue;
    last = key;
    let isThere = false;
    present.forEach((keys, list) => {
      let at = next[list]!;
      while (at < keys.length && keys[at]! < key) at++;
      next[list] = at;
      isThere ||= keys[at] === key;
    });
    if (!isThere) missing++;
  }
  return missing;
}

/** As `keyOf`, of the bytes of sorted ids. */
function keysIn(ids: Buffer, idLength: number): Float64Array {
  const keys = new Float64Array(ids.length / idLength);
  for (let index = 0; index < keys.length; index++) {
    const at = index * idLength;
    keys[index] = ids.readUIntBE(at, 6) * 16 + (ids[at + 6]! >> 4);
  }
  return keys;
}
