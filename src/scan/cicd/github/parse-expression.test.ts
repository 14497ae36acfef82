import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { evaluate, tagPushed } from "./evaluate.ts";
import { type Expression, pathOf } from "./expression.ts";
import { parseExpression } from "./parse-expression.ts";

function bare(expression: Expression | undefined): unknown {
  if (!expression) return undefined;
  const path = pathOf(expression);
  if (path) return path.join(".");
  switch (expression.is) {
    case "literal":
      return [expression.value];
    case "not":
      return { not: bare(expression.of) };
    case "call":
      return { [expression.name]: expression.args.map(bare) };
    case "binary":
      return { [expression.operator]: [bare(expression.left), bare(expression.right)] };
    case "index":
      return { of: bare(expression.of), key: expression.key === "*" ? "*" : bare(expression.key) };
    case "context":
      return expression.name;
  }
}

const read: readonly (readonly [string, unknown])[] = [
  ["github.event.Issue.title", "github.event.issue.title"],
  ["github['head_ref']", "github.head_ref"],
  ["github.event.commits[0].message", "github.event.commits.*.message"],
  ["github.event.pages.*.page_name", "github.event.pages.*.page_name"],
  ["a || b && !c == 'it''s'", { "||": ["a", { "&&": ["b", { "==": [{ not: "c" }, ["it's"]] }] }] }],
  ["(a || b) && c", { "&&": [{ "||": ["a", "b"] }, "c"] }],
  ["fromJSON(x.y).z[0]", { of: { of: { fromjson: ["x.y"] }, key: ["z"] }, key: [0] }],
  ["1 != 0x10", { "!=": [[1], [16]] }],
  ["true", [true]],
  ["a.b-c", "a.b-c"],
  ["a ||", undefined],
  ["f(a", undefined],
  ["", undefined],
  ["a b", undefined],
];

describe("parseExpression", () => {
  for (const [text, expected] of read)
    it(text || "(empty)", () => assert.deepEqual(bare(parseExpression(text)), expected));

  it("gives up on what is deeper or longer than people write", () => {
    for (const text of [
      "(".repeat(7_000),
      "!".repeat(7_000),
      "a[".repeat(3_500),
      "a.".repeat(100_000),
      "a||".repeat(2_500),
    ])
      assert.equal(parseExpression(text), undefined);
  });
});

const known: readonly (readonly [string, unknown])[] = [
  ["startsWith(github.ref, 'refs/tags/')", true],
  ["startsWith(github.ref, 'refs/heads/')", false],
  ["startsWith(github.ref, 'refs/tags/v1')", undefined],
  ["!startsWith(github.ref, 'refs/tags/')", false],
  ["github.event_name == 'push' && github.ref_type == 'tag'", true],
  ["github.event_name == 'pull_request' && inputs.x", false],
  ["inputs.x || github.ref_type == 'TAG'", true],
  ["inputs.x", undefined],
];

describe("evaluate", () => {
  for (const [text, expected] of known)
    it(text, () => {
      const expression = parseExpression(text);
      assert.ok(expression);
      assert.equal(evaluate(expression, tagPushed), expected);
    });
});
