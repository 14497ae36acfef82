import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readPassword } from "./initialize-cluster.ts";

test("all who ask for the password at the same moment get the same one, and nothing else is left", async (t) => {
  const parent = await mkdtemp(join(tmpdir(), "sallyport-password-"));
  t.after(() => rm(parent, { recursive: true, force: true }));
  for (let round = 0; round < 100; round++) {
    const folder = await mkdtemp(join(parent, "round-"));
    const passwords = new Set(await Promise.all(Array.from({ length: 4 }, () => readPassword(folder))));
    assert.equal(passwords.size, 1);
    assert.match([...passwords][0] ?? "", /^[0-9a-f]{48}$/);
    assert.deepEqual(await readdir(folder), ["password"]);
  }
});

test("an empty file is told, with its place", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "sallyport-password-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "password"), "");
  await assert.rejects(readPassword(folder), /password should hold the database's password and is empty/);
});
