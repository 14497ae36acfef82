import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { startSallyport } from "../testing/run-sallyport.ts";
import { makeFolder, makeWritableFolder } from "./make-folder.ts";

const top = mkdtempSync(join(tmpdir(), "sallyport-folder-"));
after(() => rmSync(top, { recursive: true, force: true }));
const setting = "SALLYPORT_DATA";
const file = join(top, "file");
writeFileSync(file, "x");

test("folders that are missing are made; one that is there stays", async () => {
  const folder = join(top, "a", "b", "c");
  await makeWritableFolder({ folder, setting, mode: 0o700 });
  await makeWritableFolder({ folder, setting });
  assert.ok(statSync(folder).isDirectory());
  if (process.platform !== "win32") assert.equal(statSync(join(top, "a")).mode & 0o777, 0o700);
});

test("what cannot be a folder is told with the place where it fails", async () => {
  const start = "SALLYPORT_DATA must be a folder, or the place for one: ";
  const below = join(file, "x", "y");
  await assert.rejects(makeFolder({ folder: below, setting }), {
    message: `${start}${file} is a file, and ${below} is below it`,
  });
  await assert.rejects(makeFolder({ folder: file, setting }), { message: `${start}${file} is a file` });
});

test("nothing is made below /proc, and that ends", { skip: process.platform !== "linux" }, async () => {
  await assert.rejects(makeFolder({ folder: "/proc/nope/deeper", setting }), /: \/proc\/nope cannot be made \(E\w+\)$/);
});

test("a folder that cannot be written is told", { skip: process.platform === "win32" }, async (t) => {
  if (process.getuid?.() === 0) return t.skip("root writes everywhere");
  const folder = join(top, "closed");
  await makeFolder({ folder, setting });
  chmodSync(folder, 0o500);
  await assert.rejects(
    makeWritableFolder({ folder, setting }),
    /must be a folder that can be written: \S+ cannot \(EACCES\)$/,
  );
  await assert.rejects(makeFolder({ folder: join(folder, "a"), setting }), /cannot be made \(EACCES\)$/);
});

test("commands that write there end with 2 and one line", async () => {
  const bad = join(file, "data");
  const archive = file;
  for (const [args, environment] of [
    [["serve"], { SALLYPORT_DATA: bad }],
    [["restore", archive], { SALLYPORT_DATA: bad }],
    [["advisories", "update"], { SALLYPORT_KNOWLEDGE: bad }],
    [["advisories", "import", archive], { SALLYPORT_KNOWLEDGE: bad }],
  ] as const) {
    const { code, stderr } = await startSallyport(args, environment).ended;
    assert.equal(code, 2, args.join(" "));
    assert.match(
      stderr,
      /^sallyport: SALLYPORT_(?:DATA|KNOWLEDGE) must be a folder, .* is a file, and .* is below it\n$/,
    );
  }
  const { code, stdout } = await startSallyport(["doctor"], { SALLYPORT_DATA: bad }).ended;
  assert.equal(code, 1);
  assert.match(stdout, /^fail {2}data folder: SALLYPORT_DATA must be a folder/m);
});
