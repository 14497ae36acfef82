import assert from "node:assert/strict";
import { test } from "node:test";
import { nameWords } from "../assignments/name-words.ts";
import { sample } from "../examples/example-values.ts";
import { pathFacts } from "../paths/path-facts.ts";
import { reportedScore } from "./score.ts";
import { scoreLiteral } from "./score-literal.ts";

function scoreOf(name: string, value: string): number {
  const facts = pathFacts("src/a.ts");
  assert.ok(facts !== undefined);
  const assignment = {
    name,
    start: 0,
    end: value.length,
    quoted: true,
    lexical: "plain",
    syntax: "assignment",
  } as const;
  return scoreLiteral({ assignment, words: nameWords(name), kind: "key", value }, facts).score;
}

function uuid(seed: string): string {
  const digits = sample("hexLower", 32, seed);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

test("of UUIDs none is likelier than another, unless somebody typed it", () => {
  const scores = Array.from({ length: 40 }, (_, at) => scoreOf("apiKey", uuid(`uuid ${at}`)));
  assert.equal(new Set(scores).size, 1);
  assert.ok((scores[0] ?? 0) >= reportedScore);
  for (const typed of ["abcdef01-2345-6789-abcd-ef0123456789", "11112222-1111-2222-1111-222211112222"])
    assert.ok(scoreOf("apiKey", typed) < (scores[0] ?? 0), typed);
});
