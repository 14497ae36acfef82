import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BrokenJson, type Cut, createJsonCutter, pathText, type Wanted } from "./cut-json.ts";

const wanted: Wanted = { version: "cut", runs: { "*": { name: "cut", results: { "*": "cut" } } } };

function cut(text: string, pieceSize = 1_000_000): readonly string[] {
  const found: Cut[] = [];
  const cutter = createJsonCutter(wanted, { size: 200, depth: 8 }, (one) => found.push(one));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceSize) cutter.write(bytes.subarray(at, at + pieceSize));
  cutter.end();
  return found.map((one) => {
    if (one.is === "empty") return `${pathText(one.path)}: nothing`;
    const what = one.is === "value" ? JSON.stringify(one.value) : one.message;
    return `${pathText(one.path)}: ${what}`;
  });
}

describe("createJsonCutter", () => {
  it("cuts what is asked for, wherever the pieces end", () => {
    const text = `{ "x": [1,{"a":"]}\\""}], "runs" : [ {"results":[{"é":"\\u00e9 ü"}, -1.5e+3 ,"]" , null], "other":{"results":[2]}},
      {"name" : "b", "results": []} ],"version":"2.1.0"}`;
    const expected = [
      'runs[0].results[0]: {"é":"é ü"}',
      "runs[0].results[1]: -1500",
      'runs[0].results[2]: "]"',
      "runs[0].results[3]: null",
      'runs[1].name: "b"',
      "runs[1].results: nothing",
      'version: "2.1.0"',
    ];
    for (const size of [1, 2, 3, 7, 1_000]) assert.deepEqual(cut(text, size), expected, String(size));
  });

  it("leaves out a value that is too long or too deep, and goes on", () => {
    const deep = `${"[".repeat(20)}${"]".repeat(20)}`;
    assert.deepEqual(cut(`{"runs":[{"results":["${"a".repeat(300)}",${deep},1]}]}`, 16), [
      "runs[0].results[0]: it is longer than 200 bytes",
      "runs[0].results[1]: it is nested more than 8 levels deep",
      "runs[0].results[2]: 1",
    ]);
    assert.deepEqual(cut(`{"runs":[{"results":{}}, {}]}`), [
      "runs[0].results: a list was expected",
      "runs[1]: nothing",
    ]);
    assert.deepEqual(cut(`{"runs":{},"version":[1]}`), ["runs: a list was expected", "version: [1]"]);
    assert.deepEqual(cut("[]"), [": an object was expected"]);
  });

  it("says where a text breaks", () => {
    const cases: readonly (readonly [string, string, string])[] = [
      ['{"runs":[{"results":[{"a":1},{"b":', "runs[0].results[1]", "ends too early"],
      ['{"runs":[{"results":[{"a":}]}]}', "runs[0].results[0]", "no JSON"],
      ['{"runs":[{"results":[1 2]}]}', "runs[0].results[0]", "a comma"],
      ['{"runs":[{"results":[1,]}]}', "runs[0].results[1]", "a value"],
      ['{"runs":[}', "runs[0]", "a value"],
      ['{"runs":[]} x', "", "something follows"],
      ["", "", "ends too early"],
      ["<xml/>", "", "a value"],
      ['{"a" 1}', "a", "a colon"],
      [`{"${"a".repeat(500)}":1}`, "", "a name"],
    ];
    for (const [text, where, message] of cases) {
      assert.throws(
        () => cut(text, 5),
        (error) => error instanceof BrokenJson && pathText(error.path) === where && error.message.includes(message),
        text,
      );
    }
  });

  it("passes over what is as deep as it is long in constant space", () => {
    const cutter = createJsonCutter(wanted, { size: 1_000, depth: 8 }, () => assert.fail());
    cutter.write(Buffer.from('{"other":'));
    const opening = Buffer.alloc(1_000_000, "[");
    for (let round = 0; round < 20; round++) cutter.write(opening);
    assert.throws(() => cutter.end(), BrokenJson);
  });
});
