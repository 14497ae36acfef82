/** Plain tar files (ustar): written entry by entry, read entry by entry; only files, only names that stay inside. */
import type { FileHandle } from "node:fs/promises";

export class TarError extends Error {
  override readonly name = "TarError";
}

const block = 512;
/** Eleven octal digits. */
const largest = 8 ** 11 - 1;

/** Names are kept simple by those who write bundles; longer ones are refused. */
export function tarHeader(name: string, bytes: number): Buffer {
  const header = Buffer.alloc(block);
  const { prefix, rest } = splitName(name);
  if (bytes > largest) throw new TarError(`${name} is too large for a bundle`);
  header.write(rest, 0, "utf8");
  header.write("0000644\0", 100, "latin1");
  header.write("0000000\0", 108, "latin1");
  header.write("0000000\0", 116, "latin1");
  header.write(`${bytes.toString(8).padStart(11, "0")}\0`, 124, "latin1");
  header.write("00000000000\0", 136, "latin1");
  header.write("        ", 148, "latin1");
  header.write("0", 156, "latin1");
  header.write("ustar\x0000", 257, "latin1");
  header.write(prefix, 345, "utf8");
  header.write(`${checksumOf(header).toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return header;
}

export function tarPadding(bytes: number): Buffer {
  return Buffer.alloc((block - (bytes % block)) % block);
}

export const tarEnd = Buffer.alloc(block * 2);

function splitName(name: string): { readonly prefix: string; readonly rest: string } {
  if (Buffer.byteLength(name) <= 100) return { prefix: "", rest: name };
  const slash = name.indexOf("/", name.length - 101);
  const [prefix, rest] = [name.slice(0, Math.max(0, slash)), name.slice(slash + 1)];
  if (slash < 0 || Buffer.byteLength(prefix) > 155 || Buffer.byteLength(rest) > 100)
    throw new TarError(`${name} is too long`);
  return { prefix, rest };
}

function checksumOf(header: Buffer): number {
  let sum = 0;
  for (const [at, byte] of header.entries()) sum += at >= 148 && at < 156 ? 0x20 : byte;
  return sum;
}

export interface TarEntry {
  readonly name: string;
  readonly bytes: number;
  /** To be read to its end, or not at all, before the next entry. */
  chunks(): AsyncGenerator<Buffer>;
}

export async function* readTar(file: FileHandle): AsyncGenerator<TarEntry> {
  const { size } = await file.stat();
  for (let at = 0; at + block <= size; ) {
    const header = await readExactly(file, at, block);
    if (header.every((byte) => byte === 0)) return;
    if (header.toString("latin1", 257, 262) !== "ustar" || octal(header, 148, 8) !== checksumOf(header)) {
      throw new TarError("it is no tar file, or is damaged");
    }
    const bytes = octal(header, 124, 12);
    const start = at + block;
    if (start + bytes > size) throw new TarError("it is cut off");
    const prefix = textOf(header, 345, 155);
    const name = prefix === "" ? textOf(header, 0, 100) : `${prefix}/${textOf(header, 0, 100)}`;
    const type = header[156];
    if (type !== 0x30 && type !== 0) throw new TarError(`${name} is no plain file`);
    yield { name, bytes, chunks: () => chunksOf(file, start, bytes) };
    at = start + bytes + ((block - (bytes % block)) % block);
  }
}

async function* chunksOf(file: FileHandle, start: number, bytes: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < bytes; ) {
    const chunk = await readExactly(file, start + done, Math.min(1024 * 1024, bytes - done));
    done += chunk.length;
    yield chunk;
  }
}

async function readExactly(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(buffer, done, length - done, offset + done);
    if (bytesRead === 0) throw new TarError("it is cut off");
    done += bytesRead;
  }
  return buffer;
}

function octal(header: Buffer, at: number, length: number): number {
  const text = textOf(header, at, length).trim();
  if (!/^[0-7]{1,12}$/.test(text)) throw new TarError("it is no tar file, or is damaged");
  return Number.parseInt(text, 8);
}

function textOf(header: Buffer, at: number, length: number): string {
  const text = header.toString("utf8", at, at + length);
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}
