import assert from "node:assert/strict";
import { test } from "node:test";
import { compareUnits, planUnits, type SurveyedTreeFile } from "./plan-units.ts";
import type { TreeScanner } from "./tree-scanner.ts";

/** A unit for each file that no other pulls in, with all that it pulls in. */
const scanner: TreeScanner = {
  name: "iac",
  version: "1",
  selects: () => true,
  survey: () => ({}),
  units: (files) => {
    const pulled = new Set(files.flatMap(({ survey }) => survey.x ?? []));
    return files
      .filter(({ path }) => !pulled.has(path))
      .map(({ path, survey }) => ({ language: "x", root: path, paths: [path, ...(survey.x ?? [])] }));
  },
  scan: () => ({ findings: [], problems: [], silenced: [], evaluations: [] }),
};

function tree(files: Readonly<Record<string, readonly [content: string, ...links: string[]]>>) {
  const surveyed = Object.entries(files).map(([path, [objectId, ...links]]): SurveyedTreeFile => {
    return { path, objectId, survey: { x: links } };
  });
  return planUnits(scanner, surveyed).units;
}

const roots = (units: ReturnType<typeof tree>) => units.map(({ unit }) => unit.root);
const before = tree({ a: ["1", "m"], b: ["1", "m"], c: ["1"], m: ["1"] });

const cases: readonly [string, ReturnType<typeof tree>, Record<"touched" | "former" | "beside" | "paths", string[]>][] =
  [
    ["nothing", before, { touched: [], former: [], beside: [], paths: [] }],
    [
      "a file of one unit: the one that shares files stands beside",
      tree({ a: ["2", "m"], b: ["1", "m"], c: ["1"], m: ["1"] }),
      { touched: ["a"], former: ["a"], beside: ["b"], paths: ["a", "m"] },
    ],
    [
      "a shared file",
      tree({ a: ["1", "m"], b: ["1", "m"], c: ["1"], m: ["2"] }),
      { touched: ["a", "b"], former: ["a", "b"], beside: [], paths: ["a", "b", "m"] },
    ],
    [
      "a unit that vanishes",
      tree({ a: ["1", "m"], b: ["1", "m"], m: ["1"] }),
      { touched: [], former: ["c"], beside: [], paths: ["c"] },
    ],
    [
      "a file that moves between units, itself unchanged",
      tree({ a: ["2"], b: ["2"], c: ["2", "m"], m: ["1"] }),
      { touched: ["a", "b", "c"], former: ["a", "b", "c"], beside: [], paths: ["a", "b", "c", "m"] },
    ],
    [
      "a renamed file",
      tree({ a: ["1", "m"], b: ["1", "m"], d: ["1"], m: ["1"] }),
      { touched: ["d"], former: ["c"], beside: [], paths: ["c", "d"] },
    ],
  ];

for (const [name, after, expected] of cases) {
  test(`units touched by a change of ${name}`, () => {
    const { touched, former, beside, paths } = compareUnits(before, after);
    assert.deepEqual(
      { touched: roots(touched), former: roots(former), beside: roots(beside), paths: [...paths].sort() },
      expected,
    );
  });
}

test("a scanner that fails to divide the tree is a problem", () => {
  const failing = { ...scanner, units: () => assert.fail("no") };
  const { units, problems } = planUnits(failing, [{ path: "a", objectId: "1", survey: {} }]);
  assert.deepEqual([units.length, problems[0]?.code], [0, "failed"]);
});
