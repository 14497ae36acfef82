import assert from "node:assert/strict";
import { test } from "node:test";
import type { Problem } from "#model/scan-result.ts";
import { ownScannerNames } from "#model/scanner-name.ts";
import { sayUnread } from "./say-unread.ts";

const problem = (one: Partial<Problem>): Problem => ({
  ...{ scanner: "iac", code: "syntax", message: "It ends too early.", path: "a", ...one },
});
const by = (...problems: readonly Partial<Problem>[]) =>
  ownScannerNames.filter((kind) => sayUnread(problems.map(problem), kind) !== undefined);

test("what a scanner could not read is said by its own kind, what nobody could read by all", () => {
  assert.deepEqual(by({ scanner: "iac" }), ["iac"]);
  assert.deepEqual(by({ scanner: "iac" }, { scanner: "secrets" }), ["secrets", "iac"]);
  assert.deepEqual(by({ scanner: "packages" }), ["vulnerabilities", "licenses", "operational-risk"]);
  assert.deepEqual(by({ scanner: "scan" }), ownScannerNames);
  assert.deepEqual(by(), ownScannerNames);
});

test("commits are no files", () => {
  const left = problem({ scanner: "secrets", code: "versions-left" });
  const commits = "not all of its commits were searched";
  assert.equal(sayUnread([left]), commits);
  assert.equal(sayUnread([problem({}), left]), `some files could not be read; ${commits}`);
  assert.equal(sayUnread([problem({}), left], "secrets"), commits);
  assert.equal(sayUnread([problem({}), left], "iac"), "some files could not be read");
});
