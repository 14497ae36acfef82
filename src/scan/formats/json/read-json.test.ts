import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Node } from "../node.ts";
import type { Place } from "../text-file.ts";
import { readJson } from "./read-json.ts";

const read = (text: string, options = {}) => readJson({ path: "a.json", text }, options);
const textAt = ({ file, start, end }: Place) => file.text.slice(start, end);

function bare(node: Node | undefined): unknown {
  if (node?.is === "list") return node.items.map(bare);
  if (node?.is === "block") return Object.fromEntries(node.keys().map((key) => [key, bare(node.get(key)?.value)]));
  return node?.is === "scalar" ? node.value : undefined;
}

describe("readJson", () => {
  it("gives the values that JSON.parse gives", () => {
    const texts = [
      '{"a":{"b":[1,-2.5e3,true,null,""]},"\\u00e9\\n":"x"}',
      "[]",
      '"text"',
      " 12 ",
      '{"a":1,"a":2,"__proto__":3}',
    ];
    for (const text of texts) {
      const { node, problems } = read(text);
      assert.deepEqual([bare(node), problems], [JSON.parse(text), []], text);
    }
  });

  it("allows what tools allow: a byte order mark, comments, trailing commas, line breaks in strings", () => {
    const { node, problems } = read('\ufeff// head\r\n{ "a": [1, 2,], /* " */ "b": "one\r\ntwo \\"", }');
    assert.deepEqual([bare(node), problems], [{ a: [1, 2], b: 'one\r\ntwo "' }, []]);
  });

  it("tells where everything stands", () => {
    const { node } = read('{ "key" : [ "v" ], "n": 1 }');
    const member = node?.is === "block" ? node.get("key") : undefined;
    assert.ok(member?.value.is === "list" && member.value.items[0]);
    assert.deepEqual([member.key, member.whole, member.value.at, member.value.items[0].at].map(textAt), [
      '"key"',
      '"key" : [ "v" ]',
      '[ "v" ]',
      '"v"',
    ]);
  });

  it("compares keys without case where asked", () => {
    const { node } = read('{"Name":1}', { fold: true });
    assert.equal(node?.is === "block" && bare(node.get("nAME")?.value), 1);
  });

  it("keeps what it understood of a broken text", () => {
    const cases: readonly (readonly [string, unknown, string])[] = [
      ['{"a": 1, "b": }', { a: 1 }, "a value was expected"],
      ['{"a": 1 "b": 2}', { a: 1, b: 2 }, "a comma was expected"],
      ['["a', ["a"], "a string has no end"],
      ["", undefined, "a value was expected"],
      ["{{ x }}", {}, "a key in double quotes was expected"],
    ];
    for (const [text, expected, message] of cases) {
      const { node, problems } = read(text);
      assert.deepEqual([bare(node), problems.map((one) => one.message)], [expected, [message]], text);
    }
  });

  it("turns away what is nested without end", () => {
    for (const text of ["[".repeat(100_000), '{"a":'.repeat(100_000), `"\n${'" ['.repeat(1000)}`]) {
      assert.ok(read(text).problems[0], text.slice(0, 10));
    }
    assert.equal(read("[".repeat(100_000)).problems[0]?.code, "too-deep");
  });
});
