/**
 * The loops over every byte, in WebAssembly (prefilter.wat): they run at full speed from the first file on, and take
 * sixteen bytes at once. The bytes are copied in, a piece at a time; that is a hundredth of the work.
 */
import { prefilterCode } from "./prefilter.generated.ts";
import {
  dataAt,
  drawnLook,
  edge,
  lookBefore,
  lookBehind,
  margin,
  mostRuns,
  outAt,
  outFull,
  type PrefilterImage,
  piece,
  places,
  runsAt,
} from "./prefilter-memory.ts";

/** The shortest run of base64 that anybody asks for; `findRuns` of prefilter.wat has the number, too. */
export const leastRun = 15;

interface Loops {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly findRuns: (from: number, to: number, shift: number, out: number) => number;
  readonly findEscapes: (from: number, to: number, out: number) => number;
  readonly findRare: (
    least: number,
    before: number,
    run: number,
    runs: number,
    shift: number,
    from: number,
    to: number,
    out: number,
  ) => number;
  readonly findNamed: (
    bit: number,
    heads: number,
    longest: number,
    reach: number,
    run: number,
    runs: number,
    shift: number,
    done: number,
    to: number,
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

/** A part of a file, and the long runs of base64 that touch it: starts and ends, in order, cut at its edges. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly runs: Int32Array;
  /** Pairs of from and to: the only parts of it in which anchors are looked for, if not all of it is. */
  readonly parts?: Int32Array;
}

/** All of these look at the bytes as they are when `load` is called; a visitor calls none of them. */
export interface Prefilter {
  /** Comes first, and again when the bytes are others. */
  load(bytes: Buffer, from: number): void;
  /** Starts and ends of runs of base64 in [from, to): those of 15 characters and more. */
  runs(bytes: Buffer, from: number, to: number): Int32Array;
  /** Where escapes may begin in [from, to). */
  escapes(bytes: Buffer, from: number, to: number): ArrayLike<number>;
  /** Where rare anchors may begin in the range. */
  rare(bytes: Buffer, range: Range): ArrayLike<number>;
  /**
   * Calls `visit` for anchors that end in (from, to] and may have around them what they must, by their end, the longer first;
   * ends with the first false. `parts` are pairs of from and to, in order.
   */
  anchors(bytes: Buffer, parts: Int32Array, visit: VisitText): boolean;
  /** The same for words of providers that end shortly before a run that looks drawn. */
  named(bytes: Buffer, range: Range, visit: VisitText): boolean;
}

/** Takes the number of a text in its table. */
export type VisitText = (end: number, text: number) => boolean;

let compiled: object | undefined;

// oxlint-disable-next-line max-lines-per-function -- its parts share one memory, and each is short
export function openPrefilter({ tables, names, anchors, named, rare }: PrefilterImage): Prefilter {
  compiled ??= new WebAssembly.Module(Uint8Array.from(Buffer.from(prefilterCode, "base64")));
  const { exports: loops } = new WebAssembly.Instance(compiled);
  const memory = Buffer.from(loops.memory.buffer);
  const words = new Int32Array(loops.memory.buffer);
  memory.set(tables);
  memory.set(names, places.names);
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
  /** What was found, until the next is looked for. */
  const found = (stop: number) => words.subarray(outAt >>> 2, stop >>> 2);
  /** The same, less the shift. */
  const offsets = (stop: number, shift: number, into: number[]) => {
    for (let at = outAt >>> 2; at < stop >>> 2; at++) into.push(words[at]! - shift);
  };
  /** Writes runs that begin before `until`, as many as there is room for; gives the index of the first that is left. */
  const writeRuns = (runs: Int32Array, from: number, until: number) => {
    const most = Math.min(runs.length, from + 2 * mostRuns);
    let next = from;
    while (next < most && runs[next]! < until) next += 2;
    words.set(runs.subarray(from, next), runsAt >>> 2);
    return next;
  };
  const endOf = (from: number, next: number) => runsAt + (next - from) * 4;
  const visitAll = (hits: Int32Array, shift: number, visit: VisitText) => {
    for (let index = 1; index < hits.length; index++) {
      if (hits[index]! >= hits[index - 1]!) continue;
      hits.sort();
      break;
    }
    for (let index = 0; index < hits.length; index++) {
      if (!visit((hits[index]! >>> 12) - shift, hits[index]! & 0xfff)) return false;
    }
    return true;
  };
  const visitAnchors = (bytes: Buffer, parts: Int32Array, visit: VisitText) => {
    const { bit, heads, longest } = anchors;
    let shift = 0;
    let stop = outAt;
    const visitFound = () => {
      const hits = found(stop);
      stop = outAt;
      return visitAll(hits, shift, visit);
    };
    for (let part = 0; part < parts.length; part += 2) {
      const to = parts[part + 1]!;
      for (let start = parts[part]!; start < to; start += piece) {
        const end = Math.min(to, start + piece);
        const early = Math.max(0, start - longest);
        const seen = [Math.max(0, early - lookBefore), Math.min(bytes.length, end + lookBehind)] as const;
        // What was found before is told by the bytes that are there now.
        if (stop > outAt && !isLoaded(bytes, ...seen) && !visitFound()) return false;
        shift = shiftFor(bytes, ...seen);
        for (let at = early + shift; at < end + shift; at = words[places.goOn >>> 2]!) {
          if (stop >= outFull && !visitFound()) return false;
          stop = loops.findAnchors(bit, heads, at, start + shift, end + shift, dataAt, stop, outFull);
        }
      }
    }
    return stop === outAt || visitFound();
  };

  return {
    load,
    runs: (bytes, from, to) => {
      if (to - from <= piece) {
        const shift = shiftFor(bytes, from, to);
        return longRuns(found(loops.findRuns(from + shift, to + shift, shift, outAt)));
      }
      const parts: Int32Array[] = [];
      for (let start = from; start < to; start += piece) {
        const end = Math.min(to, start + piece);
        const shift = shiftFor(bytes, start, end);
        parts.push(found(loops.findRuns(start + shift, end + shift, shift, outAt)).slice());
      }
      return longRuns(joined(parts));
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
    rare: (bytes, { from, to, runs }) => {
      const { leastRun: least, before } = rare;
      const found: number[] = [];
      let done = Math.max(0, from - before);
      for (let run = 0; run < runs.length && done < to; ) {
        const at = Math.max(done, runs[run]! - before);
        if (at >= to) break;
        const shift = shiftFor(bytes, at, at + 1);
        const until = last === bytes.length ? to : Math.min(to, last - edge);
        let next = writeRuns(runs, run, until + before);
        offsets(
          loops.findRare(least, before, runsAt, endOf(run, next), shift, done + shift, until + shift, outAt),
          shift,
          found,
        );
        done = words[places.done >>> 2]! - shift;
        // Of a run that goes on behind this piece the rest is to come.
        if (until < to && runs[next - 1]! >= until) {
          next -= 2;
          done = until;
        }
        run = next;
      }
      return found;
    },
    anchors: visitAnchors,
    named: (bytes, { from, to, runs }, visit) => {
      const { bit, heads, longest, reach } = named;
      let done = from;
      for (let run = 0; run < runs.length; ) {
        const value = runs[run]!;
        const shift = shiftFor(bytes, Math.max(0, value - reach - longest), Math.min(bytes.length, value + drawnLook));
        const next = writeRuns(runs, run, last === bytes.length ? bytes.length : last - edge - drawnLook + 1);
        const end = endOf(run, next);
        for (let at = runsAt; at < end; at = words[places.nextRun >>> 2]!) {
          const search = [bit, heads, longest, reach, at, end, shift, done + shift, to + shift] as const;
          const stop = loops.findNamed(...search, dataAt, outAt, outFull);
          done = words[places.done >>> 2]! - shift;
          if (!visitAll(found(stop), shift, visit)) return false;
        }
        run = next;
      }
      return true;
    },
  };
}

/** A run that goes on where the last one was cut is one with it. */
function joined(parts: readonly Int32Array[]): Int32Array {
  const runs = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let length = 0;
  for (const part of parts) {
    const isCut = length > 0 && part.length > 0 && runs[length - 1] === part[0];
    runs.set(isCut ? part.subarray(1) : part, isCut ? length - 1 : length);
    length += isCut ? part.length - 2 : part.length;
  }
  return runs.subarray(0, length);
}

const noRuns = new Int32Array(0);

/** A copy without those that are only short because an edge cuts them: the first and the last, or where pieces met. */
function longRuns(runs: Int32Array): Int32Array {
  let [from, to] = [0, runs.length];
  while (from < to && runs[from + 1]! - runs[from]! < leastRun) from += 2;
  while (from < to && runs[to - 1]! - runs[to - 2]! < leastRun) to -= 2;
  if (from === to) return noRuns;
  const long = new Int32Array(to - from);
  let length = 0;
  for (let at = from; at < to; at += 2) {
    if (runs[at + 1]! - runs[at]! < leastRun) continue;
    long[length++] = runs[at]!;
    long[length++] = runs[at + 1]!;
  }
  return length < long.length ? long.subarray(0, length) : long;
}
