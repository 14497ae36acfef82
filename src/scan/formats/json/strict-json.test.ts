import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { randomFrom } from "#model/testing/random.ts";
import { mutateText } from "../../iac/testing/mutate-text.ts";
import type { Node } from "../node.ts";
import { strictJson } from "./strict-json.ts";

function bare(node: Node | undefined): unknown {
  if (node?.is === "list") return node.items.map(bare);
  if (node?.is === "block") return Object.fromEntries(node.keys().map((key) => [key, bare(node.get(key)?.value)]));
  return node?.is === "scalar" ? node.value : undefined;
}

const read = (text: string, fold = false) => strictJson({ path: "a.json", text }, fold);

describe("strictJson", () => {
  it("reads what JSON.parse reads", () => {
    const texts = [
      "{}",
      "[ ]",
      ' {"a" : [1, -0, 2.5E-3, true,false , null, ""], "b":{"c":{}, "":[[],[{}]]}}\n\t\r',
      '"a\\"b\\\\"',
      '"\\\\\\""',
      '{"\\u00e9\\n\\/":"\\ud83d\\ude00 \\t","é":"\u{7f}\u{2028}"}',
      '{"a":1,"b":2,"a":[3]}',
      "-1.5e+10",
      "null",
    ];
    for (const text of texts) assert.deepEqual(bare(read(text)), JSON.parse(text), text);
    assert.deepEqual(bare(read('\ufeff{"a":1}')), { a: 1 });
  });

  it("leaves everything else to others", () => {
    const texts = [
      "",
      " ",
      "{",
      "[1,]",
      '{"a":1,}',
      '{"a" 1}',
      "{a:1}",
      "[1 2]",
      "[1]]",
      "[}",
      '{"a":1]',
      "// x\n1",
      "[01]",
      "[1.]",
      "[.5]",
      "[+1]",
      "[1e]",
      "[truex]",
      "[True]",
      "[NaN]",
      "'a'",
      '"a\nb"',
      '"\\x"',
      '"\\u12"',
      '"a',
      "1 2",
      "\f1",
      "[,1]",
      '{"a":}',
      `${"[".repeat(10_000)}${"]".repeat(10_000)}`,
    ];
    for (const text of texts) assert.equal(read(text), undefined, text.slice(0, 20));
  });

  it("gives the same node each time, with its place", () => {
    const text = '{ "k" : [ {"x": "y"} ] }';
    const node = read(text);
    assert.ok(node?.is === "block");
    const member = node.get("k");
    assert.equal(member, node.get("k"));
    assert.ok(member?.value.is === "list");
    assert.equal(member.value.items, member.value.items);
    const textAt = ({ start, end }: { readonly start: number; readonly end: number }) => text.slice(start, end);
    assert.deepEqual([member.key, member.whole, member.value.items[0]?.at ?? member.key].map(textAt), [
      '"k"',
      '"k" : [ {"x": "y"} ]',
      '{"x": "y"}',
    ]);
  });

  it("compares keys without case where asked, and keeps how they are written", () => {
    const node = read('{"Name":1,"other":2}', true);
    assert.ok(node?.is === "block");
    assert.deepEqual(node.keys(), ["Name", "other"]);
    assert.equal(bare(node.get("nAME")?.value), 1);
    assert.equal(node.get("none"), undefined);
  });

  it("takes a damaged text if and only if JSON.parse does, and reads the same", () => {
    const random = randomFrom(11);
    const whole = '{"a":[1,-2.5e3,true,null,"\\u00e9\\n\\"x"],"b":{"c":"","d":[[],{}]},"e":0}';
    const pieces = ['"', "\\", ",", ":", "[", "]", "{", "}", "0", "-", "e", ".", " ", "\n", "null", "\t"];
    let taken = 0;
    for (let round = 0; round < 3000; round++) {
      let text = whole;
      for (let times = round % 4; times > 0; times--) text = mutateText(text, random, pieces);
      let expected: unknown;
      let isJson = true;
      try {
        expected = JSON.parse(text);
      } catch {
        isJson = false;
      }
      const node = read(text);
      assert.equal(node !== undefined, isJson, text);
      if (isJson) assert.deepEqual(bare(node), expected, text);
      if (isJson) taken += 1;
    }
    assert.ok(taken > 800 && taken < 2500, `${taken}`);
  });
});
