/** Reads a pack's index, version 2: which objects the pack holds and where. */
import { readRegular } from "./open-regular.ts";
import { PackDamage } from "./pack-damage.ts";

export interface PackIndex extends SortedIds {
  readonly count: number;
  /** Offsets in the pack, in the order of the ids. */
  readonly offsets: Float64Array;
}

export interface SortedIds {
  /** Bytes of an id: 20, or 32 in SHA-256 repositories. */
  readonly idLength: number;
  /** The sorted ids, one after the other. */
  readonly ids: Buffer;
  /** How many ids begin with a byte up to this. */
  readonly fanOut: Uint32Array;
}

const magic = 0xff744f63;
const head = 8;
const fanOutBytes = 1024;

export async function readIndex(file: string, idLength: number): Promise<PackIndex> {
  const bytes = await readRegular(file);
  if (bytes.length < head + fanOutBytes + 2 * idLength) throw new PackDamage("the index is too short");
  if (bytes.readUInt32BE(0) !== magic || bytes.readUInt32BE(4) !== 2) throw new PackDamage("no index of version 2");
  const fanOut = new Uint32Array(256);
  let last = 0;
  for (let index = 0; index < 256; index++) {
    const value = bytes.readUInt32BE(head + index * 4);
    if (value < last) throw new PackDamage("the index is out of order");
    fanOut[index] = last = value;
  }
  const count = last;
  const idsAt = head + fanOutBytes;
  const offsetsAt = idsAt + count * (idLength + 4);
  const wideAt = offsetsAt + count * 4;
  const wideEnd = bytes.length - 2 * idLength;
  if (wideAt > wideEnd) throw new PackDamage("the index is too short");
  const offsets = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const value = bytes.readUInt32BE(offsetsAt + index * 4);
    if (value < 0x80000000) {
      offsets[index] = value;
      continue;
    }
    const at = wideAt + (value - 0x80000000) * 8;
    if (at + 8 > wideEnd) throw new PackDamage("an offset outside of the index");
    offsets[index] = bytes.readUInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
  }
  return { count, idLength, fanOut, offsets, ids: bytes.subarray(idsAt, idsAt + count * idLength) };
}

/**
 * Where an id stands in the index; -1 if nowhere. `id` is read at `at`. Ids are spread evenly, so its place is guessed: four
 * guesses do where halving takes twenty. Ids that somebody made so that guesses fail are found by halving.
 */
export function findInIndex({ ids, fanOut, idLength }: SortedIds, id: Uint8Array, at = 0): number {
  const first = id[at] ?? 0;
  const wanted = wordAt(id, at + 1);
  let low = first === 0 ? 0 : (fanOut[first - 1] ?? 0);
  let high = (fanOut[first] ?? 0) - 1;
  let least = 0;
  let most = 2 ** 32;
  for (let step = 0; low <= high; step++) {
    const guess =
      step < mostGuesses ? low + Math.floor(((high - low) * (wanted - least)) / (most - least)) : low + high;
    const middle = step < mostGuesses ? guess : guess >>> 1;
    const from = middle * idLength;
    const word = wordAt(ids, from + 1);
    const order = word === wanted ? compareIds(ids, from, id, at, idLength) : word - wanted;
    if (order === 0) return middle;
    if (order > 0) {
      high = middle - 1;
      most = word;
    } else {
      low = middle + 1;
      least = word;
    }
    if (most === least) step = mostGuesses;
  }
  return -1;
}

const mostGuesses = 8;

function wordAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! * 0x1000000 + ((bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!);
}

function compareIds(ids: Uint8Array, from: number, id: Uint8Array, at: number, idLength: number): number {
  for (let byte = 0; byte < idLength; byte++) {
    const order = ids[from + byte]! - id[at + byte]!;
    if (order !== 0) return order;
  }
  return 0;
}
