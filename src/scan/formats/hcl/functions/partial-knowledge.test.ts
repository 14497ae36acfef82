import assert from "node:assert/strict";
import { test } from "node:test";
import type { Node } from "../../node.ts";
import { child, itemsOf } from "../../node.ts";
import { gap, list, scalar } from "./answer.ts";
import { callFunction } from "./call-function.ts";
import { call, node, place, plainOf, unknownOf, type Value } from "./testing/values.ts";

const x = unknownOf("aws_s3_bucket.x");
const named = unknownOf("aws_s3_bucket.x", `logs-${gap}`);
const open = list([node("a")], place, "unknown loop");

const cases: readonly (readonly [string, readonly Value[], unknown])[] = [
  ["upper", [x], "?"],
  ["upper", [named], `?LOGS-${gap}`],
  ["format", ["arn:aws:s3:::%s/*", x], `?arn:aws:s3:::${gap}/*`],
  ["format", ["%s-%03d", named, x], `?logs-${gap}-${gap}`],
  ["formatlist", ["%s/*", ["a", x]], ["a/*", `?${gap}/*`]],
  ["join", ["/", ["a", x, named]], `?a/${gap}/logs-${gap}`],
  ["join", [",", open], `?a,${gap}`],
  ["replace", [named, "logs", "data"], `?data-${gap}`],
  ["startswith", [named, "log"], true],
  ["startswith", [named, "data"], false],
  ["startswith", [named, "logs-a"], "?"],
  ["endswith", [named, "x"], "?"],
  ["strcontains", [named, "gs-"], true],
  ["strcontains", [named, "q"], "?"],
  ["length", [["a", x]], 2],
  ["length", [open], "?"],
  ["concat", [["a"], x], ["a", "?", "..."]],
  ["concat", [x, []], "?"],
  ["flatten", [[["a"], x]], ["a", "?", "..."]],
  ["merge", [{ a: 1 }, x, { b: 2 }], { a: "?", b: 2, "...": true }],
  ["merge", [x, { b: 2 }], { b: 2, "...": true }],
  ["coalesce", [null, "a", x], "a"],
  ["coalesce", [x, "a"], "?"],
  ["lookup", [{ a: 1 }, x, 2], "?"],
  ["lookup", [{ a: x }, "b", 2], 2],
  ["element", [["a", x], 0], "a"],
  ["element", [open, 0], "?"],
  ["contains", [["a", x], "a"], true],
  ["contains", [["a", x], "b"], "?"],
  ["contains", [open, "b"], "?"],
  ["anytrue", [[x, true]], true],
  ["alltrue", [[x, true]], "?"],
  ["compact", [["a", x]], ["a", "?", "..."]],
  ["distinct", [["a", x, "a"]], ["a", "?"]],
  ["setunion", [["a"], x], ["a", "?", "..."]],
  [
    "zipmap",
    [
      ["a", x],
      [1, 2],
    ],
    { a: 1, "...": true },
  ],
  ["sort", [["b", x, "a"]], ["a", "b", "?"]],
  ["jsonencode", [{ b: [x], a: "1" }], `?{"a":"1","b":["${gap}"]}`],
  ["tostring", [named], `?logs-${gap}`],
  ["sensitive", [x], "?"],
];

for (const [name, args, want] of cases) {
  test(`${name}(${args.map((arg) => JSON.stringify(plainOf(node(arg)))).join(", ")})`, () => {
    assert.deepEqual(plainOf(call(name, ...args)), want);
  });
}

test("what a result depends on is kept, and why it is unknown", () => {
  const y = unknownOf("aws_kms_key.y");
  for (const result of [
    call("join", "-", [x, y]),
    call("format", "%s%s", x, y),
    call("jsonencode", { a: [x], b: y }),
  ]) {
    assert.equal(result.is, "unknown");
    assert.deepEqual(result.is === "unknown" && [...result.refs].sort(), ["aws_kms_key.y", "aws_s3_bucket.x"]);
  }
  const reasons: readonly (readonly [Node, string])[] = [
    [call("upper", x), "aws_s3_bucket.x is not known"],
    [call("upper"), "upper: 1 argument expected, 0 given"],
    [call("substr", "a", 1), "substr: 3 arguments expected, 2 given"],
    [call("upper", ["a"]), "upper: argument 1: a string was expected, a list was given"],
    [call("keys", "a"), "keys: the argument must be an object; a string was given"],
    [call("provider::aws::arn_parse", "a"), "the function provider::aws::arn_parse is not known"],
    [call("regex", "(?=a)", "a"), "regex: the pattern cannot be read: RE2 has no such group"],
  ];
  for (const [result, reason] of reasons) assert.equal(result.is === "unknown" && result.reason, reason);
});

test("items keep the text that wrote them; what is handed through is decided there", () => {
  const text = 'a = "one"\nb = lower(a)\n';
  const file = { path: "a.tf", text };
  const item: Node = scalar("one", { file, start: 4, end: 9 });
  const at = { file, start: 14, end: 22 };
  const joined = callFunction("concat", [list([item], at), list([], at)], at);
  assert.equal(itemsOf(joined)[0], item);
  const taken = callFunction("coalesce", [item], at);
  assert.deepEqual([taken.at, taken.from], [at, item.at]);
  const lowered = callFunction("lower", [{ ...item, at, from: item.at }], at);
  assert.deepEqual([lowered.at, lowered.from], [at, item.at]);
});

test("what was encoded keeps its structure; what is decoded finds its places in a heredoc", () => {
  const structure = node({ Action: "*" });
  const encoded = callFunction("jsonencode", [structure], place);
  assert.equal(encoded.is === "scalar" && encoded.content, structure);
  assert.equal(callFunction("jsondecode", [encoded], place), structure);
  const json = '{ "a": ["x"] }\n';
  const file = { path: "a.tf", text: `p = <<EOT\n${json}EOT\n` };
  const source: Node = scalar(json, { file, start: 4, end: file.text.length - 1 });
  const decoded = callFunction("jsondecode", [source], place);
  const x = itemsOf(child(decoded, "a"))[0];
  assert.equal(x && file.text.slice(x.at.start, x.at.end), '"x"');
});

test("nothing multiplies itself, nothing hangs", () => {
  const long = "a".repeat(5000);
  for (const pattern of ["(a+)+b", "(a|a)*b", "(.*)*.*.*x", "((((a*)*)*)*)*b", "(?i:a{500}){2}c"]) {
    assert.equal(call("regexall", pattern, long).is, "list");
  }
  assert.equal(call("regexall", "(((a{1000}){1000}){1000})", "a").is, "unknown");
  assert.equal(call("replace", "a".repeat(2000), "a", "b".repeat(2000)).is, "unknown");
  assert.equal(call("setproduct", ...Array(10).fill(["1", "2", "3"])).is, "unknown");
  let deep: Value = "x";
  for (let level = 0; level < 10_000; level++) deep = list([node(deep)], place);
  for (const name of ["jsonencode", "yamlencode", "flatten", "toset", "distinct"]) call(name, deep);
  call("contains", [deep], deep);
  let wide: Node = node(["x", "x"]);
  for (let level = 0; level < 60; level++) wide = list([wide, wide], place);
  for (const name of ["jsonencode", "flatten"]) assert.equal(call(name, wide).is === "scalar", false);
  call("contains", [wide], list([wide, wide], place));
});
