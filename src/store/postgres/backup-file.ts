/**
 * The format of a backup: one compressed stream of frames (type 1 byte, length 4 bytes, content). A header; for each
 * table its name and columns, its rows as COPY text, their number; at the end a hash of all before.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdCompress, createZstdDecompress } from "node:zlib";

export interface BackupHeader {
  readonly format: 1;
  /** Name of the newest migration. */
  readonly schema: string;
  readonly at: string;
}

export interface BackupTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
}

export type BackupPart =
  | { readonly is: "header"; readonly header: BackupHeader }
  | { readonly is: "table"; readonly table: BackupTable }
  | { readonly is: "rows"; readonly bytes: Uint8Array }
  | { readonly is: "table-end" }
  | { readonly is: "end" };

/** Why a file is not restored; the message is for people. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}

const letters = { header: 72, table: 84, rows: 82, "table-end": 69, end: 90 } as const;
const largestFrame = 64 * 1024 * 1024;
const headSize = 5;

/** Appears under its name only when it is complete. */
export async function writeBackupFile(file: string, parts: AsyncIterable<BackupPart>): Promise<void> {
  const draft = `${file}.part`;
  try {
    await pipeline(
      Readable.from(encode(parts), { objectMode: true }),
      createZstdCompress(),
      createWriteStream(draft, { mode: 0o600, flush: true }),
    );
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Throws a BackupError if the file is no backup, is damaged or incomplete; the parts before that were given then. */
export async function* readBackupFile(file: string): AsyncGenerator<BackupPart> {
  const source = createReadStream(file);
  const plain = createZstdDecompress();
  // An error of the file destroys `plain` with it, so reading `plain` throws it.
  pipeline(source, plain).catch(() => undefined);
  try {
    yield* decode(plain);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (error instanceof BackupError || code === "ENOENT" || code === "EACCES" || code === "EISDIR") throw error;
    throw new BackupError(`${file} is no backup, or is damaged or incomplete`, { cause: error });
  } finally {
    source.destroy();
  }
}

async function* encode(parts: AsyncIterable<BackupPart>): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  for await (const part of parts) {
    for (const bytes of frame(letters[part.is], content(part, hash))) {
      hash.update(bytes);
      yield bytes;
    }
  }
}

function content(part: BackupPart, hash: ReturnType<typeof createHash>): Buffer {
  switch (part.is) {
    case "header":
      return Buffer.from(JSON.stringify(part.header));
    case "table":
      return Buffer.from(JSON.stringify(part.table));
    case "rows":
      return Buffer.from(part.bytes.buffer, part.bytes.byteOffset, part.bytes.byteLength);
    case "table-end":
      return Buffer.alloc(0);
    case "end":
      return hash.copy().digest();
  }
}

function frame(letter: number, bytes: Buffer): readonly Buffer[] {
  assert(bytes.length <= largestFrame);
  const head = Buffer.alloc(headSize);
  head.writeUInt8(letter, 0);
  head.writeUInt32BE(bytes.length, 1);
  return [head, bytes];
}

async function* decode(stream: AsyncIterable<Buffer>): AsyncGenerator<BackupPart> {
  const hash = createHash("sha256");
  let buffered: Buffer = Buffer.alloc(0);
  let ended = false;
  let isFirst = true;
  for await (const chunk of stream) {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    while (buffered.length >= headSize) {
      const length = buffered.readUInt32BE(1);
      if (ended || length > largestFrame) throw new BackupError("this backup is damaged");
      if (buffered.length < headSize + length) break;
      const part = parse(buffered.readUInt8(0), buffered.subarray(headSize, headSize + length), hash);
      if (isFirst !== (part.is === "header")) throw new BackupError("this is no backup of Sallyport");
      isFirst = false;
      ended = part.is === "end";
      hash.update(buffered.subarray(0, headSize + length));
      buffered = buffered.subarray(headSize + length);
      yield part;
    }
  }
  if (!ended || buffered.length > 0) throw new BackupError("this backup is damaged or incomplete: its end is missing");
}

function parse(letter: number, bytes: Buffer, hash: ReturnType<typeof createHash>): BackupPart {
  switch (letter) {
    case letters.header:
      return { is: "header", header: parseHeader(bytes) };
    case letters.table:
      return { is: "table", table: JSON.parse(bytes.toString()) as BackupTable };
    case letters.rows:
      return { is: "rows", bytes };
    case letters["table-end"]:
      return { is: "table-end" };
    case letters.end:
      if (!hash.copy().digest().equals(bytes)) throw new BackupError("this backup is damaged: its hash does not fit");
      return { is: "end" };
    default:
      throw new BackupError("this is no backup of Sallyport");
  }
}

function parseHeader(bytes: Buffer): BackupHeader {
  const header = JSON.parse(bytes.toString()) as BackupHeader;
  if (header.format !== 1) throw new BackupError("this backup was made by a newer Sallyport: use that version");
  return header;
}
