import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const program = fileURLToPath(new URL("../../../bin/sallyport.js", import.meta.url));
const run = promisify(execFile);

test("names, versions and paths that hold control characters do not reach a terminal", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-packages-"));
  try {
    mkdirSync(join(folder, "api"));
    writeFileSync(join(folder, "requirements.txt"), "-r \x1b]0;title\x07.txt\n");
    writeFileSync(
      join(folder, "api/package.json"),
      JSON.stringify({ dependencies: { "left\x1b[2J": "1.0.0\x1b[31m", __proto__x: "1" } }),
    );
    for (const command of ["packages", "sbom"]) {
      const { stdout, stderr } = await run(process.execPath, [program, command, folder]);
      assert.ok(stdout.includes("__proto__x"));
      // oxlint-disable-next-line no-control-regex -- they are what is looked for
      assert.doesNotMatch(stdout + stderr, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
