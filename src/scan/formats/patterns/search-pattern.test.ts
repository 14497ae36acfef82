import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { compileRegex } from "./compile-regex.ts";
import { type PatternMatch, searchAll, searchable } from "./search-pattern.ts";

function patternOf(source: string) {
  const program = compileRegex(source);
  assert.ok(!("refused" in program), "refused" in program ? program.refused : "");
  return searchable(program);
}

function matchesOf(source: string, text: string): readonly (readonly (string | undefined)[])[] {
  const found: PatternMatch[] = [];
  assert.ok(searchAll(patternOf(source), text, { left: 100_000_000 }, (match) => found.push(match) < 1000));
  return found.map((slots) =>
    Array.from({ length: slots.length / 2 }, (_, group) =>
      slots[group * 2]! < 0 ? undefined : text.slice(slots[group * 2], slots[group * 2 + 1]),
    ),
  );
}

const patterns = [
  "a.*z|b",
  "a+?b*",
  "(?i)key\\s{0,3}[:=]\\s{0,3}([a-z0-9]{4,8})\\b",
  "\\b(tok_[A-Za-z0-9]{6})\\b",
  "^x|y$",
  "(?m)^x(.*)$",
  "(?s)begin(.+?)end",
  "(a|ab)(c|bcd)(d*)",
  "(?:(?-i:AB)|cd)é",
  "[^\\n]{3}",
  "(\\w+)@(\\w+)",
  "\\Bb\\b|\\bz\\B",
  "x*",
  "(é|🔑)+",
  "(?P<key>a)(?P<rest>b{0,2})",
];
const letters = [
  "a",
  "b",
  "c",
  "d",
  "x",
  "y",
  "z",
  " ",
  "\n",
  "é",
  "🔑",
  "AB",
  "tok_",
  "key=",
  "0",
  "9",
  "begin",
  "end",
  "@",
  "_",
];

test("finds what a backtracking engine finds, over made-up texts", () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48271) % 0x7fffffff;
    return seed % below;
  };
  for (const source of patterns) {
    const flags = /^\(\?([ims]+)\)/.exec(source)?.[1] ?? "";
    const plain = source
      .replace(/^\(\?[ims]+\)/, "")
      .replaceAll("(?-i:", "(?:")
      .replaceAll("?P<", "?<");
    const native = new RegExp(plain, `g${flags}u`);
    for (let round = 0; round < 300; round++) {
      const text = Array.from({ length: random(40) }, () => letters[random(letters.length)]).join("");
      const expected = [...text.matchAll(native)].filter(([all]) => all !== "").map((match) => [...match]);
      assert.deepEqual(matchesOf(source, text), expected, `${source} in ${JSON.stringify(text)}`);
    }
  }
});

test("patterns made to stall take the time of the text, or say that they cannot", () => {
  const bombs: readonly (readonly [string, string])[] = [
    ["(a+)+$", `${"a".repeat(50_000)}b`],
    ["(a|a)*b", "a".repeat(50_000)],
    ["(.*)(.*)(.*)(.*)[^a]", "a".repeat(50_000)],
    [
      "(a|b)*a(a|b){14}c",
      Array.from({ length: 50_000 }, (_, at) => ((at * at + (at >> 3)) % 3 === 0 ? "a" : "b")).join(""),
    ],
    ["(a?){900}a{900}", "a".repeat(25_000)],
    ["((a{0,30}){0,30}){0,3}b", "a".repeat(25_000)],
    ["a(.*z)?", "a".repeat(25_000)],
    ["a{0,900}", "b".repeat(2_000_000)],
    [`(?:${"()".repeat(400)}a|b)`, "b".repeat(1_000_000)],
    ["\\b\\w+\\b.*\\b\\w+\\b!", "ab ".repeat(25_000)],
  ];
  for (const [source, text] of bombs) {
    const pattern = patternOf(source);
    takesAtMost(4, () => searchAll(pattern, text, { left: 15_000_000 }, () => true), source);
  }
});
