/** Texts that wait on disk between the two passes of a build, so that its memory does not grow with the details of advisories. */
import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";

export interface Spill {
  /** Where it lies. */
  write(text: string): Place;
  read(place: Place): string;
  close(): void;
}

export interface Place {
  readonly offset: number;
  readonly length: number;
}

const chunkLength = 1024 * 1024;

export function openSpill(path: string): Spill {
  const file = openSync(path, "w+", 0o600);
  let chunk = Buffer.allocUnsafe(chunkLength);
  let filled = 0;
  let written = 0;
  const flush = () => {
    for (let done = 0; done < filled; ) done += writeSync(file, chunk, done, filled - done, written + done);
    written += filled;
    filled = 0;
  };
  return {
    write(text) {
      const length = Buffer.byteLength(text);
      if (filled + length > chunk.length) flush();
      if (length > chunk.length) chunk = Buffer.allocUnsafe(length);
      filled += chunk.write(text, filled);
      return { offset: written + filled - length, length };
    },
    read({ offset, length }) {
      if (filled > 0) flush();
      const buffer = Buffer.allocUnsafe(length);
      for (let done = 0; done < length; ) {
        const count = readSync(file, buffer, done, length - done, offset + done);
        if (count === 0) throw new Error(`${path} is shorter than what was written to it`);
        done += count;
      }
      return buffer.toString("utf8");
    },
    close() {
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
}
