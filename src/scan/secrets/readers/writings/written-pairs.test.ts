import assert from "node:assert/strict";
import { test } from "node:test";
import { sample } from "../../examples/example-values.ts";
import { anyFacts } from "../../paths/path-facts.ts";
import { reportedScore } from "../../scoring/score.ts";
import { readWrittenPairs } from "./written-pairs.ts";

const first = `gT${sample("base62", 9, "written")}7`;
const second = `gT${sample("base62", 9, "below")}7`;

/** What is found at the name that the text begins with, and its sign. */
function inTable(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const end = text.search(/[=:]/) + 1;
  return readWrittenPairs({ bytes, facts: anyFacts }, { start: 0, end })
    .candidates.filter(({ score = 0 }) => score >= reportedScore)
    .map((place) => bytes.toString("utf8", place.start, place.end));
}

test("a comment between entries, or behind one, does not end a table", () => {
  assert.deepEqual(inTable(`users = {\n  # of the shop\n  "ops": "${first}",  # the first\n  "ann": "${second}"\n}`), [
    first,
    second,
  ]);
  assert.deepEqual(inTable(`users: {\r\n  ops: '${first}', // the first\r\n  ann: '${second}' // last\r\n}`), [
    first,
    second,
  ]);
});

test("every entry is read", () => {
  const others = Array.from({ length: 60 }, (_, index) => `  "ops${index}": "changeme",\n`).join("");
  assert.deepEqual(inTable(`users = {\n${others}  "ann": "${second}",\n}`), [second]);
});

test("an entry that is empty or taken from elsewhere does not end a table", () => {
  for (const other of ['""', "None", 'env("OPS")', "process.env.OPS", "ENV['OPS']", "System.getenv('OPS')"])
    assert.deepEqual(inTable(`passwords = {"ops": ${other}, "ann": "${second}"}`), [second], other);
  assert.deepEqual(inTable(`users = [("ops", None), ("ann", "${second}")]`), [second]);
});

test("a record is no table of users, whatever its fields hold", () => {
  for (const other of ["true", "4", "{}", '"a" + "b"', "OPS"])
    assert.deepEqual(inTable(`users = {"ops": ${other}, "ann": "${second}"}`), [], other);
  assert.deepEqual(inTable(`users = {name: NAME, ann: "${second}"}`), []);
});
