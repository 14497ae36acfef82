/**
 * Finds maximal runs of exactly `length` characters of a class that start in [from, to), looking at few bytes: a run of
 * that length covers at least one multiple of the length, so only those places are tested.
 */
export function findRuns(
  bytes: Uint8Array,
  table: Uint8Array,
  length: number,
  { from, to }: { readonly from: number; readonly to: number },
  found: (start: number) => void,
): void {
  const end = bytes.length;
  const half = length >> 1;
  const last = Math.min(end, to + length);
  for (let probe = from + length - 1 - ((from + length - 1) % length); probe < last; probe += length) {
    if (table[bytes[probe]!] === 0) continue;
    // A run that covers the probe also covers one of the places half a length away.
    const left = probe >= half && table[bytes[probe - half]!] === 1;
    if (!left && (probe + half >= end || table[bytes[probe + half]!] === 0)) continue;
    let start = probe;
    const leftmost = probe - length;
    while (start > 0 && start > leftmost && table[bytes[start - 1]!] === 1) start--;
    let stop = probe + 1;
    const rightmost = start + length + 1;
    while (stop < end && stop < rightmost && table[bytes[stop]!] === 1) stop++;
    if (stop - start === length) found(start);
  }
}
