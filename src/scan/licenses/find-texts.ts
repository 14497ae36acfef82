/**
 * Finds whole licence texts among words, also several in one file and changed ones. The text that explains most of the
 * words is taken first, its words are taken away, and what is left is looked at again.
 */
import type { LicenseTexts } from "./license-texts.ts";
import { gramsOf } from "./license-words.ts";

export interface FoundText {
  /** Number of the text in the index. */
  readonly text: number;
  /** How much both have of each other, 0 to 1: the harmonic mean of what is there of the text and of what is the text's. */
  readonly likeness: number;
  /** Positions of words, from the first to before the last. */
  readonly start: number;
  readonly end: number;
}

/** Below, it is another text. Short texts have to be closer: their words are everybody's. */
const leastLikeness = 0.8;
const leastShortLikeness = 0.9;
const shortText = 40;
const leastGrams = 8;
const mostCandidates = 60;
const mostFound = 50;

/** Where two texts fit alike, the one that is meant is nearly always the common one: what differs is a name within. */
const common: ReadonlySet<string> = new Set(
  "MIT BSD-2-Clause BSD-3-Clause Apache-2.0 ISC Zlib BSL-1.0 MPL-2.0 Unlicense NCSA PostgreSQL OFL-1.1 CC0-1.0 X11 HPND-sell-variant".split(
    " ",
  ),
);
const favour = 1.03;

interface Candidate {
  readonly text: number;
  readonly size: number;
  /** Positions of the grams that the text has, in order. */
  positions: number[];
}

export function findTexts(words: readonly string[], texts: LicenseTexts): readonly FoundText[] {
  const grams = gramsOf(words);
  const found: FoundText[] = [];
  let open = candidatesOf(grams, texts);
  while (open.length > 0 && found.length < mostFound) {
    const best = bestOf(open, grams, texts);
    if (best === undefined) break;
    found.push({ ...best, end: best.end + 2 });
    for (const candidate of open) {
      candidate.positions = candidate.positions.filter((at) => at < best.start || at >= best.end);
    }
    open = open.filter(({ positions, size }) => positions.length >= size * leastShare);
  }
  return found.toSorted((a, b) => a.start - b.start);
}

const leastShare = 0.6;

function candidatesOf(grams: Uint32Array, texts: LicenseTexts): readonly Candidate[] {
  const counts = new Uint32Array(texts.ids.length);
  const seen = new Set<number>();
  for (const gram of grams) {
    if (seen.has(gram)) continue;
    seen.add(gram);
    for (const text of texts.holdersOf(gram) ?? []) counts[text] = (counts[text] as number) + 1;
  }
  const shareOf = (text: number) => (counts[text] as number) / Math.max(1, texts.sizes[text] as number);
  const likely = [...counts.keys()]
    .filter((text) => (texts.sizes[text] as number) >= leastGrams && shareOf(text) >= leastShare)
    // Of equal shares the larger text is the rarer one.
    .toSorted((a, b) => shareOf(b) * Math.log(counts[b] as number) - shareOf(a) * Math.log(counts[a] as number))
    .slice(0, mostCandidates);
  const candidates = new Map<number, Candidate>(
    likely.map((text) => [text, { text, size: texts.sizes[text] as number, positions: [] }]),
  );
  for (const [at, gram] of grams.entries()) {
    for (const text of texts.holdersOf(gram) ?? []) candidates.get(text)?.positions.push(at);
  }
  return [...candidates.values()];
}

interface Placed extends FoundText {
  readonly gain: number;
}

function bestOf(candidates: readonly Candidate[], grams: Uint32Array, texts: LicenseTexts): FoundText | undefined {
  let best: Placed | undefined;
  for (const candidate of candidates) {
    const placed = place(candidate, grams, texts.ids[candidate.text]?.some((id) => common.has(id)) ?? false);
    const least = candidate.size < shortText ? leastShortLikeness : leastLikeness;
    if (placed && placed.likeness >= least && (best === undefined || placed.gain > best.gain)) best = placed;
  }
  return best && { text: best.text, likeness: best.likeness, start: best.start, end: best.end };
}

/** Where most of the text stands together, and how well. */
function place({ text, size, positions }: Candidate, grams: Uint32Array, isCommon: boolean): Placed | undefined {
  const reach = Math.ceil(size * 1.3) + 40;
  let from = 0;
  let bestFrom = 0;
  let bestTo = 0;
  for (let to = 0; to < positions.length; to++) {
    while ((positions[to] as number) - (positions[from] as number) >= reach) from++;
    if (to + 1 - from > bestTo - bestFrom) [bestFrom, bestTo] = [from, to + 1];
  }
  const [first, last] = trimmed(positions, bestFrom, bestTo);
  const start = positions[first];
  const end = positions[last - 1];
  if (start === undefined || end === undefined) return undefined;
  const different = new Set<number>();
  for (let at = first; at < last; at++) different.add(grams[positions[at] as number] as number);
  const span = end + 1 - start;
  const hits = different.size;
  const coverage = Math.min(1, hits / size);
  const precision = (last - first) / span;
  const likeness = (2 * coverage * precision) / (coverage + precision);
  // What is explained, less what is missing and what is too much.
  const gain = (2 * hits - (size - hits) - (span - (last - first))) * (isCommon ? favour : 1);
  return { text, likeness, start, end: end + 1, gain };
}

/** Single words of the text that stand apart from its body belong to something else. */
function trimmed(positions: readonly number[], from: number, to: number): readonly [from: number, to: number] {
  let first = from;
  let last = to;
  const isLoose = (a: number, b: number) => (positions[b] as number) - (positions[a] as number) > 3 * edge;
  while (last - first > 2 * edge && isLoose(first, first + edge)) first++;
  while (last - first > 2 * edge && isLoose(last - 1 - edge, last - 1)) last--;
  return [first, last];
}

const edge = 8;
