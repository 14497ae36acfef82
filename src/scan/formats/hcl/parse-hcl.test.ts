// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of HCL look like that
import assert from "node:assert/strict";
import { test } from "node:test";
import { positionOf } from "../text-file.ts";
import { parseHcl, parseHclBlock, parseHclExpression, reparseHclBlock } from "./parse-hcl.ts";
import type { Body, Expression, Item, TemplatePart } from "./syntax.ts";

/** The tree in a few characters, to compare. */
function shape(expression: Expression): string {
  switch (expression.is) {
    case "literal":
      return JSON.stringify(expression.value);
    case "name":
      return expression.name;
    case "get":
      return `${shape(expression.of)}.${expression.name}`;
    case "index":
      return `${shape(expression.of)}[${shape(expression.key)}]`;
    case "splat":
      return `${shape(expression.of)}[*](${shape(expression.each)})`;
    case "item":
      return "_";
    case "call":
      return `${expression.name}(${expression.args.map(shape).join(", ")}${expression.expand ? "..." : ""})`;
    case "list":
      return `[${expression.items.map(shape).join(", ")}]`;
    case "object":
      return `{${expression.entries.map(({ key, value }) => `${shape(key)}: ${shape(value)}`).join(", ")}}`;
    case "conditional":
      return `(${shape(expression.test)} ? ${shape(expression.yes)} : ${shape(expression.no)})`;
    case "binary":
      return `(${shape(expression.left)} ${expression.operator} ${shape(expression.right)})`;
    case "unary":
      return `${expression.operator}${shape(expression.of)}`;
    case "template":
      return `\`${expression.parts.map(partShape).join("")}\``;
    case "for": {
      const { keyName, valueName, collection, key, value, grouped, test: when } = expression;
      const names = keyName ? `${keyName}, ${valueName}` : valueName;
      const result = `${key ? `${shape(key)} => ` : ""}${shape(value)}${grouped ? "..." : ""}`;
      return `for(${names} in ${shape(collection)}: ${result}${when ? ` if ${shape(when)}` : ""})`;
    }
  }
}

function partShape(part: TemplatePart): string {
  if (part.is === "text") return part.value;
  if (part.is === "interpolation") return `<${shape(part.value)}>`;
  const parts = (list: readonly TemplatePart[]) => list.map(partShape).join("");
  if (part.is === "when") return `<if ${shape(part.test)}|${parts(part.yes)}|${parts(part.no)}>`;
  return `<for ${part.valueName} in ${shape(part.collection)}|${parts(part.parts)}>`;
}

function expressionShape(text: string): string {
  const parsed = parseHclExpression({ path: "a.tf", text });
  return "is" in parsed ? shape(parsed) : `problem: ${parsed.message}`;
}

test("expressions are read with their precedence", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["1 + 2 * 3 - 4", "((1 + (2 * 3)) - 4)"],
    ["a || b && c == d < e + f * !g", "(a || (b && (c == (d < (e + (f * !g))))))"],
    ["a ? b : c ? d : e", "(a ? b : (c ? d : e))"],
    ["-(1 - 2)", "-(1 - 2)"],
    ["1.5e3", "1500"],
    ["0.25", "0.25"],
    ["a-b", "a-b"],
    ["a.b[0].c", "a.b[0].c"],
    ["a.0.b", "a[0].b"],
    ['a["x"]', 'a["x"]'],
    ["a[*].b[0].c", "a[*](_.b[0].c)"],
    ["a.*.b[0]", "a[*](_.b)[0]"],
    ["a[*].b[*].c", "a[*](_.b)[*](_.c)"],
    ["f(a, b...)", "f(a, b...)"],
    ["f(\n a,\n b,\n)", "f(a, b)"],
    ["provider::aws::arn_parse(x)", "provider::aws::arn_parse(x)"],
    ["[1, # one\n 2, /* two */]", "[1, 2]"],
    ["[]", "[]"],
    ['{ a = 1, "b" : 2\n (c) = 3\n d.e = 4 }', '{"a": 1, "b": 2, c: 3, d.e: 4}'],
    ["{ for = 1 }", '{"for": 1}'],
    ["[for k, v in x : v if k != null]", "for(k, v in x: v if (k != null))"],
    ["{for v in x : v.id => v...}", "for(v in x: v.id => v...)"],
    ["true == null", "(true == null)"],
  ];
  for (const [text, expected] of cases) assert.equal(expressionShape(text), expected, text);
});

test("texts are read with escapes, templates and heredocs", () => {
  const cases: readonly (readonly [string, string])[] = [
    ['"a\\n\\t\\"\\\\\\u00e9\\U0001F600"', JSON.stringify('a\n\t"\\é😀')],
    ['"$${a} %%{b} $5 100%"', JSON.stringify("${a} %{b} $5 100%")],
    ['"a${b}c"', "`a<b>c`"],
    ['"${a}"', "`<a>`"],
    ['"${"${a}"}-${f("}")}"', '`<`<a>`>-<f("}")>`'],
    ['"a  ${~ b ~}  c"', "`a<b>c`"],
    ['"%{ if a }x%{ else }y%{ endif }"', "`<if a|x|y>`"],
    ['"%{ for x in y ~}  ${x}%{ endfor }"', "`<for x in y|<x>>`"],
    ["<<A\n one ${x}\n  two\nA", "` one <x>\n  two\n`"],
    ["<<-A\n    one\n      two\n\n    A", JSON.stringify("one\n  two\n\n")],
    ["<<-A\n    %{ if a ~}\n    b\n    %{ endif ~}\n  A", "`<if a|    b\n|>`"],
    ["<<A\nno \\n escape $${x}\nA", JSON.stringify("no \\n escape ${x}\n")],
    ['"${x', "problem: expected `}`, found the end of the file"],
    ['"a\\q"', "problem: `\\q` is no escape; write `\\\\` for a backslash"],
  ];
  for (const [text, expected] of cases) assert.equal(expressionShape(text), expected, text);
});

function outline({ items }: Body): string {
  const one = (item: Item): string => {
    if (item.is === "attribute") return `${item.name}=${shape(item.value)}`;
    return `${[item.type, ...item.labels.map(({ text }) => text)].join(" ")}{${outline(item.body)}}`;
  };
  return items.map(one).join(" ");
}

test("every piece stands where it is written", () => {
  const text = '# c\nresource "a" b {\n  x = f(1) // d\n  y {\n    z = "q"\n  }\n}\n';
  const { body, problems } = parseHcl({ path: "a.tf", text });
  assert.deepEqual(problems, []);
  assert.equal(outline(body), 'resource a b{x=f(1) y{z="q"}}');
  const [block] = body.items;
  assert.ok(block?.is === "block");
  assert.equal(text.slice(block.start, block.end), text.slice(4, -1));
  assert.deepEqual(
    block.labels.map(({ start, end }) => text.slice(start, end)),
    ['"a"', "b"],
  );
  const [x, y] = block.body.items;
  assert.ok(x?.is === "attribute" && y?.is === "block");
  assert.equal(text.slice(x.start, x.end), "x = f(1)");
  assert.equal(text.slice(x.key.start, x.key.end), "x");
  assert.equal(text.slice(x.value.start, x.value.end), "f(1)");
  assert.equal(text.slice(y.start, y.end), 'y {\n    z = "q"\n  }');
  const [z] = y.body.items;
  assert.ok(z?.is === "attribute");
  assert.equal(text.slice(z.value.start, z.value.end), '"q"');
});

test("what cannot be read costs itself and nothing else", () => {
  const cases: readonly (readonly [text: string, expected: string, lines: readonly number[]])[] = [
    ["a = \nb = 2\n", "b=2", [1]],
    ["a = [1, 2 3]\nb = 2\n", "b=2", [1]],
    ["a = [\n  1\n  2\n]\nb = 2\n", "b=2", [3]],
    ['x {\n  a = "no end\n  b = 2\n}\ny {}\n', "x{b=2} y{}", [2]],
    ["x {\n  ???\n  b = 2\n}\n", "x{b=2}", [2]],
    ["x {\n  a = 1\n\ny {\n  b = 2\n}\n", "x{a=1} y{b=2}", [1]],
    ['x "l" {\n  a = f(\n}\n\ny "m" {\n  b = 2\n}\n', "x l{} y m{b=2}", [3]],
    ["}\na = 1\n", "a=1", [1]],
    ["a = <<X\nb = 1\n", "b=1", [1]],
    ["a = { b { c = 1 } }\n", 'a={"b": {"c": 1}}', [1]],
    ["a = False\nb = 2\n", "a=false b=2", [1]],
    ["a = 1 b = 2\nc = 3\n", "a=1 c=3", [1]],
  ];
  for (const [text, expected, lines] of cases) {
    const file = { path: "a.tf", text };
    const { body, problems } = parseHcl(file);
    assert.equal(outline(body), expected, text);
    assert.deepEqual(problems.map(({ at }) => positionOf(file, at).line).slice(0, 1), lines, text);
  }
});

test("no problem tells what a password may be part of", () => {
  const word = "Quokka7Wombat";
  for (const text of [
    `a = "x" ${word}\n`,
    `a = "x"${word}"\n`,
    `${word}\n`,
    `${word} ${word}\n`,
    `a = (x ${word})\n`,
  ]) {
    const { problems } = parseHcl({ path: "a.tf", text });
    assert.notEqual(problems.length, 0, text);
    assert.deepEqual(
      problems.filter(({ message }) => message.includes("okka")),
      [],
      text,
    );
  }
});

test("hostile nesting is a problem and no crash", () => {
  for (const piece of ["[", "(", "{a=", "x {\n", '"${', "f(", "!", "a ? b : ", "[for x in "]) {
    const start = piece.startsWith("x") ? "" : "x = ";
    const { problems } = parseHcl({ path: "a.tf", text: `${start}${piece.repeat(100_000)}\ny = 1\n` });
    assert.match(problems[0]?.message ?? "", /nested more than 200 levels deep/, piece);
  }
  for (const piece of [".b", "[0]", "[*]", " + a", "[*].c"]) {
    assert.deepEqual(parseHcl({ path: "a.tf", text: `x = a${piece.repeat(100_000)}\n` }).problems, [], piece);
  }
});

test("a block read again from a change on is the block read as a whole", () => {
  const text = 'r "a" "b" {\n  x = [1, 2] # one\n  y {\n    z = "v"\n  }\n  t = <<E\n  a\n  E\n}\n';
  const [block] = parseHcl({ path: "main.tf", text }).body.items;
  assert.equal(block?.is, "block");
  const inserted = ["", "\n", "  n = 1\n", "}", '"', "{", "/*", "=", "1"];
  for (let at = 0; at <= text.length - 2; at++) {
    for (const more of inserted) {
      const file = { path: "main.tf", text: text.slice(0, at) + more + text.slice(at) };
      const end: number = block.end + more.length;
      const plain = (read: unknown) =>
        JSON.stringify(read, (key, value: unknown) => (key === "file" ? undefined : value));
      const whole = plain(parseHclBlock(file, block.start, end));
      assert.equal(plain(reparseHclBlock(block, file, at, end)), whole, JSON.stringify([at, more]));
    }
  }
});
