/** Writes records into deflated blocks and remembers where each block lies. What is read together is written into one lane. */
import { writeSync } from "node:fs";
import { crc32, deflateRawSync } from "node:zlib";
import { blockLength, recordLimit } from "./file-layout.ts";

export interface BlockWriter {
  lane(): BlockLane;
  /** Offset, length, inflated length and checksum of each block. */
  finish(): Uint32Array;
  /** Where the file goes on. */
  end(): number;
}

export interface BlockLane {
  /** In which block, and where in it. */
  add(text: string): readonly [block: number, offset: number];
}

export function createBlockWriter(file: number, start: number): BlockWriter {
  const table: (readonly [offset: number, length: number, size: number, checksum: number])[] = [];
  const flushes: (() => void)[] = [];
  let end = start;
  const write = (number: number, block: Buffer) => {
    const packed = deflateRawSync(block, { level: 5 });
    if (end + packed.length >= 2 ** 32) throw new Error("an advisory file cannot be larger than 4 GB");
    for (let done = 0; done < packed.length; ) done += writeSync(file, packed, done, packed.length - done, end + done);
    table[number] = [end, packed.length, block.length, crc32(packed)];
    end += packed.length;
  };
  return {
    lane() {
      let block = Buffer.allocUnsafe(blockLength);
      let filled = 0;
      let number = -1;
      const flush = () => {
        if (filled > 0) write(number, block.subarray(0, filled));
        filled = 0;
      };
      flushes.push(flush);
      return {
        add(text) {
          const length = Buffer.byteLength(text);
          if (length > recordLimit) throw new Error("a record is larger than its parts may be");
          if (filled + length + 4 > blockLength) flush();
          // A block has its number from its first record on: lanes fill at different speeds.
          if (filled === 0) number = table.push([0, 0, 0, 0]) - 1;
          if (length + 4 > block.length) block = Buffer.allocUnsafe(length + 4);
          const offset = filled;
          block.writeUInt32LE(length, offset);
          filled += 4 + block.write(text, offset + 4);
          return [number, offset];
        },
      };
    },
    finish() {
      for (const flush of flushes) flush();
      return Uint32Array.from(table.flat());
    },
    end: () => end,
  };
}
