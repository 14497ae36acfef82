import assert from "node:assert/strict";
import { test } from "node:test";
import { narrowVersion } from "./narrow-version.ts";

const lines = ["first = 1", "é = 2; token = abc; rest", "third = 3", "", "fifth = 5"];
const text = Buffer.from(lines.join("\n"));
const start = text.indexOf("abc");

test("all is blank but what verdicts rest on, from the beginning of its line, and lines stay", () => {
  const { bytes } = narrowVersion(text, Int32Array.of(start, start + 3, start - 8, start + 4));
  assert.equal(bytes.length, text.length);
  const told = bytes.toString("utf8").split("\n");
  assert.deepEqual(
    told.map((line) => line.trimEnd()),
    ["", "é = 2; token = abc;", "", "", ""],
  );
});

test("what overlaps a known place is held, what only touches it is not", () => {
  const { holds } = narrowVersion(text, Int32Array.of(start, start + 3, 0, text.length));
  const at = (startColumn: number, endColumn: number, line = 2) => ({
    startLine: line,
    endLine: line,
    startColumn,
    endColumn,
  });
  const column = (lines[1] ?? "").indexOf("abc") + 1;
  assert.deepEqual(
    [
      at(column, column + 3),
      at(column - 5, column + 1),
      at(column + 3, column + 6),
      at(1, column),
      at(column, column + 3, 3),
    ].map(holds),
    [true, true, false, false, false],
  );
});
