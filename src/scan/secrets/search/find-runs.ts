/**
 * Finds maximal runs of at least so many characters of a class, looking at few bytes: from the place where a run would
 * have to end back to the last byte that is none, which is where the next one may begin. Nothing is looked at twice.
 */
export interface RunLength {
  readonly least: number;
  /** A run that began further than this before the range is passed over; longer ones inside it are not. */
  readonly most: number;
}

/** Calls `found` for the runs that touch [from, to). */
export function findRuns(
  bytes: Uint8Array,
  table: Uint8Array,
  { least, most }: RunLength,
  { from, to }: { readonly from: number; readonly to: number },
  found: (start: number, end: number) => void,
): void {
  const size = bytes.length;
  let start = Math.min(from, size);
  const earliest = Math.max(0, start - most);
  while (start > earliest && table[bytes[start - 1]!] === 1) start--;
  if (start > 0 && table[bytes[start - 1]!] === 1) start = runEnd(bytes, table, start) + 1;
  runsFrom(bytes, table, least, { from: start, to, limit: size }, found);
}

/** Calls `found` for the runs that begin in [from, to), as far as the limit lets see them. */
function runsFrom(
  bytes: Uint8Array,
  table: Uint8Array,
  least: number,
  { from, to, limit }: { readonly from: number; readonly to: number; readonly limit: number },
  found: (start: number, end: number) => void,
): void {
  let start = from;
  // [start, known) is of the class.
  let known = start;
  while (start < to) {
    const last = start + least - 1;
    if (last >= limit) return;
    let at = last;
    while (at >= known && table[bytes[at]!] === 1) at--;
    if (at >= known) {
      start = at + 1;
      known = last + 1;
      continue;
    }
    const end = runEnd(bytes, table, last + 1, limit);
    found(start, end);
    start = end + 1;
    known = start;
  }
}

function runEnd(bytes: Uint8Array, table: Uint8Array, from: number, limit = bytes.length): number {
  let end = from;
  while (end < limit && table[bytes[end]!] === 1) end++;
  return end;
}
