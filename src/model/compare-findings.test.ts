import assert from "node:assert/strict";
import { test } from "node:test";
import { compareFindings } from "./compare-findings.ts";
import type { Finding } from "./finding.ts";

function foundAt(line: number): Finding {
  const at = { path: "a.env", startLine: line, startColumn: 1, endLine: line, endColumn: 9 };
  return { rule: "secrets/password", aliases: [], severity: "high", message: "A password.", at, fingerprint: "1" };
}

test("the same problem in several places names the others, but no more than can be kept", () => {
  const { appeared } = compareFindings([], [1, 2, 3].map(foundAt));
  assert.deepEqual(appeared, [{ ...foundAt(1), alsoAt: [foundAt(2).at, foundAt(3).at] }]);
  const many = compareFindings(
    ["1"],
    Array.from({ length: 30_000 }, (_, index) => foundAt(index + 1)),
  );
  assert.equal(many.stayed[0]?.alsoAt?.length, 10_000);
});
