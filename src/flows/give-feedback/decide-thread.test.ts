import assert from "node:assert/strict";
import { test } from "node:test";
import type { Thread, ThreadStatus } from "#azure-devops/threads.ts";
import { decideThread } from "./decide-thread.ts";

type Row = readonly [what: string, ThreadStatus, Thread["status"], string | undefined, ThreadStatus | undefined];

const rows: readonly Row[] = [
  ["it is as it should be", "active", "active", "active", undefined],
  ["the problem is fixed", "fixed", "active", "active", "fixed"],
  ["the problem is dismissed", "wontFix", "active", "active", "wontFix"],
  ["the dismissal ends", "active", "wontFix", "wontFix", "active"],
  ["the problem comes back", "active", "fixed", "fixed", "active"],
  ["a person resolved it, and the problem is still there", "active", "fixed", "active", "active"],
  ["nobody has to answer it any more", "closed", "active", "active", "closed"],
  ["a policy blocks what was only information", "active", "closed", "closed", "active"],
  ["a person opened information, and wants to talk", "closed", "active", "closed", undefined],
  ["its problem ends", "fixed", "active", "closed", "fixed"],
  ["a person opened it after the end", "fixed", "active", "fixed", undefined],
  ["a thread without a state", "active", "unknown", "active", undefined],
  ["a thread without a state, whose problem ends", "fixed", "unknown", "active", "fixed"],
];

test("a thread follows its findings", () => {
  for (const [what, wanted, current, last, expected] of rows) {
    assert.equal(decideThread(wanted, current, last), expected, what);
  }
});

test("what people decided stays", () => {
  for (const decided of ["wontFix", "byDesign", "closed", "pending"] as const) {
    for (const wanted of ["active", "fixed"] as const) {
      assert.equal(decideThread(wanted, decided, "active"), undefined, `${decided}, ${wanted}`);
    }
  }
});
