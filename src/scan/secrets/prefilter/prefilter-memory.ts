/** How the memory of the prefilter is divided (see prefilter.wat). */

/** Places of the tables in its memory, as prefilter.wat has them. */
export const places = {
  fold: 0,
  word: 256,
  escapes: 512,
  lower: 768,
  upper: 784,
  goOn: 896,
  nextRun: 900,
  done: 904,
  rare: 1024,
  beside: 1280,
  within: 1536,
  pairs: 2048,
  followers: 10_240,
  ends: 10_496,
  lengths: 10_752,
  hashes: 16_384,
  names: 524_288,
};
/** The groups of anchors, up to the runs. */
export const groupsAt = 81_920;
/** Starts and ends of runs that are looked at together: as many as can stand in a piece. */
export const runsAt = 335_872;
export const mostRuns = 8 * 1024;
/** Filled with zeros in front of the bytes and behind them. */
export const edge = 64;
/** The bytes; they end below 512 KB, for what is found tells places in 19 bits, above 12 for the text: a positive integer. */
export const dataAt = runsAt + mostRuns * 8 + edge;
export const piece = 116 * 1024;
/** Read with a piece: anchors begin before it, blocks end behind it, and what stands around an anchor is looked at. */
export const margin = 512;
/** So far around an anchor is looked, as prefilter.wat has it, and at what stands beside the last of it. Windows of histories reach as far (rule-reach.ts). */
export const lookBefore = 64 + 8;
export const lookBehind = 96 + 8;
/** So much of a run is looked at, whether it looks drawn. */
export const drawnLook = 128;
/** What was found: up to a word for each byte of a piece. */
export const outAt = 589_824;
const outBytes = 640 * 1024;
/** Behind it there is room for what is found at one place, or before one run. */
export const outFull = outAt + outBytes - 16 * 1024;

/** A kind of anchors, as prefilter.wat is told of it. */
export interface AnchorKind {
  readonly bit: number;
  readonly heads: number;
  readonly longest: number;
}

/** What the prefilter looks for, in the form in which it looks: made once (prefilter-image.ts), and the same for every thread. */
export interface PrefilterImage {
  /** What its memory begins with. */
  readonly tables: Uint8Array;
  /** What words of names say (name-table.ts). */
  readonly names: Uint8Array;
  readonly anchors: AnchorKind;
  /** Those that end at most `reach` bytes before a run that looks drawn. */
  readonly named: AnchorKind & { readonly reach: number };
  /** Those that begin behind, in or `before` bytes before runs of at least so many characters. */
  readonly rare: { readonly leastRun: number; readonly before: number };
}
