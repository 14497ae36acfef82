import assert from "node:assert/strict";
import { test } from "node:test";
import { readTolerant } from "./read-tolerant.ts";

test("no problem tells what a password may be part of", () => {
  const word = "Quokka7Wombat";
  for (const text of [`a: *${word}`, `a: |${word}\n b`, `a: !b!${word} x`, `a: "x" ${word}`, `a: "\\u${word}"`]) {
    const { problems } = readTolerant({ path: "azure-pipelines.yml", text });
    assert.notEqual(problems.length, 0, text);
    for (const { message } of problems) assert.doesNotMatch(message, /Quok/, text);
  }
});
