/** Reads records out of deflated blocks; those that were read last are kept. A block whose checksum differs is refused. */
import { readSync } from "node:fs";
import { crc32, inflateRawSync } from "node:zlib";
import { inflateOptions } from "../archives/inflate-options.ts";
import { DamagedFileError } from "./damaged-file.ts";

/** Inflated blocks that are kept: 1,024 of 16 kB. */
const keptBlocks = 1024;

export interface BlockReader {
  read(block: number, offset: number): string;
}

/** `table`: offset, length, inflated length and checksum of each block. */
export function createBlockReader(path: string, file: number, table: Uint32Array): BlockReader {
  const kept = new Map<number, Buffer>();
  const blockOf = (number: number) => {
    const known = kept.get(number);
    if (known) {
      if (kept.size >= keptBlocks) {
        // Asked for last, thrown out last.
        kept.delete(number);
        kept.set(number, known);
      }
      return known;
    }
    const at = number * 4;
    const [offset = 0, length = 0, size = 0, checksum] = [table[at], table[at + 1], table[at + 2], table[at + 3]];
    const packed = readExactly(file, offset, length, path);
    if (crc32(packed) !== checksum) throw new DamagedFileError(path, "is damaged: the checksum of a block differs");
    const block = inflateRawSync(packed, inflateOptions(size));
    const [oldest] = kept.keys();
    if (kept.size >= keptBlocks && oldest !== undefined) kept.delete(oldest);
    kept.set(number, block);
    return block;
  };
  return {
    read(number, offset) {
      const block = blockOf(number);
      const start = offset + 4;
      return block.toString("utf8", start, start + block.readUInt32LE(offset));
    },
  };
}

export function readExactly(file: number, offset: number, length: number, path: string): Buffer {
  // Its own memory, so that numbers in it can be read in place.
  const buffer = Buffer.allocUnsafeSlow(length);
  for (let done = 0; done < length; ) {
    const count = readSync(file, buffer, done, length - done, offset + done);
    if (count === 0) throw new DamagedFileError(path, "is cut off");
    done += count;
  }
  return buffer;
}
