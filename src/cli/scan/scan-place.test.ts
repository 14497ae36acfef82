import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { isBareRepository, placeOf } from "./scan-place.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "sallyport-place-")));
after(() => rmSync(folder, { recursive: true, force: true }));

test("a link to a file is the file behind it, which a walk of its folder finds", {
  skip: process.platform === "win32",
}, () => {
  mkdirSync(join(folder, "deep"));
  writeFileSync(join(folder, "deep", "a.env"), "A=1");
  symlinkSync(join("deep", "a.env"), join(folder, "link"));
  assert.deepEqual(placeOf(join(folder, "link")), { folder: join(folder, "deep"), only: "a.env" });
  assert.deepEqual(placeOf(join(folder, "deep", "a.env")), { folder: join(folder, "deep"), only: "a.env" });
});

test("a bare repository is told from a folder that has some of its names", () => {
  const bare = join(folder, "bare.git");
  for (const name of ["objects", "refs"]) mkdirSync(join(bare, name), { recursive: true });
  assert.ok(!isBareRepository(bare));
  writeFileSync(join(bare, "HEAD"), "ref: refs/heads/main\n");
  assert.ok(isBareRepository(bare));
  assert.ok(!isBareRepository(folder));
});

test("a link that leads nowhere is told", { skip: process.platform === "win32" }, () => {
  symlinkSync("nowhere", join(folder, "dangling"));
  assert.throws(() => placeOf(join(folder, "dangling")), /there is no /);
});
