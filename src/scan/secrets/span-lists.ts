/** Lists of [from, to) pairs in one flat array, made short without losing what they say. */

export type SpanList = number[];

/** Without the pairs that hold another one: whoever has the inner one needs no outer one. Sorted. */
export function innermost(spans: readonly number[]): Int32Array {
  const kept: number[] = [];
  // By end, and of equal ends the latest start first: a pair holds an earlier one if it starts no later than that.
  let latest = -1;
  for (const [from, to] of pairsOf(spans).sort((a, b) => a[1] - b[1] || b[0] - a[0])) {
    if (from <= latest) continue;
    latest = from;
    kept.push(from, to);
  }
  return Int32Array.from(kept);
}

/** Without the pairs that lie in another one. Sorted. */
export function outermost(spans: readonly number[]): Int32Array {
  const kept: number[] = [];
  let furthest = -1;
  for (const [from, to] of pairsOf(spans).sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (to <= furthest) continue;
    furthest = to;
    kept.push(from, to);
  }
  return Int32Array.from(kept);
}

function pairsOf(spans: readonly number[]): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (let index = 0; index + 1 < spans.length; index += 2) pairs.push([spans[index]!, spans[index + 1]!]);
  return pairs;
}
