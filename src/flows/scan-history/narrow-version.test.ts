import assert from "node:assert/strict";
import { test } from "node:test";
import { linePositions } from "#scan/secrets/text/line-positions.ts";
import { isKnownPlace, narrowVersion } from "./narrow-version.ts";

const lines = ["first = 1", "é = 2; token = abc; rest", "third = 3", "", "fifth = 5"];
const text = Buffer.from(lines.join("\n"));
const start = text.indexOf("abc");

test("all is blank but what verdicts rest on, from the beginning of its line, and lines stay", () => {
  const { bytes } = narrowVersion(text, Int32Array.of(start, start + 3, start - 8, start + 4));
  assert.equal(bytes.length, text.length);
  const told = Buffer.from(bytes).toString("utf8").split("\n");
  assert.deepEqual(
    told.map((line) => line.trimEnd()),
    ["", "é = 2; token = abc;", "", "", ""],
  );
});

test("what overlaps a known place is held, what only touches it is not", () => {
  const narrowed = narrowVersion(text, Int32Array.of(start, start + 3, 0, text.length));
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
    ].map((at) => isKnownPlace(narrowed, at)),
    [true, true, false, false, false],
  );
});

test("of a long version little is left, and what stands in it stands where it stood", () => {
  const filler = Array.from({ length: 2000 }, (_, index) => `line ${index} says é and nothing`);
  const long = [...filler, "name = first", ...filler, `wide ${"x".repeat(9000)} second`, ...filler].join("\n");
  const whole = Buffer.from(`\uFEFF${long}`);
  const placeOf = (value: string, before: number, after: number) => {
    const at = whole.indexOf(value);
    return [at, at + value.length, at - before, at + value.length + after];
  };
  // The second verdict rests on what begins before the first one ends.
  const narrowed = narrowVersion(
    whole,
    Int32Array.from([...placeOf("name", 0, 300), ...placeOf("first", 400, 10), ...placeOf("second", 5, 2)]),
  );
  const bytes = Buffer.from(narrowed.bytes);
  assert.ok(bytes.length < whole.length / 5, String(bytes.length));
  for (const value of ["name", "first", "second"]) {
    const [was, is] = [whole, bytes].map((where) => {
      const at = where.indexOf(value);
      return linePositions(where)(at, at + value.length);
    });
    assert.deepEqual(is, was);
    assert.ok(is !== undefined && isKnownPlace(narrowed, is));
  }
  assert.ok(!isKnownPlace(narrowed, { startLine: 2000, startColumn: 1, endLine: 2000, endColumn: 5 }));
});

test("what rests on the end of a version still has it", () => {
  const { bytes } = narrowVersion(text, Int32Array.of(start, start + 3, start, text.length));
  assert.ok(Buffer.from(bytes).toString("utf8").endsWith("fifth = 5"));
});
