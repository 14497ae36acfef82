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
/** Half a second; a file of fifty licences takes a tenth of it. */
const mostSteps = 10_000_000;

/** Where two texts fit alike, the one that is meant is nearly always the common one: what differs is a name within. */
const common: ReadonlySet<string> = new Set(
  "MIT BSD-2-Clause BSD-3-Clause Apache-2.0 ISC Zlib BSL-1.0 MPL-2.0 Unlicense NCSA PostgreSQL OFL-1.1 CC0-1.0 X11 HPND-sell-variant".split(
    " ",
  ),
);
const favour = 1.03;

interface Candidate {
  readonly text: number;
  /** Different grams of the text. */
  readonly size: number;
  readonly length: number;
  readonly isCommon: boolean;
  /** Positions of the grams that the text has, in order. */
  positions: number[];
}

export function findTexts(words: readonly string[], texts: LicenseTexts): readonly FoundText[] {
  const grams = numbered(gramsOf(words));
  const found: FoundText[] = [];
  let open = candidatesOf(grams, texts);
  let left = mostSteps;
  while (open.length > 0 && found.length < mostFound && left > 0) {
    left -= open.reduce((sum, { positions }) => sum + positions.length, 0);
    const best = bestOf(open, grams);
    if (best === undefined) break;
    found.push({ text: best.text, likeness: best.likeness, start: best.start, end: best.end + 2 });
    for (const candidate of open) {
      candidate.positions = candidate.positions.filter((at) => at < best.start || at >= best.end);
    }
    open = open.filter(({ positions, size }) => positions.length >= size * leastShare);
  }
  return found.toSorted((a, b) => a.start - b.start);
}

const leastShare = 0.6;

/** The different grams, and for each position which of them stands there. */
interface NumberedGrams {
  readonly different: readonly number[];
  readonly at: Uint32Array;
}

function numbered(grams: Uint32Array): NumberedGrams {
  const numbers = new Map<number, number>();
  const at = grams.map((gram) => {
    const known = numbers.get(gram);
    if (known !== undefined) return known;
    numbers.set(gram, numbers.size);
    return numbers.size - 1;
  });
  return { different: [...numbers.keys()], at };
}

function candidatesOf({ different, at: grams }: NumberedGrams, texts: LicenseTexts): readonly Candidate[] {
  const counts = new Uint32Array(texts.ids.length);
  const holders = different.map((gram) => texts.holdersOf(gram));
  for (const holding of holders) {
    for (const text of holding ?? []) counts[text] = (counts[text] as number) + 1;
  }
  const shareOf = (text: number) => (counts[text] as number) / Math.max(1, texts.sizes[text] as number);
  const likely = [...counts.keys()]
    .filter((text) => (texts.sizes[text] as number) >= leastGrams && shareOf(text) >= leastShare)
    // Of equal shares the larger text is the rarer one.
    .toSorted((a, b) => shareOf(b) * Math.log(counts[b] as number) - shareOf(a) * Math.log(counts[a] as number))
    .slice(0, mostCandidates);
  const candidates: (Candidate | undefined)[] = Array.from({ length: texts.ids.length });
  for (const text of likely) {
    const isCommon = texts.ids[text]?.some((id) => common.has(id)) ?? false;
    const size = texts.sizes[text] as number;
    candidates[text] = { text, size, length: texts.lengths[text] as number, isCommon, positions: [] };
  }
  for (let at = 0; at < grams.length; at++) {
    for (const text of holders[grams[at] as number] ?? []) candidates[text]?.positions.push(at);
  }
  return likely.map((text) => candidates[text] as Candidate);
}

interface Placed extends FoundText {
  readonly gain: number;
}

function bestOf(candidates: readonly Candidate[], { different, at: grams }: NumberedGrams): Placed | undefined {
  let best: Placed | undefined;
  const counts = new Uint32Array(different.length);
  for (const candidate of candidates) {
    const most = 2 * Math.min(candidate.size, candidate.positions.length) * favour;
    if (best !== undefined && most <= best.gain) continue;
    const placed = place(candidate, grams, counts);
    const least = candidate.size < shortText ? leastShortLikeness : leastLikeness;
    if (placed && placed.likeness >= least && (best === undefined || placed.gain > best.gain)) best = placed;
  }
  return best;
}

/** Where most of the text stands together, and how well. `counts` is zero throughout, before and after. */
function place(candidate: Candidate, grams: Uint32Array, counts: Uint32Array): Placed | undefined {
  const { text, size, isCommon, positions } = candidate;
  const [first, last] = trimmed(positions, ...densest(candidate, grams, counts));
  const start = positions[first];
  const end = positions[last - 1];
  if (start === undefined || end === undefined) return undefined;
  const hits = new Set(positions.slice(first, last).map((at) => grams[at])).size;
  const span = end + 1 - start;
  const coverage = hits / size;
  const precision = (last - first) / span;
  const likeness = (2 * coverage * precision) / (coverage + precision);
  // What is explained, less what is missing and what is too much.
  const gain = (2 * hits - (size - hits) - (span - (last - first))) * (isCommon ? favour : 1);
  return { text, likeness, start, end: end + 1, gain };
}

/**
 * The stretch, no longer than the text may be, with most different grams and least between them. What stands in it again
 * belongs to a neighbour: many texts share half of their words.
 */
function densest(
  { positions, length }: Candidate,
  grams: Uint32Array,
  counts: Uint32Array,
): readonly [from: number, to: number] {
  const reach = Math.ceil(length * 1.25) + 40;
  const gramOf = (at: number) => grams[positions[at] as number] as number;
  let best: readonly [number, number] = [0, 0];
  let most = 0;
  let from = 0;
  let different = 0;
  const drop = () => {
    const gram = gramOf(from++);
    counts[gram] = (counts[gram] as number) - 1;
    if (counts[gram] === 0) different--;
  };
  for (let to = 0; to < positions.length; to++) {
    const gram = gramOf(to);
    if (counts[gram] === 0) different++;
    counts[gram] = (counts[gram] as number) + 1;
    while ((positions[to] as number) - (positions[from] as number) >= reach || (counts[gramOf(from)] as number) > 1)
      drop();
    const between = (positions[to] as number) - (positions[from] as number) - (to - from);
    if (3 * different - between > most) {
      most = 3 * different - between;
      best = [from, to + 1];
    }
  }
  while (from < positions.length) drop();
  return best;
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
