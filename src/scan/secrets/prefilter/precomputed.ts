/** What the prefilter says of a whole file, worked out by one thread and looked up by another (read-ahead-thread.ts). */
import type { Prefilter, VisitText } from "./prefilter.ts";

/** Five lists, each behind its length: runs, escapes, rare beginnings, and pairs of end and text of anchors and of providers' words. */
export type Precomputed = Int32Array;

export function precompute(prefilter: Prefilter, bytes: Buffer): Precomputed {
  const [from, to] = [0, bytes.length];
  prefilter.load(bytes, from);
  const runs = prefilter.runs(bytes, from, to);
  const range = { from, to, runs };
  const escapes = prefilter.escapes(bytes, from, to);
  const rare = prefilter.rare(bytes, range);
  const anchors = visited((visit) => prefilter.anchors(bytes, Int32Array.of(from, to), visit));
  const named = visited((visit) => prefilter.named(bytes, range, visit));
  const lists = [runs, escapes, rare, anchors, named];
  const told = new Int32Array(lists.reduce((sum, { length }) => sum + 1 + length, 0));
  let at = 0;
  for (const list of lists) {
    told[at] = list.length;
    told.set(list, at + 1);
    at += 1 + list.length;
  }
  return told;
}

function visited(search: (visit: VisitText) => void): readonly number[] {
  const pairs: number[] = [];
  search((end, text) => pairs.push(end, text) > 0);
  return pairs;
}

/** Looks up what is asked about all of `bytes`; whatever else is asked, the prefilter tells. */
export function withPrecomputed(prefilter: Prefilter, bytes: Buffer, precomputed: Precomputed): Prefilter {
  let at = 0;
  const next = () => {
    const start = at + 1;
    at = start + precomputed[at]!;
    return precomputed.subarray(start, at);
  };
  const [runs, escapes, rare, anchors, named] = [next(), next(), next(), next(), next()];
  const isWhole = (asked: Buffer, from: number, to: number) => asked === bytes && from === 0 && to === bytes.length;
  return {
    load: (asked, from) => {
      if (asked !== bytes) prefilter.load(asked, from);
    },
    runs: (asked, from, to) => (isWhole(asked, from, to) ? runs : prefilter.runs(asked, from, to)),
    escapes: (asked, from, to) => (isWhole(asked, from, to) ? escapes : prefilter.escapes(asked, from, to)),
    rare: (asked, range) => (asked === bytes && range.runs === runs ? rare : prefilter.rare(asked, range)),
    anchors: (asked, parts, visit) =>
      parts.length === 2 && isWhole(asked, parts[0]!, parts[1]!)
        ? visitPairs(anchors, visit)
        : prefilter.anchors(asked, parts, visit),
    named: (asked, range, visit) =>
      asked === bytes && range.runs === runs ? visitPairs(named, visit) : prefilter.named(asked, range, visit),
  };
}

function visitPairs(pairs: Int32Array, visit: VisitText): boolean {
  for (let at = 0; at < pairs.length; at += 2) if (!visit(pairs[at]!, pairs[at + 1]!)) return false;
  return true;
}
