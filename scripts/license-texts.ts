/**
 * Writes what licence texts are recognised by (`src/scan/licenses/license-texts.json`): numbers for the words of the SPDX
 * texts, from which the texts cannot be read. Run it by hand after the packages were raised, or after the words of a text
 * are told apart differently; what it writes is committed.
 */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { gramsOf, licenseWords } from "../src/scan/licenses/license-words.ts";
import { presentId } from "../src/scan/licenses/spdx-ids.ts";

const require = createRequire(import.meta.url);
const listed = require("spdx-license-list/full") as Readonly<Record<string, { readonly licenseText: string }>>;

const byWords = new Map<string, string[]>();
for (const [id, { licenseText }] of Object.entries(listed)) {
  // Many copies end before the advice on how to apply the licence.
  const end = licenseText.search(/\bEND OF TERMS AND CONDITIONS\b/i);
  for (const text of end < 0 ? [licenseText] : [licenseText, licenseText.slice(0, end)]) {
    const words = licenseWords(text).words.join(" ");
    const ids = byWords.get(words);
    if (ids === undefined) byWords.set(words, [id]);
    else if (!ids.includes(id)) ids.push(id);
  }
}

// First the id that says least more than the text.
const rank = (id: string) =>
  (presentId(id) === id ? 0 : 4) + (id.endsWith("-only") ? 0 : 1) + (/-or-later$|-invariants-/.test(id) ? 2 : 0);
const texts = [...byWords].map(([words, ids]) => ({
  ids: ids.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)),
  length: words.split(" ").length,
  grams: new Set(gramsOf(words.split(" "))),
}));

const holders = new Map<number, number[]>();
for (const [number, { grams }] of texts.entries()) {
  for (const gram of grams) {
    const known = holders.get(gram);
    if (known) known.push(number);
    else holders.set(gram, [number]);
  }
}
// Grams in order, each as its distance from the one before; then who has it: how many, and their distances.
const bytes: number[] = [];
let last = 0;
for (const [gram, numbers] of [...holders].toSorted(([a], [b]) => a - b)) {
  put(gram - last);
  last = gram;
  put(numbers.length);
  let before = -1;
  for (const number of numbers) {
    put(number - before - 1);
    before = number;
  }
}

function put(value: number): void {
  let left = value;
  while (left >= 128) {
    bytes.push((left % 128) + 128);
    left = Math.floor(left / 128);
  }
  bytes.push(left);
}

const packed = brotliCompressSync(Buffer.from(bytes));
const data = {
  ids: texts.map(({ ids }) => ids),
  lengths: texts.map(({ length }) => length),
  gramCount: holders.size,
  grams: packed.toString("base64"),
};
writeFileSync(join(import.meta.dirname, "../src/scan/licenses/license-texts.json"), `${JSON.stringify(data)}\n`);
console.log(`${texts.length} texts, ${holders.size} grams, ${bytes.length} bytes`);
