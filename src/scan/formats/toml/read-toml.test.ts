import assert from "node:assert/strict";
import { test } from "node:test";
import { child, itemsOf, type Node } from "../node.ts";
import { spanOf } from "../text-file.ts";
import { readToml } from "./read-toml.ts";
import { tomlSections } from "./toml-sections.ts";

function plain(node: Node | undefined): unknown {
  if (node?.is === "scalar") return node.value;
  if (node?.is === "list") return node.items.map(plain);
  if (node?.is === "block") return Object.fromEntries(node.keys().map((key) => [key, plain(node.get(key)?.value)]));
  return undefined;
}

function read(text: string): { readonly value: unknown; readonly problems: readonly string[] } {
  const { node, problems } = readToml({ path: "a.toml", text });
  return {
    value: plain(node),
    problems: problems.map(({ place, message }) => `${spanOf(place).startLine}: ${message}`),
  };
}

const readings: readonly (readonly [text: string, value: unknown])[] = [
  ["", {}],
  ["\u{feff}a = 1 # one\r\nb = 2", { a: 1, b: 2 }],
  ['a."b.c" . d = "x"\na.e = \'\\n\'', { a: { "b.c": { d: "x" }, e: "\\n" } }],
  ['a = "\\u00e9\\U0001F600\\t\\"\\\\"', { a: 'é😀\t"\\' }],
  ['a = """\nx\ny"""\nb = """\\\n   z\\\n\n  w"""\nc = """"q""""', { a: "x\ny", b: "zw", c: '"q"' }],
  ["a = \"\"\"x\\\"\"\"\" # end\nb = '''\n''''", { a: 'x"', b: "'" }],
  [
    "a = 1_000\nb = 0xDEAD_beef\nc = -3.5e+1\nd = 0b1\ne = -inf",
    { a: 1000, b: 0xdeadbeef, c: -35, d: 1, e: -Infinity },
  ],
  [
    "a = 1979-05-27 07:32:00Z\nb = 07:32:00.5\nc = 1979-05-27 # x",
    { a: "1979-05-27 07:32:00Z", b: "07:32:00.5", c: "1979-05-27" },
  ],
  ["a = [1, [2,\n3,], # x\n]\nb = { c = 1, d.e = 2,\n f = [] }", { a: [1, [2, 3]], b: { c: 1, d: { e: 2 }, f: [] } }],
  [
    "[a.b]\nc = 1\n[a]\nd = 2\n[[x]]\n[[x]]\ny = 1\n[x.z]\nw = 3\n[[x.v]]\n",
    { a: { b: { c: 1 }, d: 2 }, x: [{}, { y: 1, z: { w: 3 }, v: [{}] }] },
  ],
  ["__proto__ = 1\n[constructor]\ntoString = 2", JSON.parse('{"__proto__": 1, "constructor": {"toString": 2}}')],
];

for (const [text, value] of readings) {
  test(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(read(text), { value, problems: [] }));
}

const broken: readonly (readonly [text: string, value: unknown, problems: readonly string[]])[] = [
  ["a = \nb = 2", { b: 2 }, ["1: a value was expected"]],
  ["a = x y\nb = 2", { b: 2 }, ["1: this is no value: texts stand in quotes"]],
  ['a = "x\nb = 2', { b: 2 }, ["1: a string has no end"]],
  ["a = [1,\n2\n[t]\nb = 2", { t: { b: 2 } }, ["3: a comma or the closing bracket of a list was expected"]],
  ["a = 1\na = 2\nb = 3", { a: 1, b: 3 }, ["2: the key a is there twice"]],
  ["[a\nb = 1\n[c]\nd = 2", { c: { d: 2 } }, ["1: ] was expected behind the name of a table"]],
  ["[a]\nb = 1\n[a]\nc = 2", { a: { b: 1, c: 2 } }, ["3: the table a is there twice"]],
  ["a = 1\n[a.b]\nc = 1", { a: 1 }, ["2: a has a value already and is no table"]],
  ["a = 1 b = 2\nc = 3", { a: 1, c: 3 }, ["1: a new line was expected behind a value"]],
  ['a = """x\nb = 2\nc = """', { a: "x\nb = 2\nc = " }, []],
  ['b = """x\nc = 2', { c: 2 }, ['1: a string that begins with """ has no end']],
];

for (const [text, value, problems] of broken) {
  test(`goes on after ${JSON.stringify(text)}`, () => assert.deepEqual(read(text), { value, problems }));
}

test("knows where tables, keys and values stand", () => {
  const text = '# x\n[[p]]\nname = "n"\n[p.d]\nx = 1\n\n[[p]]\nname = "m"\n';
  const { node } = readToml({ path: "a.toml", text });
  const [first] = itemsOf(child(node, "p"));
  assert.ok(first?.is === "block");
  assert.deepEqual(spanOf(first.at), { path: "a.toml", startLine: 2, startColumn: 1, endLine: 5, endColumn: 6 });
  const name = first.get("name");
  const words = [name?.whole, name?.key, name?.value.at].map((place) => text.slice(place?.start, place?.end));
  assert.deepEqual(words, ['name = "n"', "name", '"n"']);
});

const hostile: Readonly<Record<string, string>> = {
  brackets: "[".repeat(1_000_000),
  "an endless list": `a = ${"[".repeat(1_000_000)}`,
  "an endless key": `${"a.".repeat(500_000)}b = 1`,
  "unclosed strings": 'a = """\n'.repeat(99_999),
  "unclosed strings with escapes": 'a = """ \\"""\n'.repeat(99_999),
  "broken lines": "= 1\n".repeat(300_000),
  "a long word": `a = ${"1_".repeat(500_000)}`,
  "headers that repeat": "[a.b.c.d]\n".repeat(100_000),
};

for (const [name, text] of Object.entries(hostile)) {
  test(`survives ${name}`, () => {
    assert.ok(readToml({ path: "a.toml", text }).problems.length > 0);
    tomlSections({ path: "a.toml", text });
  });
}

test("sections give members when asked", () => {
  const text =
    '# x\nversion = 1\n\n[[package]]\nname = "a]" # [\nfiles = [\n  { x = "\\"]" },\n]\n"v" = 2\n[package.dependencies]\nb.c = ">1"\nd = {\n';
  const { sections, problems } = tomlSections({ path: "a.toml", text: `${text}\n[[package]]\nname = 'z'\nbroken\n` });
  const seen = sections.map(({ name, isList, at, members }) => [
    `${isList ? "*" : ""}${name}`,
    `${spanOf(at).startLine}-${spanOf(at).endLine}`,
    ...members().map((member) => `${member.name}=${JSON.stringify(plain(member.value))}`),
  ]);
  assert.deepEqual(seen, [
    ["", "1-2", "version=1"],
    ["*package", "4-9", 'name="a]"', 'files=[{"x":"\\"]"}]', "v=2"],
    ["package.dependencies", "10-11", 'b.c=">1"'],
    ["*package", "14-15", 'name="z"'],
  ]);
  assert.deepEqual(sections[1]?.get("v")?.value.is, "scalar");
  assert.deepEqual(
    problems.map(({ place, message }) => `${spanOf(place).startLine}: ${message}`),
    ["12: a list or table has no end", "16: a key, an equals sign and a value were expected"],
  );
});
