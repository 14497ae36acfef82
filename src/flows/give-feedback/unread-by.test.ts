import assert from "node:assert/strict";
import { test } from "node:test";
import type { Problem } from "#model/scan-result.ts";
import { ownScannerNames } from "#model/scanner-name.ts";
import { isUnreadBy } from "./unread-by.ts";

const by = (...problems: readonly Pick<Problem, "scanner" | "isNotice">[]) =>
  ownScannerNames.filter((kind) =>
    isUnreadBy(
      kind,
      problems.map((one) => ({ code: "syntax", message: "It ends too early.", path: "a", ...one })),
    ),
  );

test("what a scanner could not read is said by its own kind, what nobody could read by all", () => {
  assert.deepEqual(by({ scanner: "iac" }), ["iac"]);
  assert.deepEqual(by({ scanner: "iac" }, { scanner: "secrets" }), ["secrets", "iac"]);
  assert.deepEqual(by({ scanner: "packages" }), ["vulnerabilities", "licenses", "operational-risk"]);
  assert.deepEqual(by({ scanner: "scan" }), ownScannerNames);
  assert.deepEqual(by({ scanner: "cicd" }, { scanner: "scan", isNotice: true }), ["cicd"]);
  assert.deepEqual(by({ scanner: "iac", isNotice: true }), ownScannerNames);
});
