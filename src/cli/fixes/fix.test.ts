/** `sallyport fix` on a folder: what it prints, what it writes, and what it does not touch. */
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { withCrc32Base62 } from "#scan/secrets/examples/example-values.ts";
import { environmentWith } from "../config.ts";
import { writeFix } from "./write-fix.ts";

const top = mkdtempSync(join(tmpdir(), "sallyport-fix-"));
after(() => rmSync(top, { recursive: true, force: true }));
const home = join(top, "home");

const main = fileURLToPath(new URL("../../../bin/sallyport.js", import.meta.url));

function sallyport(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const env = environmentWith({ HOME: home, USERPROFILE: home });
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env: { ...env } }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

const account = (https: string) =>
  [
    "\ufeffresource azurerm_storage_account a {",
    '\tname = "a" # kept',
    `\tenable_https_traffic_only = ${https}`,
    "}",
    "",
  ].join("\r\n");

function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(top, name);
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  return folder;
}

const rule = "iac/azure-storage-allows-http";

test("a dry run prints what git apply takes and writes nothing; without it the file is written and scanned again", async () => {
  const folder = folderOf("apply", { "main.tf": account("false") });
  chmodSync(join(folder, "main.tf"), 0o640);
  const dry = await sallyport("fix", folder, "--rule", rule, "--scanners", "iac", "--offline", "--quiet", "--dry-run");
  assert.equal(dry.code, 1, dry.stderr);
  assert.equal(readFileSync(join(folder, "main.tf"), "utf8"), account("false"));
  const copy = folderOf("patched", { "main.tf": account("false"), "fix.patch": dry.stdout });
  execFileSync("git", ["apply", "--whitespace=nowarn", "fix.patch"], { cwd: copy });
  assert.equal(readFileSync(join(copy, "main.tf"), "utf8"), account("true"));

  const done = await sallyport("fix", folder, "--rule", rule, "--scanners", "iac", "--offline", "--quiet");
  assert.equal(done.code, 0, done.stderr);
  assert.equal(readFileSync(join(folder, "main.tf"), "utf8"), account("true"));
  assert.equal(statSync(join(folder, "main.tf")).mode & 0o777, 0o640);
  assert.match(done.stdout, /wrote main\.tf\ngone .*main\.tf:.*\n1 gone, 0 left, 0 new\n$/);
});

test("what could not be read is said, also where nothing is left to fix", async () => {
  const folder = folderOf("unread", { "package-lock.json": "{", "a.txt": "nothing" });
  const { code, stdout, stderr } = await sallyport("fix", folder, "--offline", "--quiet", "--dry-run");
  assert.deepEqual([code, stdout], [0, "nothing to fix\n"]);
  assert.match(stderr, /^problem {3}package-lock\.json:1: /);
});

test("what was found and has no edit is counted, so that a mistyped rule is seen", async () => {
  const secret = withCrc32Base62("ghp_", "no edit");
  const folder = folderOf("no-edit", { "main.tf": account("false"), "a.ts": `const t = "${secret}";\n` });
  const options = ["--offline", "--quiet", "--dry-run"];
  const secrets = await sallyport("fix", folder, "--scanners", "secrets", ...options);
  assert.deepEqual([secrets.code, secrets.stdout], [0, "nothing to fix: 1 problem was found, none with an edit\n"]);
  const mistyped = await sallyport("fix", folder, "--scanners", "iac", "--rule", "iac/azure-storage", ...options);
  assert.equal(mistyped.code, 0);
  assert.match(
    mistyped.stdout,
    /^nothing to fix: \d+ problems were found, none with an edit that fits --rule iac\/azure-storage\n$/,
  );
});

test("all files are written or none, and none outside the folder", () => {
  const folder = folderOf("safe", { "a.txt": "old", "b.txt": "other" });
  const outside = folderOf("outside", { "c.txt": "old" });
  symlinkSync(outside, join(folder, "link"));
  symlinkSync(join(outside, "c.txt"), join(folder, "c.txt"));
  const file = (path: string) => ({ path, before: "old", after: "new" });
  const future = Date.now() + 10_000;
  const refusals: readonly (readonly [string, RegExp])[] = [
    ["b.txt", /b\.txt has changed since it was scanned; nothing was written/],
    ["gone.txt", /has changed since/],
    ["c.txt", /no plain file in the folder/],
    ["link/c.txt", /no plain file in the folder/],
    ["../outside/c.txt", /no plain file in the folder/],
  ];
  for (const [path, message] of refusals) {
    assert.throws(() => writeFix(folder, [file("a.txt"), file(path)], future), message);
    assert.equal(readFileSync(join(folder, "a.txt"), "utf8"), "old");
  }
  assert.throws(() => writeFix(folder, [file("a.txt")], 0), /has changed since it was scanned/);
  assert.equal(readFileSync(join(outside, "c.txt"), "utf8"), "old");
  assert.deepEqual(readdirSync(folder).sort(), ["a.txt", "b.txt", "c.txt", "link"]);
});
