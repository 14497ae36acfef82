import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { RepositoryId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import { secretValue } from "#model/secret-value.ts";
import { mirrorWorld } from "./testing/mirror-world.ts";
import { commit } from "./testing/write-repository.ts";

const id = "4b7d3f7e-5f57-4c53-8a3c-0d5b6c1f0a02" as RepositoryId;
const isLinux = process.platform === "linux";

/** Random bytes do not compress, so the pack is as large as they are. */
function bulk(bytes: number): Record<string, Uint8Array> {
  return { "bulk.bin": randomBytes(bytes) };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

interface Running {
  readonly pid: number;
  readonly group: number;
  readonly command: string;
}

function processes(): Running[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "latin1");
        const [state = "", , group = "0"] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        if (state === "Z") return [];
        return [{ pid: Number(name), group: Number(group), command: readFileSync(`/proc/${name}/cmdline`, "latin1") }];
      } catch {
        return [];
      }
    });
}

test("the credential is in no command line, no file and no log", { skip: !isLinux }, async (t) => {
  const { mirrors, url, remote, folder, server, logged } = await mirrorWorld(t);
  await commit(remote, "refs/heads/main", bulk(2_000_000));
  const value = `:${randomBytes(32).toString("hex")}`;
  const encoded = Buffer.from(value).toString("base64");
  const authorization = secretValue(`Basic ${encoded}`);
  const stalled = server.stallAfter(100_000);
  const fetching = mirrors.fetch({ id, url, authorization });
  await stalled;
  const git = processes().filter(({ command }) => command.includes(url));
  assert.ok(git.length >= 2, "git and its transport run");
  for (const { command } of processes()) assert.ok(!command.includes(encoded) && !command.includes(value));
  server.flow();
  await assert.rejects(fetching, (error) => {
    assert.ok(error instanceof RemoteError && error.code === "unreachable");
    assert.ok(!JSON.stringify(error.details).includes(encoded));
    return true;
  });
  await mirrors.fetch({ id, url, authorization });
  assert.ok(server.requests.some((request) => request.authorization === `Basic ${encoded}`));
  for (const file of filesBelow(join(folder, "mirrors"))) {
    const text = readFileSync(file, "latin1");
    assert.ok(!text.includes(encoded) && !text.includes(value), file);
  }
  assert.ok(!JSON.stringify(logged).includes(encoded));
});

test("kill -9 in the middle of a fetch: the next one ends the orphan, heals and succeeds", {
  skip: !isLinux,
}, async (t) => {
  const { mirrors, url, remote, folder, server } = await mirrorWorld(t);
  const head = await commit(remote, "refs/heads/main", bulk(2_000_000));
  const script = new URL("./testing/fetch-in-child.ts", import.meta.url).pathname;
  const stalled = server.stallAfter(500_000);
  const child = spawn(process.execPath, [script, join(folder, "mirrors"), id, url], { stdio: "ignore" });
  await stalled;
  child.kill("SIGKILL");
  await once(child, "close");
  const orphans = processes().filter(({ command }) => command.includes(url));
  assert.ok(orphans.length > 0, "git outlives its parent");
  const gitDir = join(folder, "mirrors", `${id}.git`);
  // What git leaves when it is killed at other moments.
  writeFileSync(join(gitDir, "refs", "heads", "main.lock"), "");
  writeFileSync(join(gitDir, "packed-refs.lock"), "");
  writeFileSync(join(gitDir, "objects", "pack", "tmp_pack_left"), "PACK");
  server.flow();
  const mirror = await mirrors.fetch({ id, url });
  assert.equal(await mirror.resolve("refs/heads/main"), head);
  assert.deepEqual(
    filesBelow(join(folder, "mirrors")).filter((file) => /\.lock|tmp_/.test(file)),
    [],
  );
  const alive = processes().filter(({ pid }) => orphans.some((orphan) => orphan.pid === pid));
  assert.deepEqual(alive, []);
});

test("two processes on one mirror take turns", async (t) => {
  const { mirrors, url, remote, folder, server } = await mirrorWorld(t);
  const head = await commit(remote, "refs/heads/main", bulk(200_000));
  const script = new URL("./testing/fetch-in-child.ts", import.meta.url).pathname;
  const children = [1, 2, 3].map(() =>
    spawn(process.execPath, [script, join(folder, "mirrors"), id, url], { stdio: ["ignore", "pipe", "inherit"] }),
  );
  const ended = Promise.all(children.map((child) => once(child, "close")));
  const own = await mirrors.fetch({ id, url });
  assert.equal(await own.resolve("refs/heads/main"), head);
  for (const [code] of await ended) assert.equal(code, 0);
  const packs = server.requests.filter(({ path }) => path.endsWith("/git-upload-pack"));
  assert.equal(packs.length, 1, "only the first had something to get");
});

test("a fetch that takes too long, grows too large or is cancelled is stopped", async (t) => {
  const { open, url, remote, server, folder } = await mirrorWorld(t);
  await commit(remote, "refs/heads/main", bulk(3_000_000));
  void server.stallAfter(10_000);
  const hasty = open({ limits: { fetchMilliseconds: 300 } });
  await assert.rejects(hasty.fetch({ id, url }), (error) => error instanceof RemoteError && error.code === "timed-out");
  const stop = new AbortController();
  const stalled = server.stallAfter(10_000);
  const cancelled = open().fetch({ id, url, signal: stop.signal });
  await stalled;
  stop.abort();
  await assert.rejects(cancelled, (error) => error instanceof RemoteError && error.code === "timed-out");
  server.flow();
  const small = open({ limits: { repositoryBytes: 1_000_000 } });
  await assert.rejects(small.fetch({ id, url }), (error) => {
    return error instanceof RemoteError && error.code === "refused" && error.details.reason === "too-large";
  });
  assert.deepEqual(
    readdirSync(join(folder, "mirrors")).filter((name) => name !== "home"),
    [],
    "nothing is kept of what does not fit",
  );
});

test("what force pushes leave behind does not fill a mirror for ever", async (t) => {
  const { open, url, remote } = await mirrorWorld(t);
  const mirrors = open({ limits: { repositoryBytes: 1_000_000 } });
  let head = "";
  for (let push = 0; push < 4; push += 1) {
    head = await commit(remote, "refs/heads/main", bulk(400_000), { from: "nothing" });
    const mirror = await mirrors.fetch({ id, url });
    assert.equal(await mirror.resolve("refs/heads/main"), head);
    mirror.release();
  }
});

test("a reading that was not released keeps no process from ending", async (t) => {
  const { mirrors, url, remote, folder } = await mirrorWorld(t);
  const head = await commit(remote, "refs/heads/main", { "a.txt": "one" });
  await mirrors.fetch({ id, url });
  const script = `
    const { openLocalRepository } = await import(${JSON.stringify(new URL("./open-local-repository.ts", import.meta.url).href)});
    const log = { debug() {} };
    const repository = await openLocalRepository(process.argv[1], { log });
    const [{ objectId }] = await repository.listTree(process.argv[2]);
    for await (const blob of repository.readBlobs([objectId], { maxSize: 10 })) console.log(blob.bytes.length);
  `;
  const args = ["--input-type=module", "-e", script, join(folder, "mirrors", `${id}.git`), head];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  assert.deepEqual(await once(child, "close"), [0, null]);
});

test("inherited configuration and variables reach no git", async (t) => {
  const { open, url, remote, folder } = await mirrorWorld(t);
  const head = await commit(remote, "refs/heads/main", { "a.txt": "one" });
  const proof = join(folder, "ran");
  const evil = join(folder, "evil");
  writeFileSync(evil, `#!/bin/sh\ntouch ${proof}\n`, { mode: 0o755 });
  const surrounding = {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    HOME: folder,
    GIT_DIR: folder,
    GIT_SSH_COMMAND: evil,
    GIT_ASKPASS: evil,
    GIT_EXEC_PATH: folder,
    GIT_TRACE: join(folder, "trace"),
    LD_PRELOAD: evil,
  };
  writeFileSync(join(folder, ".gitconfig"), `[core]\n\tfsmonitor = ${evil}\n\thooksPath = ${folder}\n`);
  for (const hook of ["reference-transaction", "post-update", "pre-auto-gc"]) {
    writeFileSync(join(folder, hook), `#!/bin/sh\ntouch ${proof}\n`, { mode: 0o755 });
  }
  const mirror = await open({ surrounding }).fetch({ id, url });
  assert.equal(await mirror.resolve("refs/heads/main"), head);
  assert.equal(statSync(proof, { throwIfNoEntry: false }), undefined);
  assert.equal(statSync(join(folder, "trace"), { throwIfNoEntry: false }), undefined);
});
