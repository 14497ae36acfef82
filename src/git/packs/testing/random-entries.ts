/** Objects and deltas of all sorts, the same for the same seed. */
import type { RandomBelow } from "#model/testing/random.ts";
import { deltaOf, type Instruction, type PackEntry } from "./write-pack.ts";

export const randomText = (random: RandomBelow, length: number) =>
  Array.from({ length }, () => "abcdefgh \n"[random(10)]).join("");

/** A delta with copies and insertions in any order, and the object it gives. */
export function randomDelta(base: Buffer, random: RandomBelow): { readonly delta: Buffer; readonly result: Buffer } {
  const instructions: Instruction[] = [];
  let result = "";
  for (let count = 1 + random(8); count > 0; count--) {
    if (random(3) === 0 || base.length === 0) {
      const text = randomText(random, 1 + random(60));
      instructions.push(text);
      result += text;
    } else {
      const from = random(base.length);
      const length = 1 + random(base.length - from);
      instructions.push({ from, length });
      result += base.toString("latin1", from, from + length);
    }
    if (result.length > 20_000) break;
  }
  return { delta: deltaOf(base.length, result.length, instructions), result: Buffer.from(result, "latin1") };
}

export function randomEntries(random: RandomBelow, count: number): readonly PackEntry[] {
  const entries: PackEntry[] = [];
  const bytesOf = (entry: PackEntry) => (entry.is === "blob" ? entry.bytes : entry.result);
  for (let number = 0; number < count; number++) {
    if (number < 2) entries.push({ is: "blob", bytes: Buffer.from(randomText(random, 400 + random(3000))) });
    else {
      const on = random(4) === 0 ? random(number) : number - 1;
      entries.push({ is: "delta", on, byId: random(3) === 0, ...randomDelta(bytesOf(entries[on]!), random) });
    }
  }
  return entries;
}
