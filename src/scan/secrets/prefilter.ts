/**
 * The loops over every byte, in WebAssembly (prefilter.wat): they run at full speed from the first file on, and take
 * sixteen bytes at once. The bytes are copied in, a piece at a time; that is a hundredth of the work.
 */
import { prefilterCode } from "./prefilter.generated.ts";
import {
  dataAt,
  edge,
  longestPart,
  margin,
  mostParts,
  outAt,
  outFull,
  type PrefilterTables,
  partsAt,
  piece,
  places,
  writeTables,
} from "./prefilter-memory.ts";

/** The shortest run that anybody asks for. */
const leastRun = 15;

interface Loops {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly findRuns: (from: number, to: number, out: number) => number;
  readonly findEscapes: (from: number, to: number, out: number) => number;
  readonly findRare: (part: number, parts: number, out: number) => number;
  readonly findAnchorsIn: (
    bit: number,
    heads: number,
    longest: number,
    part: number,
    parts: number,
    base: number,
    out: number,
    full: number,
  ) => number;
  readonly findAnchors: (
    bit: number,
    heads: number,
    from: number,
    least: number,
    to: number,
    base: number,
    out: number,
    full: number,
  ) => number;
}

/** What of it is used; the library of types for Node has none. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object) => { readonly exports: Loops };
};

/** Pairs of from and to, in order, none within another. */
export type Parts = readonly number[];

/** All of these look at the bytes as they are when `load` is called. */
export interface Prefilter {
  /** Comes first, and again when the bytes are others. */
  load(bytes: Buffer, from: number): void;
  /** Starts and ends of runs of base64 in [from, to): those of 15 characters and more. */
  runs(bytes: Buffer, from: number, to: number): number[];
  /** Where escapes may begin in [from, to). */
  escapes(bytes: Buffer, from: number, to: number): readonly number[];
  /** Where rare anchors may begin in the parts. */
  rare(bytes: Buffer, parts: Parts): readonly number[];
  /** Calls `visit` for anchors that end in (from, to], by their end, the longer first; ends with the first false. */
  anchors(bytes: Buffer, from: number, to: number, visit: VisitText): boolean;
  /** The same for words of providers, in parts of less than a kilobyte. */
  named(bytes: Buffer, parts: Parts, visit: VisitText): boolean;
}

/** Takes the number of a text in its table. */
type VisitText = (end: number, text: number) => boolean;

const none: readonly number[] = [];
let compiled: object | undefined;

// oxlint-disable-next-line max-lines-per-function -- its parts share one memory, and each is short
export function openPrefilter(tables: PrefilterTables): Prefilter {
  compiled ??= new WebAssembly.Module(Uint8Array.from(Buffer.from(prefilterCode, "base64")));
  const { exports: loops } = new WebAssembly.Instance(compiled);
  const memory = Buffer.from(loops.memory.buffer);
  const words = new Uint32Array(loops.memory.buffer);
  const { anchors, named } = writeTables(memory, tables);
  let loaded: Buffer | undefined;
  let first = 0;
  let last = 0;

  const load = (bytes: Buffer, from: number) => {
    loaded = bytes;
    first = Math.max(0, from - margin);
    last = Math.min(bytes.length, from + piece + margin);
    bytes.copy(memory, dataAt, first, last);
    memory.fill(0, dataAt + last - first, dataAt + last - first + edge);
  };
  const isLoaded = (bytes: Buffer, from: number, to: number) =>
    loaded === bytes && (first === 0 || first + edge <= from) && (last === bytes.length || to + edge <= last);
  /** What to add to an offset for its place in the memory. */
  const shiftFor = (bytes: Buffer, from: number, to: number) => {
    if (!isLoaded(bytes, from, to)) load(bytes, from);
    return dataAt - first;
  };
  /** What was found, less the shift. */
  const offsets = (stop: number, shift: number, into: number[]) => {
    for (let at = outAt >>> 2; at < stop >>> 2; at++) into.push(words[at]! - shift);
  };
  /** Writes as many of the parts as lie in one piece; gives the address behind them. */
  const writeParts = (bytes: Buffer, parts: Parts, from: number) => {
    const shift = shiftFor(bytes, parts[from]!, parts[from + 1]!);
    let index = from;
    while (index < parts.length && index - from < mostParts && isLoaded(bytes, parts[index]!, parts[index + 1]!)) {
      words[(partsAt >>> 2) + index - from] = parts[index]! + shift;
      words[(partsAt >>> 2) + index - from + 1] = parts[index + 1]! + shift;
      index += 2;
    }
    return { next: index, end: partsAt + (index - from) * 4, shift };
  };
  const visitAll = (hits: number[], shift: number, visit: VisitText) => {
    if (hits.some((hit, index) => index > 0 && hit < hits[index - 1]!)) hits.sort((a, b) => a - b);
    for (const hit of hits) if (!visit((hit >>> 12) - shift, hit & 0xfff)) return false;
    return true;
  };

  return {
    load,
    runs: (bytes, from, to) => {
      const runs: number[] = [];
      for (let start = from; start < to; start += piece) {
        const end = Math.min(to, start + piece);
        const shift = shiftFor(bytes, start, end);
        const stop = loops.findRuns(start + shift, end + shift, outAt) >>> 2;
        for (let at = outAt >>> 2; at < stop; at += 2) addRun(runs, words[at]! - shift, words[at + 1]! - shift);
      }
      return withoutShort(runs);
    },
    escapes: (bytes, from, to) => {
      const found: number[] = [];
      for (let start = from; start < to; start += piece) {
        const end = Math.min(to, start + piece);
        const shift = shiftFor(bytes, start, end);
        offsets(loops.findEscapes(start + shift, end + shift, outAt), shift, found);
      }
      return found;
    },
    rare: (bytes, parts) => {
      if (parts.length === 0) return none;
      const found: number[] = [];
      const short = cut(parts, longestPart);
      for (let from = 0; from < short.length; ) {
        const { next, end, shift } = writeParts(bytes, short, from);
        offsets(loops.findRare(partsAt, end, outAt), shift, found);
        from = next;
      }
      return found;
    },
    anchors: (bytes, from, to, visit) => {
      const { bit, heads, longest } = anchors;
      for (let start = from; start < to; start += piece) {
        const end = Math.min(to, start + piece);
        const early = Math.max(0, start - longest);
        const shift = shiftFor(bytes, early, end);
        let at = early + shift;
        const hits: number[] = [];
        do {
          const stop = loops.findAnchors(bit, heads, at, start + shift, end + shift, dataAt, outAt, outFull);
          at = words[places.goOn >>> 2]!;
          offsets(stop, 0, hits);
        } while (at < end + shift);
        if (!visitAll(hits, shift, visit)) return false;
      }
      return true;
    },
    named: (bytes, parts, visit) => {
      const { bit, heads, longest } = named;
      for (let from = 0; from < parts.length; ) {
        const { next, end, shift } = writeParts(bytes, parts, from);
        let part = partsAt;
        const hits: number[] = [];
        do {
          const stop = loops.findAnchorsIn(bit, heads, longest, part, end, dataAt, outAt, outFull);
          part = words[places.nextPart >>> 2]!;
          offsets(stop, 0, hits);
        } while (part < end);
        if (!visitAll(hits, shift, visit)) return false;
        from = next;
      }
      return true;
    },
  };
}

/** A run that goes on where the last one was cut is one with it. */
function addRun(runs: number[], start: number, end: number): void {
  if (runs.at(-1) === start) runs[runs.length - 1] = end;
  else runs.push(start, end);
}

function withoutShort(runs: readonly number[]): number[] {
  const long: number[] = [];
  for (let at = 0; at < runs.length; at += 2) {
    if (runs[at + 1]! - runs[at]! >= leastRun) long.push(runs[at]!, runs[at + 1]!);
  }
  return long;
}

function cut(parts: Parts, most: number): Parts {
  if (!parts.some((to, index) => index % 2 === 1 && to - parts[index - 1]! > most)) return parts;
  const short: number[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    for (let from = parts[index]!; from < parts[index + 1]!; from += most) {
      short.push(from, Math.min(parts[index + 1]!, from + most));
    }
  }
  return short;
}
