import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { RepositoryId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import { secretValue } from "#model/secret-value.ts";
import { collect } from "./testing/collect.ts";
import { mirrorWorld } from "./testing/mirror-world.ts";
import { commit, git } from "./testing/write-repository.ts";

const id = "4b7d3f7e-5f57-4c53-8a3c-0d5b6c1f0a01" as RepositoryId;

function withCode(code: string) {
  return (error: unknown) => error instanceof RemoteError && error.code === code;
}

test("a mirror is made, brought up to date with few git processes, and read", async (t) => {
  const { mirrors, url, remote, commands } = await mirrorWorld(t);
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
  const ids = tree.map((entry) => entry.objectId);
  const blobs = await collect(mirror.readBlobs(ids, { maxSize: 100 }));
  assert.deepEqual(
    blobs.map((blob) => ("bytes" in blob ? Buffer.from(blob.bytes).toString() : blob.problem)),
    ["one\n", "two\n"],
  );
  const second = await commit(remote, "refs/heads/main", { "a.txt": "three\n", "b/c.txt": undefined });
  const before = commands().length;
  const again = await mirrors.fetch({ id, url });
  assert.deepEqual(commands().slice(before), ["fetch-pack", "update-ref"]);
  const changes = await again.diffTrees(first, second);
  assert.deepEqual(
    changes.map(({ path, change }) => ({ path, change })),
    [
      { path: "a.txt", change: "modified" },
      { path: "b/c.txt", change: "deleted" },
    ],
  );
  await mirrors.fetch({ id, url });
  assert.deepEqual(
    commands().slice(before),
    ["fetch-pack", "update-ref", "diff-tree"],
    "nothing to get costs no process",
  );
});

test("who made a commit is asked once, also by the next who uses the mirror", async (t) => {
  const { mirrors, url, remote, commands } = await mirrorWorld(t);
  const first = await commit(remote, "refs/heads/main", { "a.txt": "one\n" });
  const facts = [[first, { author: "Ada", at: "2023-11-14T22:13:20+00:00" }]];
  const before = await mirrors.fetch({ id, url });
  assert.deepEqual([...(await before.history.describeCommits([first]))], facts);
  before.release();
  const second = await commit(remote, "refs/heads/main", { "a.txt": "two\n" });
  const mirror = await mirrors.fetch({ id, url });
  const asked = commands().length;
  assert.deepEqual([...(await mirror.history.describeCommits([first, "0".repeat(40)]))], facts);
  assert.deepEqual([...(await mirror.history.describeCommits([first, second])).keys()], [first, second]);
  assert.deepEqual(commands().slice(asked), ["log", "log"]);
  assert.deepEqual([...(await mirror.history.describeCommits([second, first])).keys()], [second, first]);
  assert.equal(commands().length, asked + 2);
});

test("force pushes, deleted branches and branches that become folders are followed", async (t) => {
  const { mirrors, url, remote } = await mirrorWorld(t);
  await commit(remote, "refs/heads/main", { "a.txt": "one" });
  await commit(remote, "refs/heads/topic", { "t.txt": "topic" });
  await mirrors.fetch({ id, url });
  const other = await commit(remote, "refs/heads/main", { "b.txt": "other history" }, { from: "nothing" });
  await git(remote, ["update-ref", "-d", "refs/heads/topic"]);
  const nested = await commit(remote, "refs/heads/topic/nested", { "n.txt": "nested" });
  const mirror = await mirrors.fetch({ id, url });
  assert.deepEqual(await mirror.listRefs("refs/heads/"), [
    { name: "refs/heads/main", objectId: other },
    { name: "refs/heads/topic/nested", objectId: nested },
  ]);
  assert.equal(await mirror.resolve("refs/heads/topic"), undefined);
});

test("named refs come with the heads and go when the remote drops them", async (t) => {
  const { mirrors, url, remote } = await mirrorWorld(t);
  await commit(remote, "refs/heads/main", { "a.txt": "one" });
  const merge = await commit(remote, "refs/pull/7/merge", { "a.txt": "merged" });
  await commit(remote, "refs/pull/70/merge", { "a.txt": "another" });
  const refs = ["refs/pull/7/merge"];
  const mirror = await mirrors.fetch({ id, url, refs });
  assert.equal(await mirror.resolve("refs/pull/7/merge"), merge);
  assert.equal(await mirror.resolve("refs/pull/70/merge"), undefined);
  await git(remote, ["update-ref", "-d", "refs/pull/7/merge"]);
  await mirrors.fetch({ id, url, refs });
  assert.equal(await mirror.resolve("refs/pull/7/merge"), undefined);
  assert.ok(await mirror.resolve("refs/heads/main"));
  for (const ref of ["main", "--upload-pack=x", "refs/heads/../x", "refs/a:b"]) {
    await assert.rejects(mirrors.fetch({ id, url, refs: [ref] }), withCode("refused"));
  }
});

test("an empty repository is an empty mirror", async (t) => {
  const { mirrors, url } = await mirrorWorld(t);
  const mirror = await mirrors.fetch({ id, url });
  assert.equal(await mirror.resolve("refs/heads/main"), undefined);
  assert.deepEqual(await mirror.listRefs("refs/"), []);
  assert.equal((await mirror.history.readChanges({ since: [], tips: [] })).count, 0);
});

test("fetches of one repository at the same moment run one after another", async (t) => {
  const { mirrors, url, remote, logged } = await mirrorWorld(t);
  const head = await commit(remote, "refs/heads/main", { "a.txt": "one" });
  const handles = await Promise.all(Array.from({ length: 5 }, () => mirrors.fetch({ id, url })));
  for (const handle of handles) assert.equal(await handle.resolve("refs/heads/main"), head);
  const fetches = logged.filter(({ command, code }) => command === "fetch" && code === 0);
  assert.equal(fetches.length, 1, "those that waited found nothing more to get");
});

test("what the remote refuses is told apart", async (t) => {
  const { mirrors, url, server, remote } = await mirrorWorld(t, { authorization: `Basic ${"c2VjcmV0".repeat(2)}` });
  await assert.rejects(mirrors.fetch({ id, url }), withCode("signed-out"));
  const wrong = secretValue(["Basic", "d3Jvbmc6d3Jvbmc="].join(" "));
  await assert.rejects(mirrors.fetch({ id, url, authorization: wrong }), withCode("signed-out"));
  const expectations: readonly (readonly [number, string])[] = [
    [200, "signed-out"],
    [203, "signed-out"],
    [302, "signed-out"],
    [403, "forbidden"],
    [404, "not-found"],
    [429, "rate-limited"],
    [500, "unavailable"],
    [503, "unavailable"],
  ];
  const before = await commit(remote, "refs/heads/main", { "a.txt": "one" });
  const right = secretValue(["Basic", "c2VjcmV0".repeat(2)].join(" "));
  const mirror = await mirrors.fetch({ id, url, authorization: right });
  for (const [status, code] of expectations) {
    server.answer = (_request, response) => {
      const location = status === 302 ? { location: `${server.url}/_signin` } : {};
      response.writeHead(status, { "content-type": "text/html", ...location }).end("<html>no</html>");
    };
    await assert.rejects(mirrors.fetch({ id, url }), withCode(code), `status ${status}`);
    assert.equal(await mirror.resolve("refs/heads/main"), before, `status ${status} empties no mirror`);
  }
  await server.stop();
  await assert.rejects(mirrors.fetch({ id, url }), withCode("unreachable"));
});

test("only https, and http of this machine, without a user part", async (t) => {
  const { mirrors, server } = await mirrorWorld(t);
  const user = server.url.replace("://", "://someone@");
  for (const url of ["http://example.com/a.git", "ssh://x/y", "ext::sh -c id", "file:///etc", "/etc", "-x", user]) {
    await assert.rejects(mirrors.fetch({ id, url }), withCode("refused"), url);
  }
});

test("a redirect is never followed, so the credential goes nowhere else", async (t) => {
  const { mirrors, server } = await mirrorWorld(t);
  const elsewhere = await mirrorWorld(t);
  server.answer = (request, response) => {
    response.writeHead(301, { location: `${elsewhere.server.url}${request.url}` }).end();
  };
  const authorization = secretValue(["Basic", "c2VjcmV0c2VjcmV0"].join(" "));
  await assert.rejects(mirrors.fetch({ id, url: `${server.url}/a.git`, authorization }), withCode("signed-out"));
  assert.deepEqual(elsewhere.server.requests, []);
});

test("a mirror that git cannot work with any more is made anew", async (t) => {
  const { mirrors, url, remote, folder } = await mirrorWorld(t);
  await commit(remote, "refs/heads/main", { "a.txt": "one" });
  (await mirrors.fetch({ id, url })).release();
  const packs = join(folder, "mirrors", `${id}.git`, "objects", "pack");
  for (const name of await readdir(packs)) await writeFile(join(packs, name), "garbage");
  const head = await commit(remote, "refs/heads/main", { "a.txt": "two" });
  const mirror = await mirrors.fetch({ id, url });
  assert.equal(await mirror.resolve("refs/heads/main"), head);
  assert.equal((await mirror.listTree(head)).length, 1);
});

test("a mirror in which a reader misses an object is made anew", async (t) => {
  const { mirrors, url, remote } = await mirrorWorld(t);
  const head = await commit(remote, "refs/heads/main", { "a.txt": "one" });
  const mirror = await mirrors.fetch({ id, url });
  const packs = join(mirror.gitDir, "objects", "pack");
  for (const name of await readdir(packs)) await rm(join(packs, name));
  await assert.rejects(mirror.listTree(head), RemoteError);
  mirror.release();
  const again = await mirrors.fetch({ id, url });
  assert.equal((await again.listTree(head)).length, 1);
});

test("many small fetches leave few packs", async (t) => {
  const { mirrors, url, remote, folder } = await mirrorWorld(t);
  let head = "";
  for (let count = 0; count < 30; count += 1) {
    head = await commit(remote, "refs/heads/main", { [`f${count}.txt`]: `${count}` });
    (await mirrors.fetch({ id, url })).release();
  }
  const packs = await readdir(join(folder, "mirrors", `${id}.git`, "objects", "pack"));
  assert.ok(packs.filter((name) => name.endsWith(".pack")).length <= 25, packs.join(" "));
  const mirror = await mirrors.fetch({ id, url });
  assert.equal((await mirror.listTree(head)).length, 30);
});

test("a mirror is removed, and made again when asked for", async (t) => {
  const { mirrors, url, remote, folder } = await mirrorWorld(t);
  await commit(remote, "refs/heads/main", { "a.txt": "one" });
  assert.equal(mirrors.existing(id), undefined);
  await mirrors.fetch({ id, url });
  assert.ok(mirrors.existing(id));
  await mirrors.remove(id);
  assert.equal(mirrors.existing(id), undefined);
  assert.ok(!existsSync(join(folder, "mirrors", `${id}.git`)));
  assert.ok(await (await mirrors.fetch({ id, url })).resolve("refs/heads/main"));
});
