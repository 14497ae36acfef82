/**
 * Of a version that is scanned again only what its secrets rest on: everything else is blank, so that nothing there is looked at
 * twice. Lines and columns stay. What a cut makes of a longer text is no secret: only what overlaps a known place counts.
 */
import type { Span } from "#model/span.ts";
import { linePositions } from "#scan/secrets/line-positions.ts";

/** Quadruples, sorted: where a secret stands, and all that its verdict rests on. */
export type SecretPlaces = Int32Array;

export interface Narrowed {
  readonly bytes: Buffer;
  /** True if a known place is there. */
  readonly holds: (at: Omit<Span, "path">) => boolean;
}

const blank = 0x20;
const lineFeed = 10;

export function narrowVersion(whole: Uint8Array, places: SecretPlaces): Narrowed {
  const from = Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength);
  const bytes = Buffer.alloc(from.length, blank);
  for (let at = from.indexOf(lineFeed); at >= 0; at = from.indexOf(lineFeed, at + 1)) bytes[at] = lineFeed;
  const positionOf = linePositions(from);
  const known: Omit<Span, "path">[] = [];
  for (let index = 0; index < places.length; index += 4) {
    const [start, end, first, last] = [places[index]!, places[index + 1]!, places[index + 2]!, places[index + 3]!];
    // From the beginning of its line, for columns count characters and not bytes.
    const line = first === 0 ? 0 : from.lastIndexOf(lineFeed, first - 1) + 1;
    from.copy(bytes, line, line, last);
    known.push(positionOf(start, end));
  }
  return {
    bytes,
    holds: (at) => known.some((one) => isBefore(one, at) && isBefore(at, one)),
  };
}

/** True if the first begins before the second ends. */
function isBefore(one: Omit<Span, "path">, other: Omit<Span, "path">): boolean {
  return one.startLine < other.endLine || (one.startLine === other.endLine && one.startColumn < other.endColumn);
}
