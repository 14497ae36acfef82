/** Writes records into deflated blocks, one after the other, and remembers where each block lies. */
import { writeSync } from "node:fs";
import { crc32, deflateRawSync } from "node:zlib";
import { blockLength, recordLimit } from "./file-layout.ts";

export interface BlockWriter {
  /** In which block, and where in it. */
  add(text: string): readonly [block: number, offset: number];
  /** Offset, length, inflated length and checksum of each block. */
  finish(): readonly number[];
  /** Where the file goes on. */
  end(): number;
}

export function createBlockWriter(file: number, start: number): BlockWriter {
  const table: number[] = [];
  let block = Buffer.allocUnsafe(blockLength);
  let filled = 0;
  let end = start;
  const flush = () => {
    if (filled === 0) return;
    const packed = deflateRawSync(block.subarray(0, filled), { level: 5 });
    if (end + packed.length >= 2 ** 32) throw new Error("an advisory file cannot be larger than 4 GB");
    for (let done = 0; done < packed.length; ) done += writeSync(file, packed, done, packed.length - done, end + done);
    table.push(end, packed.length, filled, crc32(packed));
    end += packed.length;
    filled = 0;
  };
  return {
    add(text) {
      const length = Buffer.byteLength(text);
      if (length > recordLimit) throw new Error("a record is larger than its parts may be");
      if (filled + length + 4 > blockLength) flush();
      if (length + 4 > block.length) block = Buffer.allocUnsafe(length + 4);
      const offset = filled;
      block.writeUInt32LE(length, offset);
      filled += 4 + block.write(text, offset + 4);
      return [table.length / 4, offset];
    },
    finish() {
      flush();
      return table;
    },
    end: () => end,
  };
}
