/** A bare key that is set to the name of something is told from its line, and never where a value may be. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sample } from "../examples/example-values.ts";
import { namedThingEnd } from "./named-thing.ts";
import { placeOfName } from "./read-assignment.ts";

function lineEndOf(text: string): number | undefined {
  const bytes = Buffer.from(text, "latin1");
  const start = text.indexOf("key");
  return namedThingEnd(bytes, placeOfName(bytes, { start, end: start + 3 }));
}

test("code that sets a key to something has its value in no other line", () => {
  for (const line of [
    "  key = keys[index];",
    "key: string,",
    '"key": value }',
    "copy[key] = search[key];",
    "if (key === null) {",
    "const key = Object.keys(all);",
    "for (const each of all) key => each;",
    "key := (a || b)",
    "key: !Ref",
    "key = a, b",
  ]) {
    assert.equal(lineEndOf(`x\n${line}\n  "value"\n`), 2 + line.length, line);
  }
});

test("where a value may stand, in the line or below, the line alone says nothing", () => {
  const value = sample("base62", 24, "ash");
  const letters = sample("letters", 24, "oak");
  for (const text of [
    `key = "${value}";\n`,
    `key = ${value}\n`,
    `KEY=1\nkey=${letters}\n`,
    `key = name || "${value}"\n`,
    `key: string = '${value}'\n`,
    `key =\n  "${value}"\n`,
    `key = [\n  "${value}"\n`,
    `key = (\n  "${value}")\n`,
    `key: {\n  value: ${value} }\n`,
    `key = // why\n  "${value}"\n`,
    `key = # why\n  "${value}"\n`,
    `key = _\n  "${value}"\n`,
    `key = +\n  "${value}"\n`,
    `key: |\n  ${value}\n`,
    `key: &name ${value}\n`,
    "key: abcd efgh ijkl mnop\n",
    `$${"{"}key:-${letters}}\n`,
    `<key>${letters}</key>\n`,
    `name="key" value="${value}"\n`,
    `"key", "${value}"\n`,
    `key(${letters})\n`,
    `key = $RED${letters}\n`,
    `key = <b>${letters}</b>\n`,
    `key = name; ${"x".repeat(200)}\n`,
    "key = name",
  ]) {
    assert.equal(lineEndOf(text), undefined, text);
  }
});

test("the line is looked at no further than is looked behind any name, however many blanks the value has before it", () => {
  const line = (length: number) => `key${" ".repeat(30)}=${" ".repeat(30)}name; ${"x".repeat(length - 70)}`;
  assert.equal(lineEndOf(`${line(198)}\n`), 198);
  assert.equal(lineEndOf(`${line(199)}\n`), undefined);
});
