import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { pino } from "pino";
import type { RepositoryId } from "#model/ids.ts";
import { openMirrors } from "./open-mirrors.ts";
import { collect } from "./testing/collect.ts";
import { type RepositoryServer, serveRepositories } from "./testing/serve-repositories.ts";
import { commit, git } from "./testing/write-repository.ts";

const id = "4b7d3f7e-5f57-4c53-8a3c-0d5b6c1f0a01" as RepositoryId;

async function world(t: TestContext, options: { authorization?: string } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "sallyport-git-"));
  const remotes = join(folder, "remotes");
  await mkdir(remotes);
  await git(remotes, ["init", "--quiet", "--bare", "a.git"]);
  const server: RepositoryServer = await serveRepositories(remotes, options.authorization);
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const mirrors = openMirrors({ folder: join(folder, "mirrors"), budgetBytes: 1e9, log, now: () => new Date() });
  t.after(async () => {
    mirrors.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const commands = () => logged.filter((line) => line.msg === "git ended").map((line) => line.command);
  return { folder, remote: join(remotes, "a.git"), server, url: `${server.url}/a.git`, mirrors, log, logged, commands };
}

test("a mirror is made, brought up to date with one git process, and read", async (t) => {
  const { mirrors, url, remote, commands } = await world(t);
  const first = await commit(remote, "refs/heads/main", { "a.txt": "one\n", "b/c.txt": "two\n" });
  const mirror = await mirrors.fetch({ id, url });
  assert.equal(await mirror.resolve("refs/heads/main"), first);
  const tree = await mirror.listTree(first);
  assert.deepEqual(
    tree.map(({ path, size, mode }) => ({ path, size, mode })),
    [
      { path: "a.txt", size: 4, mode: "100644" },
      { path: "b/c.txt", size: 4, mode: "100644" },
    ],
  );
  const blobs = await collect(
    mirror.readBlobs(
      tree.map((entry) => entry.objectId),
      { maxSize: 100 },
    ),
  );
  assert.deepEqual(
    blobs.map((blob) => ("bytes" in blob ? Buffer.from(blob.bytes).toString() : blob.problem)),
    ["one\n", "two\n"],
  );
  const second = await commit(remote, "refs/heads/main", { "a.txt": "three\n", "b/c.txt": undefined });
  const before = commands().length;
  const again = await mirrors.fetch({ id, url });
  assert.deepEqual(commands().slice(before), ["fetch"]);
  const changes = await again.diffTrees(first, second);
  assert.deepEqual(
    changes.map(({ path, change }) => ({ path, change })),
    [
      { path: "a.txt", change: "modified" },
      { path: "b/c.txt", change: "deleted" },
    ],
  );
});
