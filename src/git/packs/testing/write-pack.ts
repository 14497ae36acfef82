/** Makes packs in memory, right or wrong in any way a test likes: git would refuse to write most of them. */
import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { objectTypes } from "../object-types.ts";

/** A blob as it is, or a delta on an entry before it (by its number) or after it (by its id only). */
export type PackEntry =
  | { readonly is: "blob"; readonly bytes: Buffer }
  | {
      readonly is: "delta";
      readonly on: number;
      readonly delta: Buffer;
      readonly byId?: boolean;
      readonly result: Buffer;
    };

export interface MadePack {
  readonly file: string;
  /** Ids in the order of the entries. */
  readonly ids: readonly Buffer[];
}

/** `change` may spoil an entry's bytes, header included. */
export function writePack(
  entries: readonly PackEntry[],
  change: (bytes: Buffer, entry: number) => Buffer = (bytes) => bytes,
): MadePack {
  const ids = entries.map((entry) => blobId(entry.is === "blob" ? entry.bytes : entry.result));
  const parts: Buffer[] = [head(entries.length)];
  const offsets: number[] = [];
  let offset = 12;
  for (const [number, entry] of entries.entries()) {
    offsets.push(offset);
    const bytes = change(entryBytes(entry, offset, offsets, ids), number);
    parts.push(bytes);
    offset += bytes.length;
  }
  const body = Buffer.concat(parts);
  const pack = Buffer.concat([body, createHash("sha1").update(body).digest()]);
  const folder = mkdtempSync(join(tmpdir(), "sallyport-pack-"));
  const file = join(folder, "pack-made.pack");
  writeFileSync(file, pack);
  writeFileSync(join(folder, "pack-made.idx"), indexOf(ids, offsets));
  return { file, ids };
}

function entryBytes(entry: PackEntry, offset: number, offsets: readonly number[], ids: readonly Buffer[]): Buffer {
  if (entry.is === "blob")
    return Buffer.concat([typeAndSize(objectTypes.OBJ_BLOB, entry.bytes.length), deflateSync(entry.bytes)]);
  const { delta, on, byId } = entry;
  const type = byId ? objectTypes.OBJ_REF_DELTA : objectTypes.OBJ_OFS_DELTA;
  const base = byId ? ids[on]! : distance(offset - (offsets[on] ?? 0));
  return Buffer.concat([typeAndSize(type, delta.length), base, deflateSync(delta)]);
}

function head(count: number): Buffer {
  const bytes = Buffer.from("PACK\0\0\0\x02\0\0\0\0", "latin1");
  bytes.writeUInt32BE(count, 8);
  return bytes;
}

function typeAndSize(type: number, size: number): Buffer {
  const bytes = [(type << 4) | (size & 15)];
  for (let left = Math.floor(size / 16); left > 0; left = Math.floor(left / 128)) {
    bytes[bytes.length - 1]! |= 128;
    bytes.push(left & 127);
  }
  return Buffer.from(bytes);
}

function distance(value: number): Buffer {
  const bytes = [value & 127];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift(128 | (--left & 127));
  return Buffer.from(bytes);
}

export function blobId(bytes: Buffer): Buffer {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest();
}

function indexOf(ids: readonly Buffer[], offsets: readonly number[]): Buffer {
  const sorted = ids.map((id, entry) => ({ id, offset: offsets[entry] ?? 0 })).sort((a, b) => a.id.compare(b.id));
  const bytes = Buffer.alloc(8 + 1024 + sorted.length * 28 + 40);
  bytes.write("\xfftOc\0\0\0\x02", 0, "latin1");
  for (let byte = 0; byte < 256; byte++) {
    bytes.writeUInt32BE(sorted.filter(({ id }) => id[0]! <= byte).length, 8 + byte * 4);
  }
  sorted.forEach(({ id, offset }, position) => {
    id.copy(bytes, 1032 + position * 20);
    bytes.writeUInt32BE(offset, 1032 + sorted.length * 24 + position * 4);
  });
  return bytes;
}

/** An instruction of a delta: bytes to insert, or a part of the base to copy. */
export type Instruction = string | { readonly from: number; readonly length: number };

export function deltaOf(baseSize: number, targetSize: number, instructions: readonly Instruction[]): Buffer {
  return Buffer.concat([
    size(baseSize),
    size(targetSize),
    ...instructions.map((one) => {
      if (typeof one === "string") return Buffer.concat([Buffer.from([one.length]), Buffer.from(one, "latin1")]);
      const { from, length } = one;
      const wide = Buffer.alloc(8);
      wide[0] = 0xff;
      wide.writeUInt32LE(from, 1);
      wide.writeUIntLE(length, 5, 3);
      return wide;
    }),
  ]);
}

function size(value: number): Buffer {
  const bytes = [value & 127];
  for (let left = value >>> 7; left > 0; left >>>= 7) {
    bytes[bytes.length - 1]! |= 128;
    bytes.push(left & 127);
  }
  return Buffer.from(bytes);
}
