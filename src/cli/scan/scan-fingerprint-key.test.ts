import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readFingerprintKey } from "./scan-fingerprint-key.ts";

test("scans that begin at the same moment have one key, which is kept for its user alone", async (t) => {
  const parent = await mkdtemp(join(tmpdir(), "sallyport-key-"));
  t.after(() => rm(parent, { recursive: true, force: true }));
  for (let round = 0; round < 50; round++) {
    const folder = join(parent, String(round));
    const file = join(folder, "fingerprint.key");
    const found = await Promise.all(Array.from({ length: 4 }, () => readFingerprintKey(file)));
    assert.deepEqual(new Set(found.map(({ key }) => Buffer.from(key).toString("hex"))).size, 1);
    assert.ok(found.every(({ lasting }) => lasting));
    assert.deepEqual(await readdir(folder), ["fingerprint.key"]);
    assert.equal((await stat(file)).mode & 0o077, 0);
  }
});
