/** The lines of a text file, one after the other, without waiting for anything: a build asks for hundreds of thousands. Refuses lines without end. */
import { closeSync, openSync, readSync } from "node:fs";

const chunkLength = 4 * 1024 * 1024;
const longest = 64 * 1024 * 1024;

export function* readLines(path: string): Generator<string> {
  const file = openSync(path, "r");
  try {
    let rest: Buffer = Buffer.alloc(0);
    for (;;) {
      const chunk = Buffer.allocUnsafe(chunkLength);
      const count = readSync(file, chunk, 0, chunkLength, null);
      const bytes = Buffer.concat([rest, chunk.subarray(0, count)]);
      let start = 0;
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
        if (end > start) yield bytes.toString("utf8", start, end);
        start = end + 1;
      }
      rest = bytes.subarray(start);
      if (rest.length > longest) throw new Error(`${path} has a line of more than ${longest} bytes`);
      if (count === 0) break;
    }
    if (rest.length > 0) yield rest.toString("utf8");
  } finally {
    closeSync(file);
  }
}
