/**
 * Reads ranges of a file of any size through a few blocks, so that neighbouring ranges cost one reading. The range handed
 * out is valid until the next one is asked for.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { PackDamage } from "./pack-damage.ts";

export interface ByteRanges {
  readonly size: number;
  /** Makes the bytes [offset, offset + length) available, as far as the file has them, and answers where in `bytes()` they begin. */
  seek(offset: number, length: number): number;
  bytes(): Buffer;
  close(): void;
}

const blockSize = 1024 * 1024;
/** Families jump back and forth within some megabytes. */
const blocksKept = 32;
/** An entry that claims more than this is not read by us. */
const longestRange = 512 * 1024 * 1024;

// oxlint-disable-next-line max-lines-per-function -- its parts share one file and its blocks, and each is short
export function openByteRanges(file: string): ByteRanges {
  const descriptor = openSync(file, "r");
  const { size } = fstatSync(descriptor);
  const blocks = new Map<number, Buffer>();
  const spare: Buffer[] = [];
  let current: Buffer = Buffer.alloc(0);
  let wide = Buffer.alloc(0);

  const fill = (target: Buffer, from: number, length: number) => {
    let done = 0;
    while (done < length) {
      const got = readSync(descriptor, target, done, length - done, from + done);
      if (got === 0) throw new PackDamage("the file ends early");
      done += got;
    }
  };
  const blockOf = (index: number): Buffer => {
    const known = blocks.get(index);
    if (known) return known;
    if (blocks.size >= blocksKept) {
      const [oldest] = blocks.keys();
      if (oldest !== undefined) {
        spare.push(blocks.get(oldest) as Buffer);
        blocks.delete(oldest);
      }
    }
    const block = spare.pop() ?? Buffer.allocUnsafeSlow(blockSize);
    fill(block, index * blockSize, Math.min(blockSize, size - index * blockSize));
    blocks.set(index, block);
    return block;
  };

  return {
    size,
    bytes: () => current,
    seek(offset, length) {
      const end = Math.min(size, offset + length);
      if (!(offset >= 0 && offset < end)) throw new PackDamage("an offset outside of the file");
      const index = Math.floor(offset / blockSize);
      const start = offset - index * blockSize;
      if (end - index * blockSize <= blockSize) {
        current = blockOf(index);
        return start;
      }
      const wanted = end - offset;
      if (wanted > longestRange) throw new PackDamage("an entry of unlikely length");
      if (wide.length < wanted) wide = Buffer.allocUnsafeSlow(Math.max(wanted, blockSize));
      if (wanted > blockSize) fill(wide, offset, wanted);
      else {
        const head = blockOf(index).copy(wide, 0, start, blockSize);
        blockOf(index + 1).copy(wide, head, 0, wanted - head);
      }
      current = wide;
      return 0;
    },
    close: () => closeSync(descriptor),
  };
}
