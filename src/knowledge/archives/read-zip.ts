/**
 * Reads the entries of a zip file one after the other, in little memory. Every size is bounded before anything is inflated;
 * encrypted entries and methods other than "stored" and "deflated" are refused.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { inflateOptions } from "./inflate-options.ts";

export interface ZipEntry {
  readonly name: string;
  /** Inflated when called, which must be before the next entry is asked for. */
  read(): Buffer;
}

export class ZipError extends Error {
  override readonly name = "ZipError";
}

export interface ZipLimits {
  /** Bytes of one entry, and of all together, inflated. */
  readonly entry: number;
  readonly total: number;
  readonly entries: number;
}

/** npm's archive holds 220,000 records of 1.5 kB; the largest single record known has 5 MB. */
export const usualLimits: ZipLimits = { entry: 16 * 1024 * 1024, total: 16 * 1024 ** 3, entries: 4_000_000 };

const windowLength = 4 * 1024 * 1024;
const directoryLimit = 512 * 1024 * 1024;

export function* readZip(path: string, limits: ZipLimits = usualLimits): Generator<ZipEntry> {
  const file = openSync(path, "r");
  try {
    const size = fstatSync(file).size;
    const { offset, length, count } = findDirectory(file, size, path);
    if (count > limits.entries || length > directoryLimit)
      throw new ZipError(`${path} has too many entries (${count})`);
    const directory = readExactly(file, offset, length, path);
    const window = createWindow(file, size, path);
    let total = 0;
    for (const place of entriesOf(directory, count, path)) {
      if (place.name.endsWith("/")) continue;
      total += place.size;
      if (place.size > limits.entry) throw new ZipError(`${path}: ${place.name} is larger than ${limits.entry} bytes`);
      if (total > limits.total) throw new ZipError(`${path} inflates to more than ${limits.total} bytes`);
      yield { name: place.name, read: () => readEntry(window, place, path) };
    }
  } finally {
    closeSync(file);
  }
}

interface Place {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

function findDirectory(file: number, size: number, path: string) {
  const tailLength = Math.min(size, 65_557);
  const tail = readExactly(file, size - tailLength, tailLength, path);
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (at < 0 || at + 22 > tail.length) throw new ZipError(`${path} is no zip file, or is cut off`);
  const found = {
    count: tail.readUInt16LE(at + 10),
    length: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  };
  const locator = at - 20;
  const is64 = found.count === 0xffff || found.offset === 0xffffffff || found.length === 0xffffffff;
  if (is64 && locator >= 0 && tail.readUInt32LE(locator) === 0x07064b50) {
    const record = readExactly(file, Number(tail.readBigUInt64LE(locator + 8)), 56, path);
    if (record.readUInt32LE(0) !== 0x06064b50) throw new ZipError(`${path} has a broken directory`);
    return {
      count: Number(record.readBigUInt64LE(32)),
      length: Number(record.readBigUInt64LE(40)),
      offset: Number(record.readBigUInt64LE(48)),
    };
  }
  return found;
}

function* entriesOf(directory: Buffer, count: number, path: string): Generator<Place> {
  let at = 0;
  for (let left = count; left > 0; left -= 1) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) {
      throw new ZipError(`${path} has a broken directory`);
    }
    const flags = directory.readUInt16LE(at + 8);
    const method = directory.readUInt16LE(at + 10);
    const [nameLength, extraLength] = [directory.readUInt16LE(at + 28), directory.readUInt16LE(at + 30)];
    const name = directory.toString("utf8", at + 46, at + 46 + nameLength);
    if ((flags & 1) !== 0) throw new ZipError(`${path}: ${name} is encrypted`);
    if (method !== 0 && method !== 8) throw new ZipError(`${path}: ${name} is packed by method ${method}`);
    const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    const written = [directory.readUInt32LE(at + 24), directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 42)];
    const [size = 0, packed = 0, offset = 0] = widen(written, extra);
    yield { name, method, packed, size, offset };
    at += 46 + nameLength + extraLength + directory.readUInt16LE(at + 32);
  }
}

/** Sizes that do not fit stand in an extra field, in this order, only those that do not fit. */
function widen(written: readonly number[], extra: Buffer): readonly number[] {
  if (!written.includes(0xffffffff)) return written;
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    return written.map((value) => {
      if (value !== 0xffffffff || next + 8 > extra.length) return value;
      next += 8;
      return Number(extra.readBigUInt64LE(next - 8));
    });
  }
  return written;
}

function readEntry(window: (offset: number, length: number) => Buffer, place: Place, path: string): Buffer {
  const head = window(place.offset, 30);
  if (head.readUInt32LE(0) !== 0x04034b50) throw new ZipError(`${path}: ${place.name} is not where the directory says`);
  const start = place.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  if (place.method === 0 && place.packed !== place.size) throw new ZipError(`${path}: ${place.name} is damaged`);
  const packed = window(start, place.packed);
  if (place.method === 0) return Buffer.from(packed);
  try {
    const bytes = inflateRawSync(packed, inflateOptions(place.size));
    if (bytes.length === place.size) return bytes;
  } catch {
    // Said below.
  }
  throw new ZipError(`${path}: ${place.name} is damaged`);
}

/** Entries lie one after the other: a large piece is read at once, and most are in it. */
function createWindow(file: number, size: number, path: string): (offset: number, length: number) => Buffer {
  let bytes: Buffer = Buffer.alloc(0);
  let start = 0;
  return (offset, length) => {
    if (offset < start || offset + length > start + bytes.length) {
      start = offset;
      bytes = readExactly(
        file,
        offset,
        Math.min(Math.max(windowLength, length), Math.max(length, size - offset)),
        path,
      );
    }
    return bytes.subarray(offset - start, offset - start + length);
  };
}

function readExactly(file: number, offset: number, length: number, path: string): Buffer {
  const { size } = fstatSync(file);
  if (!Number.isSafeInteger(offset) || offset < 0 || offset + length > size) throw new ZipError(`${path} is cut off`);
  const buffer = Buffer.allocUnsafe(length);
  for (let done = 0; done < length; ) {
    const count = readSync(file, buffer, done, length - done, offset + done);
    if (count === 0) throw new ZipError(`${path} is cut off`);
    done += count;
  }
  return buffer;
}
