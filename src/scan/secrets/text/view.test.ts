import assert from "node:assert/strict";
import { test } from "node:test";
import { anyFacts } from "../paths/path-facts.ts";
import { isWordAt } from "./provider-words.ts";
import { beginsLine, latinText, lineStart, nextLine, startsToken, type View } from "./view.ts";

const viewOf = (text: string): View => ({ bytes: Buffer.from(text), facts: anyFacts });

test("text for patterns keeps its offsets, and no letter is white space", () => {
  const text = latinText(Buffer.from("à Р\u00a0x"), 0, 99);
  assert.equal(text.length, Buffer.byteLength("à Р\u00a0x"));
  assert.deepEqual(text.split(/\s+/).length, 3);
  assert.ok(text.endsWith("  x"));
});

test("the next line begins behind the line feed, at the end of what is looked at, or of the file", () => {
  const view = viewOf("one\r\ntwo");
  assert.deepEqual([nextLine(view, 0, 99), nextLine(view, 0, 4), nextLine(view, 5, 99)], [5, 4, 8]);
});

test("a line begins with the file and behind a line feed", () => {
  const view = viewOf("one\ntwo, and more");
  assert.deepEqual(
    [lineStart(view, 2), lineStart(view, 6), lineStart(view, 15, 4)].map((at) => [at, beginsLine(view, at)]),
    [
      [0, true],
      [4, true],
      [11, false],
    ],
  );
});

test("a token or a word begins behind the letter of an escape, and within no word", () => {
  const begins = (before: string) => {
    const bytes = Buffer.from(`${before}acme 0123456789abcdef`);
    return [startsToken(bytes, before.length), isWordAt(bytes, before.length, before.length + 4)];
  };
  for (const before of ["", " ", "\\n", "\\r", "\\t"]) assert.deepEqual(begins(before), [true, true], before);
  assert.deepEqual(begins("%3D"), [true, false]);
  for (const before of ["n", "\\b", "\\x", "%zD"]) assert.deepEqual(begins(before), [false, false], before);
});
