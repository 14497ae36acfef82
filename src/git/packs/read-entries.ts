/** Reads the headers of all entries of a pack: of what type each is, and which other one a delta builds on. */
import type { ByteRanges } from "./byte-ranges.ts";
import { objectTypes } from "./object-types.ts";
import { orderOfOffsets } from "./order-of-offsets.ts";
import { PackDamage } from "./pack-damage.ts";
import { findInIndex, type PackIndex } from "./read-index.ts";
import { wholeSize } from "./whole-size.ts";

/** In the order of their offsets; in shared memory what threads need. */
export interface PackEntries {
  /** Where each begins; one more says where the last ends. */
  readonly offsets: Float64Array;
  /** Where its compressed bytes begin, counted from its own beginning; 0 if the header cannot be read. */
  readonly headers: Uint8Array;
  /** Of what inflating gives: the object, or the delta (`wholeSize`). */
  readonly sizes: Int32Array;
  /** `objectTypes`; 0 if the header cannot be read. */
  readonly types: Uint8Array;
  /** The entry that a delta builds on; -1 of whole objects, and where it is not in this pack. */
  readonly parents: Int32Array;
  /** Position of its id in the index. */
  readonly ids: Uint32Array;
}

/** Type and size take up to 10 bytes, a distance 9, an id 32. */
const longestHeader = 52;

export function readEntries(ranges: ByteRanges, index: PackIndex): PackEntries {
  const { count, idLength } = index;
  const ids = new Uint32Array(new SharedArrayBuffer(count * 4));
  ids.set(orderOfOffsets(index.offsets));
  const offsets = new Float64Array(new SharedArrayBuffer((count + 1) * 8));
  for (let entry = 0; entry < count; entry++) offsets[entry] = index.offsets[ids[entry]!]!;
  offsets[count] = ranges.size - idLength;
  const entries: PackEntries = {
    offsets,
    ids,
    headers: new Uint8Array(new SharedArrayBuffer(count)),
    sizes: new Int32Array(new SharedArrayBuffer(count * 4)),
    types: new Uint8Array(count),
    parents: new Int32Array(count).fill(-1),
  };
  const byId: [entry: number, position: number][] = [];
  for (let entry = 0; entry < count; entry++) readHeader(ranges, index, entries, entry, byId);
  if (byId.length > 0) {
    const entryOf = new Uint32Array(count);
    for (let entry = 0; entry < count; entry++) entryOf[ids[entry]!] = entry;
    for (const [entry, position] of byId) entries.parents[entry] = entryOf[position]!;
  }
  return entries;
}

export function checkPackHead(ranges: ByteRanges, count: number): void {
  const at = ranges.seek(0, 12);
  const bytes = ranges.bytes();
  const version = bytes.readUInt32BE(at + 4);
  if (bytes.toString("latin1", at, at + 4) !== "PACK" || (version !== 2 && version !== 3)) {
    throw new PackDamage("no pack of a known version");
  }
  if (bytes.readUInt32BE(at + 8) !== count) throw new PackDamage("index and pack differ in their number of objects");
}

function readHeader(
  ranges: ByteRanges,
  index: PackIndex,
  entries: PackEntries,
  entry: number,
  byId: [entry: number, position: number][],
): void {
  const from = entries.offsets[entry]!;
  const length = Math.min(longestHeader, entries.offsets[entry + 1]! - from);
  // Two objects at one place, or one outside of the file: left for git to tell.
  if (length < 2 || from < 12 || from + length > ranges.size) return;
  const start = ranges.seek(from, length);
  const bytes = ranges.bytes();
  const end = start + length;
  let at = start;
  let byte = bytes[at++]!;
  const type = (byte >> 4) & 7;
  let size = byte & 15;
  for (let factor = 16; byte >= 128; factor *= 128) {
    if (at >= end || factor > 2 ** 46) return;
    byte = bytes[at++]!;
    size += (byte & 127) * factor;
  }
  if (type === objectTypes.OBJ_OFS_DELTA) {
    byte = bytes[at++]!;
    let distance = byte & 127;
    while (byte >= 128) {
      if (at >= end || distance > 2 ** 45) return;
      byte = bytes[at++]!;
      distance = (distance + 1) * 128 + (byte & 127);
    }
    entries.parents[entry] = entryAt(entries.offsets, entry, from - distance);
  } else if (type === objectTypes.OBJ_REF_DELTA) {
    if (at + index.idLength > end) return;
    const position = findInIndex(index, bytes, at);
    at += index.idLength;
    if (position >= 0) byId.push([entry, position]);
  }
  // A pack that was cut may end within a header.
  if (at >= end) return;
  entries.types[entry] = type;
  entries.sizes[entry] = wholeSize(size);
  entries.headers[entry] = at - start;
}

/** The entry before `entry` that begins at `offset`, sought from near to far; -1 if none does. */
function entryAt(offsets: Float64Array, entry: number, offset: number): number {
  let high = entry - 1;
  let step = 1;
  let low = Math.max(0, high);
  while (low > 0 && offsets[low]! > offset) {
    high = low;
    low = Math.max(0, low - step);
    step *= 2;
  }
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = offsets[middle]!;
    if (value === offset) return middle;
    if (value < offset) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
