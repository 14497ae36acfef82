import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { test } from "node:test";
import { inspect } from "node:util";
import { createKeys } from "./keys.ts";
import { open, SealError, seal } from "./sealing.ts";

const keys = createKeys(randomBytes(32));

test("what is sealed opens with the same key and row only", () => {
  const row = randomUUID();
  const sealed = seal(keys, "pässword", row);
  assert.equal(open(keys, sealed, row).reveal(), "pässword");
  assert.throws(() => open(keys, sealed, randomUUID()), SealError);
  assert.throws(() => open(createKeys(randomBytes(32)), sealed, row), /another master key/);
  for (const at of [0, 1, 9, 30, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.throws(() => open(keys, changed, row), SealError);
  }
  assert.throws(() => open(keys, sealed.subarray(0, 40), row), SealError);
});

test("neither the value nor the keys show when printed", () => {
  const row = randomUUID();
  const value = open(keys, seal(keys, "pässword", row), row);
  assert.equal(`${inspect(value)}${JSON.stringify(value)}`.includes("pässword"), false);
  assert.equal(inspect(keys), "[hidden]");
  assert.equal(JSON.stringify({ keys }), '{"keys":"[hidden]"}');
});

test("the same master key gives the same keys, each purpose another", () => {
  const master = randomBytes(32);
  assert.deepEqual([...createKeys(master).fingerprintKey], [...createKeys(master).fingerprintKey]);
  assert.notDeepEqual([...createKeys(master).fingerprintKey], [...createKeys(master).sealingKey]);
});
