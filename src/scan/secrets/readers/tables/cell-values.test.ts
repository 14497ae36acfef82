import assert from "node:assert/strict";
import { test } from "node:test";
import { cellsOfColumns, cellsOfDocuments, valuesIn } from "./cell-values.ts";

function inDocument(cell: string): readonly string[] {
  return valuesIn(cell, cellsOfDocuments).map(({ from, to }) => cell.slice(from, to));
}

test("what stands in pairs around a value is no part of it", () => {
  for (const cell of [
    "v7",
    " `v7` ",
    "**`v7`**",
    "_v7_",
    "__v7__",
    '"v7"',
    "'v7'",
    "<code>v7</code>",
    "`'v7'`",
    "``v7``",
    "~~v7~~",
    "***v7***",
    "<kbd>v7</kbd>",
    "**<kbd>`v7`</kbd>**",
  ])
    assert.deepEqual(inDocument(cell), ["v7"], cell);
});

test("what stands on one side is, and what closes within", () => {
  for (const cell of ["v7*", "_v7", "'v7", "v7`", "_a_7_", `"a"7"`, "**", '""'])
    assert.deepEqual(inDocument(cell), [cell]);
});

test("lines of a cell are values of their own, a remark is none", () => {
  assert.deepEqual(inDocument("`v7`<br>`w7`<BR/>x7"), ["v7", "w7", "x7"]);
  assert.deepEqual(inDocument(" v7 (of the shop)"), ["v7"]);
  assert.deepEqual(inDocument("v7(8)"), ["v7(8)"]);
  for (const cell of ["v7[^1]", "`v7`[^old] <!-- of the shop -->", "v7 <!-- x --> <!-- y -->", "v7<!-- x --> (new)"])
    assert.deepEqual(inDocument(cell), ["v7"], cell);
  assert.deepEqual(inDocument("v7[1]"), ["v7[1]"]);
});

test("a cell of a file of columns is taken as it is, but for quotes and formulas", () => {
  for (const [cell, value] of [
    ['="v7"', "v7"],
    ["'v7'", "v7"],
    ["_v7_", "_v7_"],
    ["v7 (8)", "v7 (8)"],
  ] as const)
    assert.deepEqual(
      valuesIn(cell, cellsOfColumns).map(({ from, to }) => cell.slice(from, to)),
      [value],
    );
});
