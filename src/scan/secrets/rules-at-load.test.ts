/** What is made while rules are loaded costs every process and every thread that looks for secrets. */
import assert from "node:assert/strict";
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { test } from "node:test";

test("no example is made while the rules are loaded", async (t) => {
  const made = [t.mock.method(crypto, "generateKeyPairSync"), t.mock.method(crypto, "createHash")];
  syncBuiltinESMExports();
  try {
    const { secretRules } = await import("./rules.generated.ts");
    assert.deepEqual(
      made.map(({ mock }) => mock.callCount()),
      [0, 0],
    );
    // They are made by these two: otherwise nothing would be counted above.
    for (const { examples } of secretRules) examples.bad("oak");
    assert.ok(made.every(({ mock }) => mock.callCount() > 0));
  } finally {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  }
});
