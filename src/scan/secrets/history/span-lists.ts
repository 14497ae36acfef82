/** Lists of [from, to) pairs, and of pairs of such pairs, in one flat array, made short without losing what they say. */

export type SpanList = number[];

/** To make an empty list takes a quarter of a microsecond, and most are empty. */
const none = new Int32Array(0);

/** Each pair once, sorted. One that holds another stays: behind one anchor two secrets may stand, as in a list of passwords. */
export function distinctSpans(spans: readonly number[]): Int32Array {
  if (spans.length === 0) return none;
  const kept: number[] = [];
  for (const [from, to] of pairsOf(spans).sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (from !== kept.at(-2) || to !== kept.at(-1)) kept.push(from, to);
  }
  return numbersOf(kept);
}

/** Quadruples of a sight and the place it is of, sorted by place; of those with one place one, as wide as all. */
export function widestSights(sights: readonly number[]): Int32Array {
  if (sights.length === 0) return none;
  const order: number[] = [];
  for (let at = 0; at < sights.length; at += 4) order.push(at);
  const byPlace = (a: number, b: number) => sights[a + 2]! - sights[b + 2]! || sights[a + 3]! - sights[b + 3]!;
  // Mostly they come in order, and a sort asks for much before it sees that.
  if (order.some((at) => at > 0 && byPlace(at - 4, at) > 0)) order.sort(byPlace);
  const kept: number[] = [];
  for (const at of order) {
    const last = kept.length - 4;
    if (last >= 0 && kept[last + 2] === sights[at + 2] && kept[last + 3] === sights[at + 3]) {
      kept[last] = Math.min(kept[last]!, sights[at]!);
      kept[last + 1] = Math.max(kept[last + 1]!, sights[at + 1]!);
    } else kept.push(sights[at]!, sights[at + 1]!, sights[at + 2]!, sights[at + 3]!);
  }
  return numbersOf(kept);
}

/** `Int32Array.from` takes ten times as long, for it asks for an iterator. */
export function numbersOf(list: readonly number[]): Int32Array {
  if (list.length === 0) return none;
  const numbers = new Int32Array(list.length);
  for (let index = 0; index < list.length; index++) numbers[index] = list[index]!;
  return numbers;
}

export function pairsOf(spans: ArrayLike<number>): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (let index = 0; index + 1 < spans.length; index += 2) pairs.push([spans[index]!, spans[index + 1]!]);
  return pairs;
}
