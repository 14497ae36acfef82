/** Reads the files of a folder before the scan comes to them, and runs the loops over every byte for it. */
import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { type Precomputed, precompute } from "#scan/secrets/prefilter/precomputed.ts";
import { openPrefilter, type Prefilter } from "#scan/secrets/prefilter/prefilter.ts";
import { decodeBytes } from "#scan/secrets/search/decode-bytes.ts";
import type { AheadBatch, AheadData, AheadRequest } from "./read-ahead.ts";
import { type RegularFile, readRegularFile } from "./read-regular-file.ts";

const batchBytes = 1024 * 1024;
const batchFiles = 200;

const { waiting, mostWaiting } = workerData as AheadData;

giveWay();

parentPort?.once("message", ({ paths: given, most, image }: AheadRequest) => {
  const prefilter = openPrefilter(image);
  const paths = pathsIn(Buffer.from(given.buffer, given.byteOffset, given.length));
  let bytes = 0;
  for (let from = 0; from < paths.length && bytes < most; ) {
    const batch = readBatch(prefilter, paths.slice(from, from + batchFiles));
    from += batch.lengths.length / 2;
    bytes += batch.bytes.length;
    parentPort?.postMessage(batch, [batch.bytes.buffer]);
    Atomics.add(waiting, 0, 1);
    waitForRoom();
  }
});

function waitForRoom(): void {
  for (let count = Atomics.load(waiting, 0); count >= mostWaiting; count = Atomics.load(waiting, 0))
    Atomics.wait(waiting, 0, count);
}

function pathsIn(given: Buffer): readonly Buffer[] {
  const paths: Buffer[] = [];
  for (let from = 0, to = given.indexOf(0); to >= 0; from = to + 1, to = given.indexOf(0, from))
    paths.push(given.subarray(from, to));
  return paths;
}

/** Compilers and collectors of memory want the other core, too: on Linux the scanning thread comes first, elsewhere all are equal. */
function giveWay(): void {
  try {
    const thread = Number(readlinkSync("/proc/thread-self").split("/").at(-1));
    setPriority(thread, 5);
  } catch {}
}

/** Of the first of these, as many as there is room for. */
function readBatch(prefilter: Prefilter, paths: readonly Buffer[]): AheadBatch {
  const room = Buffer.from(new ArrayBuffer(batchBytes));
  const lengths: number[] = [];
  const told: Precomputed[] = [];
  let used = 0;
  for (const path of paths) {
    const left = room.subarray(used);
    const file = readIfSmall(path, left);
    // It may fit into the next batch.
    if (file !== undefined && file.size > left.length && used > 0) break;
    const size = file?.bytes?.length ?? -1;
    const known = size < 0 ? none : knownOf(prefilter, left.subarray(0, size));
    lengths.push(size, known.length);
    told.push(known);
    used += Math.max(0, size);
  }
  return { bytes: room.subarray(0, used), lengths: Int32Array.from(lengths), precomputed: joined(told) };
}

const none: Precomputed = new Int32Array(0);

/** Of what is no text, or is decoded first, nothing is asked. */
function knownOf(prefilter: Prefilter, bytes: Buffer): Precomputed {
  return decodeBytes(bytes) === bytes ? precompute(prefilter, bytes) : none;
}

/** Undefined for whatever cannot be read: the scan reads it itself, and says why it cannot. */
function readIfSmall(path: Buffer, room: Buffer): RegularFile | undefined {
  try {
    return readRegularFile(path, (size) => (size > room.length ? undefined : room.subarray(0, size)));
  } catch {
    return undefined;
  }
}

function joined(lists: readonly Precomputed[]): Precomputed {
  const all = new Int32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}
