/**
 * Reads ranges of a file of any size. Files up to a limit are read once, into memory that all threads share: families of
 * deltas jump about in a pack, and of 260,000 objects every third was in none of 32 blocks of a megabyte kept (16 s of
 * system time, now 0.2). Larger ones are read through blocks; there a range is valid until the next one is asked for.
 */
import { closeSync, fstatSync, readSync } from "node:fs";
import { openRegular, openRegularSync } from "./open-regular.ts";
import { PackDamage } from "./pack-damage.ts";

export interface ByteRanges {
  readonly size: number;
  /** Makes the bytes [offset, offset + length) available, as far as the file has them, and answers where in `bytes()` they begin. */
  seek(offset: number, length: number): number;
  bytes(): Buffer;
  close(): void;
}

const largestHeld = 1024 * 1024 * 1024;
const blockSize = 64 * 1024;
const blocksKept = 1024;
/** An entry that claims more than this is not read by us. */
const longestRange = 512 * 1024 * 1024;

/** All bytes of the file, for every thread; undefined if there are too many to hold. */
export async function readHeld(file: string): Promise<Uint8Array<SharedArrayBuffer> | undefined> {
  const handle = await openRegular(file);
  try {
    const { size } = await handle.stat();
    if (size > largestHeld) return undefined;
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    for (let done = 0; done < size; ) {
      const { bytesRead } = await handle.read(bytes, done, Math.min(size - done, 16 * 1024 * 1024), done);
      if (bytesRead === 0) throw new PackDamage("the file ends early");
      done += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}

export function openByteRanges(file: string, held?: Uint8Array): ByteRanges {
  return held === undefined ? openBlocks(file) : heldRanges(Buffer.from(held.buffer, held.byteOffset, held.length));
}

function heldRanges(bytes: Buffer): ByteRanges {
  return {
    size: bytes.length,
    bytes: () => bytes,
    seek(offset, length) {
      if (!(offset >= 0 && offset < Math.min(bytes.length, offset + length))) throw outside();
      return offset;
    },
    close: () => {},
  };
}

function outside(): PackDamage {
  return new PackDamage("an offset outside of the file");
}

// oxlint-disable-next-line max-lines-per-function -- its parts share one file and its blocks, and each is short
function openBlocks(file: string): ByteRanges {
  const descriptor = openRegularSync(file);
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
    if (known) {
      // The longest unused one comes first.
      blocks.delete(index);
      blocks.set(index, known);
      return known;
    }
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
      if (!(offset >= 0 && offset < end)) throw outside();
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
