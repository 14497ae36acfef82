import assert from "node:assert/strict";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { UsageError } from "../usage-error.ts";
import { masterKeyFile, readMasterKey } from "./master-key.ts";

describe("master key", async () => {
  const parent = await mkdtemp(join(tmpdir(), "sallyport-key-"));
  after(() => rm(parent, { recursive: true }));

  it("is made once, for its owner only, also when several start at once", async () => {
    const config = { dataFolder: join(parent, "new"), masterKey: undefined };
    const keys = await Promise.all([1, 2, 3, 4].map(() => readMasterKey(config)));
    assert.equal(keys[0]?.length, 32);
    assert.equal(new Set(keys.map((key) => Buffer.from(key).toString("hex"))).size, 1);
    assert.equal((await stat(masterKeyFile(config))).mode & 0o777, 0o600);
  });

  it("is not made anew when its file is broken", async () => {
    const config = { dataFolder: parent, masterKey: undefined };
    await writeFile(masterKeyFile(config), "oops\n");
    await assert.rejects(readMasterKey(config), UsageError);
  });
});
