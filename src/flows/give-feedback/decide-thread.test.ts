import assert from "node:assert/strict";
import { test } from "node:test";
import { decideThread } from "./decide-thread.ts";

test("a thread follows its finding, and what people decided stays", () => {
  assert.equal(decideThread("open", undefined), "create");
  assert.equal(decideThread("fixed", undefined), "none");
  assert.equal(decideThread("silenced", undefined), "none");
  assert.equal(decideThread("silenced", "active"), "resolve");
  assert.equal(decideThread("open", "active"), "none");
  assert.equal(decideThread("fixed", "active"), "resolve");
  assert.equal(decideThread("fixed", "fixed"), "none");
  assert.equal(decideThread("open", "fixed"), "reactivate");
  for (const decided of ["wontFix", "byDesign", "closed", "pending"]) {
    assert.equal(decideThread("open", decided), "none");
    assert.equal(decideThread("fixed", decided), "none");
  }
});
