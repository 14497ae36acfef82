/**
 * Of a version that is scanned again only what its secrets rest on, so that nothing else is looked at twice: between it stand
 * the line feeds that stood there, and blanks, as many as anything looks over. Lines and columns stay. What a cut makes of a
 * longer text is no secret: only what overlaps a known place counts.
 */
import type { Span } from "#model/span.ts";
import { farthestSight } from "#scan/secrets/history/find-suspects.ts";
import { linePositions } from "#scan/secrets/text/line-positions.ts";
import { countLineFeeds } from "./count-line-feeds.ts";

/** Quadruples, sorted: where a secret stands, and all that its verdict rests on. */
export type SecretPlaces = Int32Array;

/** Plain data: a thread hands it over. */
export interface Narrowed {
  readonly bytes: Uint8Array;
  readonly known: readonly Lines[];
}

type Lines = Omit<Span, "path">;

const blank = 0x20;
const lineFeed = 10;
const mostBlanks = Math.max(farthestSight.beside, farthestSight.escaped);

export function narrowVersion(whole: Uint8Array, places: SecretPlaces): Narrowed {
  const from = Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength);
  const pieces: Buffer[] = [];
  const known: Lines[] = [];
  let [done, line, place] = [0, 0, 0];
  for (const [start, end] of partsOf(from, places)) {
    const feeds = countLineFeeds(from, done, start);
    const part = from.subarray(start, end);
    pieces.push(gapOf(start - done, feeds), part);
    line += feeds;
    const positionOf = linePositions(part);
    for (; place < places.length && places[place]! < end; place += 4) {
      const { startLine, endLine, ...columns } = positionOf(places[place]! - start, places[place + 1]! - start);
      known.push({ ...columns, startLine: startLine + line, endLine: endLine + line });
    }
    line += countLineFeeds(from, start, end);
    done = end;
  }
  // That the file goes on is seen; how far does not matter.
  const tail = Math.min(from.length, done + mostBlanks);
  pieces.push(gapOf(tail - done, countLineFeeds(from, done, tail)));
  return { bytes: joined(pieces), known };
}

/** True if a known place is there. */
export function isKnownPlace({ known }: Narrowed, at: Lines): boolean {
  return known.some((one) => isBefore(one, at) && isBefore(at, one));
}

/** Not from the pool of small buffers: all of that would go along to another thread. */
function joined(pieces: readonly Buffer[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let to = 0;
  for (const piece of pieces) {
    all.set(piece, to);
    to += piece.length;
  }
  return all;
}

/** What verdicts rest on, from the beginning of its line, for columns count characters and not bytes; in parts that do not touch. */
function partsOf(from: Buffer, places: SecretPlaces): readonly (readonly [start: number, end: number])[] {
  const ranges: [number, number][] = [];
  for (let index = 0; index < places.length; index += 4) {
    const first = places[index + 2]!;
    ranges.push([first === 0 ? 0 : from.lastIndexOf(lineFeed, first - 1) + 1, places[index + 3]!]);
  }
  const parts: [number, number][] = [];
  for (const [start, end] of ranges.sort((one, other) => one[0] - other[0])) {
    const last = parts.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else parts.push([start, end]);
  }
  return parts;
}

/** Ends with the line feeds: a part begins a line. */
function gapOf(length: number, feeds: number): Buffer {
  const blanks = Math.min(mostBlanks, length - feeds);
  return Buffer.alloc(blanks + feeds, lineFeed).fill(blank, 0, blanks);
}

/** True if the first begins before the second ends. */
function isBefore(one: Lines, other: Lines): boolean {
  return one.startLine < other.endLine || (one.startLine === other.endLine && one.startColumn < other.endColumn);
}
