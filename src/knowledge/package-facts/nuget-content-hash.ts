/**
 * The content hash of a NuGet package, as lock files have it: SHA-512 of the archive as if the signature of author or gallery
 * were not in it ("Package Signatures Technical Specification", NuGet). Whatever is not a plain zip without gaps is refused.
 */
import { createHash, type Hash } from "node:crypto";

export interface ContentHash {
  readonly hash: string;
  readonly isSigned: boolean;
}

interface Entry {
  /** Of its record in the central directory. */
  readonly at: number;
  readonly size: number;
  readonly name: string;
  /** Of its file header. */
  readonly offset: number;
}

interface Directory {
  readonly at: number;
  readonly entries: readonly Entry[];
  /** Of the record that ends the archive. */
  readonly endAt: number;
}

const signatureName = ".signature.p7s";
const marks = { file: 0x04034b50, record: 0x02014b50, end: 0x06054b50 };
const sizes = { record: 46, end: 22, longestComment: 0xffff };
/** What stands in the place of numbers that only the larger form of the format can say. */
const elsewhere = { short: 0xffff, long: 0xffffffff };

export function contentHashOf(archive: Buffer): ContentHash | undefined {
  const directory = directoryOf(archive);
  if (!directory) return undefined;
  const signatures = directory.entries.filter(({ name }) => name === signatureName);
  const [signature] = signatures;
  if (!signature) return { hash: createHash("sha512").update(archive).digest("base64"), isSigned: false };
  if (signatures.length > 1) return undefined;
  const hash = createHash("sha512");
  hashUnsigned(archive, directory, signature, hash);
  return { hash: hash.digest("base64"), isSigned: true };
}

function directoryOf(archive: Buffer): Directory | undefined {
  const endAt = endOf(archive);
  if (endAt === undefined) return undefined;
  const count = archive.readUInt16LE(endAt + 10);
  const size = archive.readUInt32LE(endAt + 12);
  const at = archive.readUInt32LE(endAt + 16);
  const isOneFile = archive.readUInt32LE(endAt + 4) === 0 && archive.readUInt16LE(endAt + 8) === count;
  if (!isOneFile || count === elsewhere.short || at === elsewhere.long || at + size !== endAt) return undefined;
  const entries: Entry[] = [];
  let next = at;
  while (next < endAt) {
    const entry = entryAt(archive, next, at);
    if (!entry) return undefined;
    entries.push(entry);
    next += entry.size;
  }
  const isWhole = next === endAt && entries.length === count;
  const first = entries.reduce((least, { offset }) => Math.min(least, offset), at);
  const places = new Set(entries.map(({ offset }) => offset));
  return isWhole && first === 0 && places.size === count ? { at, entries, endAt } : undefined;
}

/** From the end of the archive, as far as a comment can be long. */
function endOf(archive: Buffer): number | undefined {
  const last = archive.length - sizes.end;
  for (let at = last; at >= Math.max(0, last - sizes.longestComment); at--) {
    if (archive.readUInt32LE(at) !== marks.end) continue;
    if (at + sizes.end + archive.readUInt16LE(at + 20) === archive.length) return at;
  }
  return undefined;
}

function entryAt(archive: Buffer, at: number, directoryAt: number): Entry | undefined {
  if (at + sizes.record > archive.length || archive.readUInt32LE(at) !== marks.record) return undefined;
  const [name, extra, comment] = [28, 30, 32].map((place) => archive.readUInt16LE(at + place)) as [
    number,
    number,
    number,
  ];
  const offset = archive.readUInt32LE(at + 42);
  const isHere = offset + 4 <= directoryAt && archive.readUInt32LE(offset) === marks.file;
  if (!isHere || archive.readUInt32LE(at + 20) === elsewhere.long) return undefined;
  const start = at + sizes.record;
  return {
    at,
    size: sizes.record + name + extra + comment,
    name: archive.toString("utf8", start, start + name),
    offset,
  };
}

function hashUnsigned(archive: Buffer, { at, entries, endAt }: Directory, signature: Entry, hash: Hash): void {
  const following = entries.reduce(
    (next, { offset }) => (offset > signature.offset ? Math.min(next, offset) : next),
    at,
  );
  const removed = following - signature.offset;
  hash.update(archive.subarray(0, signature.offset));
  hash.update(archive.subarray(following, at));
  for (const entry of entries) {
    if (entry === signature) continue;
    const record = Buffer.from(archive.subarray(entry.at, entry.at + entry.size));
    if (entry.offset > signature.offset) record.writeUInt32LE(entry.offset - removed, 42);
    hash.update(record);
  }
  const end = Buffer.from(archive.subarray(endAt));
  end.writeUInt16LE(entries.length - 1, 8);
  end.writeUInt16LE(entries.length - 1, 10);
  end.writeUInt32LE(endAt - at - signature.size, 12);
  end.writeUInt32LE(at - removed, 16);
  hash.update(end);
}
