// biome-ignore-all lint/suspicious/noTemplateCurlyInString: holes in texts of Bicep look like that
import assert from "node:assert/strict";
import test from "node:test";
import { parseBicep } from "./parse-bicep.ts";
import type { Expression, Statement } from "./syntax.ts";

const parse = (text: string) => parseBicep({ path: "main.bicep", text });

/** The text of a statement's value. */
function valueText(text: string): string | undefined {
  const [statement] = parse(text).statements;
  if (!statement || !("value" in statement) || !statement.value) return undefined;
  return text.slice(statement.value.start, statement.value.end);
}

function expressionOf(text: string): Expression | undefined {
  const { statements, problems } = parse(text);
  assert.deepEqual(problems, [], text);
  const [statement] = statements;
  return statement?.is === "var" ? statement.value : undefined;
}

/** An expression with all its parentheses. */
function written(expression: Expression | undefined): string {
  switch (expression?.is) {
    case "literal":
      return JSON.stringify(expression.value);
    case "name":
      return expression.name;
    case "binary":
      return `(${written(expression.left)} ${expression.operator} ${written(expression.right)})`;
    case "unary":
      return `${expression.operator}${written(expression.of)}`;
    case "ternary":
      return `(${written(expression.condition)} ? ${written(expression.yes)} : ${written(expression.no)})`;
    case "access":
      return `${written(expression.of)}${expression.by}${expression.name}`;
    case "element": {
      const marks = `${expression.safe ? "?" : ""}${expression.fromEnd ? "^" : ""}`;
      return `${written(expression.of)}[${marks}${written(expression.key)}]`;
    }
    case "call":
      return `${expression.on ? `${written(expression.on)}.` : ""}${expression.name}(${expression.args.map(written).join(", ")})`;
    case "modified":
      return written(expression.of) + expression.by;
    case "lambda":
      return `(${expression.parameters.join(", ")}) => ${written(expression.body)}`;
    case "interpolation":
      return `<${expression.parts.map((part) => (typeof part === "string" ? part : `{${written(part)}}`)).join("")}>`;
    case "array":
      return `[${expression.items.map((item) => (item.is === "spread" ? `...${written(item.of)}` : written(item))).join(", ")}]`;
    case "loop":
      return `for ${expression.item} ${expression.position ?? ""} in ${written(expression.list)}: ${written(expression.body)}`;
    case "object":
    case "if":
    case "union":
    case "broken":
    case undefined:
      return expression?.is ?? "";
  }
}

test("Operators bind as the language says, and calls, steps and lambdas read through", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["a || b && c == 1 + 2 * -3", "(a || (b && (c == (1 + (2 * -3)))))"],
    ["a ?? b ?? c", "((a ?? b) ?? c)"],
    ["'A' =~ 'a' && !x.y", '(("A" =~ "a") && !x.y)'],
    ["a ? b : c ? d : e", "(a ? b : (c ? d : e))"],
    ["a\n  ? b\n  : c", "(a ? b : c)"],
    ["a.?b[?0][^1][?^2]!::c.d('x')", 'a.?b[?0][^1][?^2]!::c.d("x")'],
    ["map(x, (item, i) => item.a)", "map(x, (item, i) => item.a)"],
    ["(a\n  && b\n  || c)\n  ?? d", "(((a && b) || c) ?? d)"],
    ["f(\n  1,\n  x => x\n)", "f(1, (x) => x)"],
    ["[1, -2\n  -3\n  ...more\n  !x\n]", "[1, -2, -3, ...more, !x]"],
    ["[ /* so */ for (v, i) in list ?? []: v]", "for v i in (list ?? []): v"],
    ["if && for", "(if && for)"],
    ["{ a: 1 }['a']", 'object["a"]'],
  ];
  for (const [text, expected] of cases) assert.equal(written(expressionOf(`var x = ${text}`)), expected, text);
});

test("Texts: escapes, nested holes, lines, quotes at the end", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["'a\\'b\\\\\\n\\u{1F600}\\${x}'", JSON.stringify("a'b\\\n😀${x}")],
    ["'${'a ${b} c'}-$ {x}'", "<{<a {b} c>}-$ {x}>"],
    ["'''\nit's ${not}\n'''", JSON.stringify("it's ${not}\n")],
    ["''''''", '""'],
    ["''''abc''''", JSON.stringify("'abc'")],
    ["$'''x ${y} z'''", "<x {y} z>"],
    ["$$'''${a} $${b}'''", "<${a} {b}>"],
    ["''", '""'],
  ];
  for (const [text, expected] of cases) assert.equal(written(expressionOf(`var x = ${text}`)), expected, text);
});

test("Every kind of statement is read, with decorators, types and directives", () => {
  const text = `targetScope = 'subscription'
metadata info = { a: 1, b: 2 }
#disable-next-line no-unused-params
import { a, b as c, 'x-y' as d } from 'x.bicep'
import * as lib from './lib.bicep'
extension kubernetes with { namespace: 'x' } as k8s
@description('It\\'s')
@minLength(3) @sys.secure()
param name string?
param choice ('a' | 'b' | -1 | !true | null)[] = []
param tags resourceInput<'Microsoft.Storage/storageAccounts@2025-01-01'>.tags?
type union =
  | 'a'
  | { kind: 'x', ...other }
type tree = {
  @secure()
  'quoted-key': int [] [] ?
  @discriminator('kind')
  *: (a | b)?
}
type item = list[*].part.*
type pair = [ string, int? ]
@export()
func f(a string, b int?) object => { x: a }
var typed string = 'x'
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: 'x'
  resource secret 'secrets' = [for s in list: if (s.on) { name: s.name }]
}
resource one 'Microsoft.X/y@2020-01-01' = if (a) { resource: 1, name: 'n' }
module m 'br/public:x:1.0' = [for i in range(0, 2): { name: 'm' }]
assert positive = 1 > 0
output o string = vault::secret[0].id`;
  const { statements, problems } = parse(text);
  assert.deepEqual(problems, []);
  const kinds = statements.map(({ is }) => is).join(" ");
  assert.equal(
    kinds,
    "targetScope metadata import import extension param param param type type type type func var resource resource module assert output",
  );
  const secure = statements[5] as Extract<Statement, { is: "param" }>;
  assert.deepEqual(
    secure.decorators.map((decorator) => [decorator.name, text.slice(decorator.start, decorator.end)]),
    [
      ["description", "@description('It\\'s')"],
      ["minLength", "@minLength(3)"],
      ["secure", "@sys.secure()"],
    ],
  );
  assert.equal(text.slice(secure.start, secure.end), "param name string?");
  const vault = statements[14] as Extract<Statement, { is: "resource" }>;
  assert.equal(vault.existing, true);
  const body = vault.value.is === "object" ? vault.value : undefined;
  assert.equal(body?.resources[0]?.name.name, "secret");
  assert.equal(body?.members.length, 1);
});

test("Parameter files: using, extends, values", () => {
  const { statements, problems } = parse("using none\nextends 'a.bicepparam'\nparam x = { a: 'b' }\nvar y = 1\n");
  assert.deepEqual(problems, []);
  assert.deepEqual(
    statements.map(({ is }) => is),
    ["using", "extends", "param", "var"],
  );
});

test("Places of values begin and end where their text does", () => {
  assert.equal(valueText("var x =   { a: 1 }  // end\n"), "{ a: 1 }");
  assert.equal(valueText("param p string = 'x' // end"), "'x'");
  assert.equal(valueText("\uFEFFvar x = a.b[0].c\r\nvar y = 1"), "a.b[0].c");
});

test("Lines end with either sign, or with both", () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    const text = [
      "// a note",
      "param a string // b",
      "#disable-next-line x",
      "var c = [",
      "  1",
      "  2",
      "]",
      "var d = '''",
      "e",
      "'''",
    ];
    const { statements, problems } = parse(text.join(end));
    assert.deepEqual(problems, [], JSON.stringify(end));
    const items =
      statements[1]?.is === "var" && statements[1].value.is === "array" ? statements[1].value.items.length : 0;
    const last = statements[2]?.is === "var" && statements[2].value.is === "literal" ? statements[2].value.value : "";
    assert.deepEqual([statements.length, items, last], [3, 2, `e${end}`]);
  }
});

test("What is broken is one problem, and the rest is kept", () => {
  const names = (text: string) => {
    const { statements, problems } = parse(text);
    return { names: statements.flatMap((one) => ("name" in one ? [one.name.name] : [])), problems: problems.length };
  };
  assert.deepEqual(names("var a = 1\nvar b = )\nvar c = 3"), { names: ["a", "b", "c"], problems: 1 });
  assert.deepEqual(names("nonsense here\nvar a = 1"), { names: ["a"], problems: 1 });
  assert.deepEqual(names("var a = {\n  b: [\n\nparam c string\nvar d = 'x\nvar e = 2"), {
    names: ["a", "c", "d", "e"],
    problems: 2,
  });
  const { statements } = parse("resource r 'a/b@1' = {\n  name: 'n'\n  size: = 3\n  kind: 'k'\n}");
  const body =
    statements[0]?.is === "resource" && statements[0].value.is === "object" ? statements[0].value : undefined;
  const keys = body?.members.map((member) =>
    member.is === "property" && member.key.is === "literal" ? member.key.value : "",
  );
  assert.deepEqual([keys?.includes("name"), keys?.includes("kind"), body?.broken], [true, true, true]);
});

test("Hostile texts end soon, with a problem", () => {
  for (const piece of [
    "[",
    "{a:",
    "(",
    "'${",
    "!",
    "a[",
    "$'''${",
    "x=>",
    "a?b:",
    "@f(",
    "/*",
    "'''x",
    "type a = {b:",
    "[for x in ",
  ]) {
    const { problems } = parse(`var a = ${piece.repeat(20_000)}`);
    assert.ok(problems.length > 0, piece);
  }
});
