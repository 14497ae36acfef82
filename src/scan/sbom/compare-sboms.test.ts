import assert from "node:assert/strict";
import { test } from "node:test";
import { compareSboms } from "./compare-sboms.ts";
import { manifestOf } from "./testing/sample-manifests.ts";

const listOf = (...packages: Parameters<typeof manifestOf>[1]) => manifestOf("lock", packages).packages;

test("what came, went, and changed its version or licence", () => {
  const before = listOf(
    { name: "gone", version: "1.0.0" },
    { name: "up", version: "1.9.0", licenses: ["mit"] },
    { name: "down", version: "2.0.0-beta.2" },
    { name: "one-more", version: "1.0.0" },
    { name: "same", version: "1.0.0", licenses: ["Apache 2.0"] },
    { name: "other-terms", version: "1.0.0", licenses: ["MIT"] },
    { name: "me", relation: "root" },
  );
  const after = listOf(
    { name: "new", version: "1.0.0", licenses: ["ISC"] },
    { name: "up", version: "1.10.0", licenses: ["MIT"] },
    { name: "down", version: "2.0.0-beta.1" },
    { name: "one-more", version: "1.0.0" },
    { name: "one-more", version: "2.0.0" },
    { name: "same", version: "1.0.0", licenses: ["Apache-2.0"] },
    { name: "other-terms", version: "1.0.0", licenses: ["BUSL-1.1"] },
  );
  const ecosystem = "npm";
  assert.deepEqual(compareSboms(before, after), {
    added: [{ ecosystem, name: "new", versions: ["1.0.0"], licenses: ["ISC"] }],
    removed: [{ ecosystem, name: "gone", versions: ["1.0.0"], licenses: [] }],
    changed: [
      { ecosystem, name: "down", from: ["2.0.0-beta.2"], to: ["2.0.0-beta.1"], direction: "down" },
      { ecosystem, name: "one-more", from: [], to: ["2.0.0"], direction: "other" },
      { ecosystem, name: "up", from: ["1.9.0"], to: ["1.10.0"], direction: "up" },
    ],
    licenses: [{ ecosystem, name: "other-terms", from: ["MIT"], to: ["BUSL-1.1"] }],
  });
});
