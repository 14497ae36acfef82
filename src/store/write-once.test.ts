import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { writeOnce } from "./write-once.ts";

test("one of many makes the file, for us alone, and whoever looks finds all of it or nothing", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "sallyport-once-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "key");
  // Long enough to be met half written.
  const contents = ["a", "b", "c", "d"].map((letter) => letter.repeat(4_000_000));
  const made = Promise.all(contents.map((content) => writeOnce(file, content)));
  let isMade = false;
  void made.finally(() => {
    isMade = true;
  });
  const seen = new Set<string>();
  while (!isMade) {
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text !== undefined) seen.add(`${text.slice(0, 1)} ${text.length}`);
  }
  assert.equal((await made).filter(Boolean).length, 1);
  const text = await readFile(file, "utf8");
  assert.ok(contents.includes(text));
  assert.deepEqual(
    [...seen, `${text.slice(0, 1)} ${text.length}`].filter((one) => one !== `${text[0]} 4000000`),
    [],
  );
  assert.deepEqual(await readdir(folder), ["key"]);
  assert.equal((await stat(file)).mode & 0o077, 0);
});
