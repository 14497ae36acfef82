/** Makes version 7 UUIDs (RFC 9562): they sort by age, also within one millisecond of one process. */
import { randomFillSync } from "node:crypto";

const random = Buffer.alloc(10);
let lastMilliseconds = 0;
let sequence = 0;

/** The type argument says which branded id is meant: `newId<ScanId>()`. */
export function newId<Id extends string = string>(): Id {
  // Wall clock on purpose: it only orders ids, nothing reads the time back.
  let milliseconds = Math.max(Date.now(), lastMilliseconds);
  sequence = milliseconds === lastMilliseconds ? sequence + 1 : 0;
  if (sequence > 0xfff) {
    milliseconds += 1;
    sequence = 0;
  }
  lastMilliseconds = milliseconds;
  randomFillSync(random);
  const time = milliseconds.toString(16).padStart(12, "0");
  const counter = sequence.toString(16).padStart(3, "0");
  const variant = (0x8000 | (random.readUInt16BE(0) & 0x3fff)).toString(16);
  const rest = random.toString("hex", 2, 8);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${variant}-${rest}` as Id;
}
