import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceFileOf } from "./source-file-of.ts";

const text = 'a = "ä😀"\nb\n';

function utf32(order: "writeUInt32LE" | "writeUInt32BE"): Buffer {
  const letters = [0xfeff, ...Array.from(text, (letter) => letter.codePointAt(0) ?? 0)];
  const bytes = Buffer.alloc(letters.length * 4);
  for (const [index, letter] of letters.entries()) bytes[order](letter, index * 4);
  return bytes;
}

const big = Buffer.from(`\uFEFF${text}`, "utf16le").swap16();

for (const [name, bytes] of Object.entries({
  "UTF-8": Buffer.from(text),
  "UTF-16, little": Buffer.from(`\uFEFF${text}`, "utf16le"),
  "UTF-16, big": big,
  "UTF-32, little": utf32("writeUInt32LE"),
  "UTF-32, big": utf32("writeUInt32BE"),
})) {
  test(`a file is read to the same text: ${name}`, () => {
    assert.equal(sourceFileOf("a.txt", "", bytes).text(), text);
  });
}

test("what only begins like UTF-32 is no text", () => {
  const bytes = Buffer.from([0xff, 0xfe, 0, 0, 0xff, 0xff, 0xff, 0xff]);
  assert.notEqual(sourceFileOf("a.bin", "", bytes).text(), text);
});
