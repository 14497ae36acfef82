import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, it } from "node:test";

describe("the emulator as a program", () => {
  it("says where it is, answers, and leaves nothing behind", async () => {
    const folder = await mkdtemp(join(tmpdir(), "emulator-main-"));
    const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), "--port", "0", "--folder", folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    const url = /^emulator ready: (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1];
    assert.ok(url, line);
    assert.equal((await fetch(`${url}/_emulator/help`)).status, 200);
    child.kill("SIGTERM");
    const [code] = (await once(child, "exit")) as [number];
    assert.equal(code, 0);
    assert.deepEqual(await readdir(folder), []);
    await rm(folder, { recursive: true });
  });
});
