/** Counts how characters follow each other in source code, and packs the surprise of every triple into four bits. */
import { deflateRawSync } from "node:zlib";
import { rarityClass, rarityClasses, rarityStep } from "../../src/scan/secrets/scoring/rarity.ts";
import type { SourcePackage } from "./packages.ts";

const smoothing = 0.02;
const longestLine = 300;
const longestWord = 40;
const other = 44;
const space = 43;

/** The table as it is kept: deflated, in base64. */
export function packTriples(triples: Buffer): string {
  return deflateRawSync(triples, { level: 9 }).toString("base64");
}

/** Two entries to a byte. A line counts once in a package, so that repeated code does not outvote language. */
export function tripleTable(packages: readonly SourcePackage[]): Buffer {
  const counts = new Float64Array(rarityClasses ** 3);
  for (const { files } of packages) {
    const lines = new Set(files.flatMap(({ text }) => text.split("\n").map((line) => line.trim())));
    for (const line of lines) if (line.length <= longestLine) countLine(line, counts);
  }
  const packed = Buffer.alloc(Math.ceil(counts.length / 2));
  for (let pair = 0; pair < rarityClasses ** 2; pair++) {
    const row = counts.subarray(pair * rarityClasses, (pair + 1) * rarityClasses);
    const total = row.reduce((sum, count) => sum + count, 0) + smoothing * rarityClasses;
    row.forEach((count, index) => {
      const bits = -Math.log2((count + smoothing) / total);
      const at = pair * rarityClasses + index;
      packed[at >> 1]! |= Math.min(15, Math.round(bits / rarityStep)) << ((at & 1) * 4);
    });
  }
  return packed;
}

/** Words behind a space, as values are read; longer runs are data, and tell nothing about language. */
function countLine(line: string, counts: Float64Array): void {
  for (const [word] of line.matchAll(/[\w./+=$-]+/g)) {
    if (word.length > longestWord || (word.length > 20 && /\d.*[a-z].*\d.*[A-Z]|[A-Z].*\d.*[a-z].*\d/.test(word)))
      continue;
    let before = other;
    let last = space;
    for (let at = 0; at < word.length; at++) {
      const now = rarityClass(word.charCodeAt(at));
      counts[(before * rarityClasses + last) * rarityClasses + now]!++;
      before = last;
      last = now;
    }
  }
  for (const [words] of line.matchAll(/[a-z]{2,} (?=[a-z]{2})/gi)) {
    counts[triple(words.at(-3)!, words.at(-2)!, " ")]!++;
  }
}

function triple(a: string, b: string, c: string): number {
  const [first, second, third] = [a, b, c].map((character) => rarityClass(character.charCodeAt(0)));
  return (first! * rarityClasses + second!) * rarityClasses + third!;
}
