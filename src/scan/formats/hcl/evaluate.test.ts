// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of HCL look like that
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Node } from "../node.ts";
import { spanOf, type TextFile } from "../text-file.ts";
import { evaluate } from "./evaluate.ts";
import { parseHclExpression } from "./parse-hcl.ts";
import { newRun } from "./scope.ts";

/** Values as JSON; what is not known as `?reason`, with its text behind `|`. */
function plain(node: Node): unknown {
  if (node.is === "scalar") return node.value;
  if (node.is === "unknown") return `?${node.reason}${node.text === undefined ? "" : ` | ${node.text}`}`;
  const open = node.open === undefined ? [] : [`?${node.open}`];
  if (node.is === "list") return [...node.items.map(plain), ...open];
  const entries = node.keys().map((key) => [key, plain(node.get(key)?.value ?? node)] as const);
  return Object.fromEntries(open.length > 0 ? [...entries, ["?", node.open]] : entries);
}

const files: Readonly<Record<string, TextFile>> = {
  "a.txt": { path: "a.txt", text: "text of a" },
  "a.tpl": { path: "a.tpl", text: "Hello ${name}%{ for x in xs }, ${x}%{ endfor }" },
};

function value(text: string): Node {
  const expression = parseHclExpression({ path: "a.tf", text });
  assert.ok("is" in expression, text);
  const at = { file: { path: "elsewhere.tf", text: "" }, start: 0, end: 0 };
  const unknown: Node = { is: "unknown", at, reason: "not known", refs: ["a_b.c"] };
  const find = (name: string): Node | undefined => (name === "u" ? unknown : undefined);
  return evaluate(expression, { find, run: newRun((path) => files[path]) });
}

test("expressions give values", () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ["1 + 2 * 3 - -1", 8],
    ["7 % 4 / 2", 1.5],
    ['"a" == "a" && 1 != 2', true],
    ['true ? "x" : u', "x"],
    ['"${"n"}-${1.5}-${true}"', "n-1.5-true"],
    ["[1, [2]]", [1, [2]]],
    ['{ a = 1, ("b${1}") = { c = 2 } }', { a: 1, b1: { c: 2 } }],
    ["{ a = { b = [5, 6] } }.a.b[1]", 6],
    ["[{ a = 1 }, { a = 2 }][*].a", [1, 2]],
    ["[{ a = 1 }, { a = 2 }].*.a", [1, 2]],
    ["{ a = 1 }[*].a", [1]],
    ["null[*]", []],
    ["[for i, x in [7, 8, 9] : i * x if i > 0]", [8, 18]],
    ["{ for k, v in { a = 1, b = 2 } : upper(k) => v + 1 }", { A: 2, B: 3 }],
    ['{ for x in ["a", "b", "ab"] : substr(x, 0, 1) => x... }', { a: ["a", "ab"], b: ["b"] }],
    ['"%{ for x in [1, 2] }<${x}>%{ endfor }%{ if false }a%{ else }b%{ endif }"', "<1><2>b"],
    ["max([1, 3, 2]...)", 3],
    ['try(nothing.x, { a = 1 }.b, "last")', "last"],
    ["can({ a = 1 }.b)", false],
    ["can([1][0])", true],
    ['file("a.txt")', "text of a"],
    ['templatefile("a.tpl", { name = "N", xs = [1, 2] })', "Hello N, 1, 2"],
    ['fileexists("a.txt")', true],
  ];
  for (const [text, expected] of cases) assert.deepEqual(plain(value(text)), expected, text);
});

test("what is not known stays a value", () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ["u", "?not known"],
    ["u.a[0].b", "?not known"],
    ["[1, u]", [1, "?not known"]],
    ["u + 1", "?not known"],
    ["u && false", false],
    ["true || u", true],
    ["u ? 1 : 1", 1],
    ["u ? 1 : 2", "?not known"],
    ['"a-${u}-b"', "?not known | a-${...}-b"],
    ["[for x in u : x]", "?not known"],
    ["[for x in [1, 2] : x if u]", ["?not known"]],
    ["{ (u) = 1, b = 2 }", { b: 2, "?": "not known" }],
    ["try(u, 1)", "?not known"],
    ["u[*].a", "?not known"],
    ['file("missing.txt")', "?the file missing.txt is not read"],
    ["nothing", "?there is nothing named nothing"],
    ["1 / 0", "?division by zero"],
    ["provider::x::f(1)", "?the function provider::x::f is not known"],
  ];
  for (const [text, expected] of cases) assert.deepEqual(plain(value(text)), expected, text);
  const encoded = value("jsonencode({ a = u, b = 1 })");
  assert.ok(encoded.is === "unknown");
  assert.deepEqual(encoded.refs, ["a_b.c"]);
  assert.ok(encoded.content?.is === "block");
  assert.equal(plain(encoded.content.get("b")?.value ?? encoded), 1);
});

test("a value knows where it is used and what decided it", () => {
  const node = value('{\n  a = "x"\n}.a');
  assert.equal(spanOf(node.at).startLine, 1);
  assert.ok(node.from);
  assert.deepEqual(
    [spanOf(node.from).startLine, spanOf(node.from).startColumn, spanOf(node.from).endColumn],
    [2, 7, 10],
  );
});

test("values that multiply are given up", () => {
  const chained = `a${".b".repeat(50_000)}`;
  assert.match(String(plain(value(chained))), /more than \d+ steps/);
  const loops = "[for a in range(100) : [for b in range(1000) : [for c in range(1000) : a]]]";
  const node = value(loops);
  assert.ok(node.is === "list" && node.items.length === 100);
});
