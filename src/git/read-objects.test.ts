import assert from "node:assert/strict";
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { RepositoryId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import { collect } from "./testing/collect.ts";
import { mirrorWorld } from "./testing/mirror-world.ts";
import { commit, git } from "./testing/write-repository.ts";

const id = "4b7d3f7e-5f57-4c53-8a3c-0d5b6c1f0a03" as RepositoryId;

function textOf(blob: { readonly bytes: Uint8Array } | { readonly problem: string }): string {
  return "bytes" in blob ? Buffer.from(blob.bytes).toString() : blob.problem;
}

test("names that would break a line-based reader arrive as they are", async (t) => {
  const { mirrors, url, remote } = await mirrorWorld(t);
  const names = [
    "a b.txt",
    "-rf",
    "new\nline",
    "tab\there",
    'quo"te',
    "uni/côdé 漢字",
    "back\\slash",
    "$(id)",
    "*.txt",
  ];
  const files = Object.fromEntries(names.map((name) => [name, name]));
  const head = await commit(remote, "refs/heads/main", files);
  const mirror = await mirrors.fetch({ id, url });
  const tree = await mirror.listTree(head);
  assert.deepEqual(tree.map(({ path }) => path).sort(), [...names].sort());
  const changes = await mirror.diffTrees(undefined, head);
  assert.deepEqual(changes.map(({ path }) => path).sort(), [...names].sort());
  const blobs = await collect(
    mirror.readBlobs(
      tree.map(({ objectId }) => objectId),
      { maxSize: 1000 },
    ),
  );
  assert.deepEqual(
    blobs.map(textOf),
    tree.map(({ path }) => path),
  );
});

test("bytes that are no UTF-8 make different paths different", async (t) => {
  const { mirrors, url, remote } = await mirrorWorld(t);
  const blob = await git(remote, ["hash-object", "-w", "--stdin"], "x");
  const entry = (last: number) => Buffer.concat([Buffer.from(`100644 blob ${blob}\tcaf`), Buffer.from([last, 0])]);
  const tree = await git(remote, ["mktree", "-z"], Buffer.concat([entry(0xe9), entry(0xea)]));
  const head = await git(remote, ["commit-tree", tree, "-m", "x"]);
  await git(remote, ["update-ref", "refs/heads/main", head]);
  const mirror = await mirrors.fetch({ id, url });
  assert.deepEqual(
    (await mirror.listTree(head)).map(({ path }) => path),
    ["caf\\xe9", "caf\\xea"],
  );
});

test("renames, modes, links and submodules", async (t) => {
  const { mirrors, url, remote } = await mirrorWorld(t);
  const text = "a line that is long enough to be recognised\n".repeat(20);
  const first = await commit(remote, "refs/heads/main", { "old name.txt": text, "gone.txt": "gone" });
  await commit(remote, "refs/heads/main", {
    "old name.txt": undefined,
    "new name.txt": `${text}more\n`,
    "gone.txt": undefined,
  });
  const link = await git(remote, ["hash-object", "-w", "--stdin"], "/etc/passwd");
  const listed = await git(remote, ["ls-tree", "refs/heads/main"]);
  const tree = await git(
    remote,
    ["mktree", "--missing"],
    `${listed}\n120000 blob ${link}\tlink\n160000 commit ${"1".repeat(40)}\tmodule\n`,
  );
  const second = await git(remote, ["commit-tree", tree, "-p", first, "-m", "x"]);
  await git(remote, ["update-ref", "refs/heads/main", second]);
  const mirror = await mirrors.fetch({ id, url });
  const changes = await mirror.diffTrees(first, second);
  assert.deepEqual(
    changes.map(({ path, oldPath, change, mode }) => ({ path, oldPath, change, mode })),
    [
      { path: "gone.txt", oldPath: undefined, change: "deleted", mode: "100644" },
      { path: "link", oldPath: undefined, change: "added", mode: "120000" },
      { path: "new name.txt", oldPath: "old name.txt", change: "renamed", mode: "100644" },
    ],
  );
  assert.deepEqual(
    (await mirror.listTree(second)).map(({ path }) => path),
    ["link", "new name.txt"],
  );
});

test("merge bases and ancestry", async (t) => {
  const { mirrors, url, remote } = await mirrorWorld(t);
  const base = await commit(remote, "refs/heads/main", { "a.txt": "base" });
  const left = await commit(remote, "refs/heads/main", { "a.txt": "left" });
  const right = await commit(remote, "refs/heads/topic", { "b.txt": "right" }, { from: base });
  const stranger = await commit(remote, "refs/heads/other", { "c.txt": "x" }, { from: "nothing" });
  const mirror = await mirrors.fetch({ id, url });
  assert.equal(await mirror.mergeBase(left, right), base);
  assert.equal(await mirror.mergeBase(left, stranger), undefined);
  assert.equal(await mirror.isAncestor(base, right), true);
  assert.equal(await mirror.isAncestor(left, right), false);
  for (const revision of ["--all", "-x", "", "a\nb", "refs/heads/main\0"]) {
    await assert.rejects(mirror.resolve(revision), RemoteError);
    await assert.rejects(mirror.listTree(revision), RemoteError);
  }
});

test("a tree that contains itself a billion times is given up, not followed", async (t) => {
  const { open, url, remote } = await mirrorWorld(t);
  let below = await git(remote, ["hash-object", "-w", "--stdin"], "boom");
  let kind = "100644 blob";
  for (let level = 0; level < 10; level += 1) {
    const lines = Array.from({ length: 10 }, (_, index) => `${kind} ${below}\td${index}\n`);
    below = await git(remote, ["mktree"], lines.join(""));
    kind = "040000 tree";
  }
  const head = await git(remote, ["commit-tree", below, "-m", "boom"]);
  await git(remote, ["update-ref", "refs/heads/main", head]);
  const mirror = await open({ limits: { outputBytes: 1_000_000 } }).fetch({ id, url });
  const tooLarge = (error: unknown) => error instanceof RemoteError && error.details.reason === "too-large";
  await assert.rejects(mirror.listTree(head), tooLarge);
  assert.equal((await mirror.history.readChanges({ since: [], tips: [] })).failure?.details.reason, "too-large");
});

test("blobs: missing, too large, of another kind, in order, several readings at once", async (t) => {
  const { mirrors, url, remote } = await mirrorWorld(t);
  const files = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`f${index}`, `content ${index}`]));
  const head = await commit(remote, "refs/heads/main", {
    ...files,
    small: "x".repeat(2000),
    huge: "y".repeat(9_000_000),
    empty: "",
  });
  const mirror = await mirrors.fetch({ id, url });
  const tree = new Map((await mirror.listTree(head)).map((entry) => [entry.path, entry.objectId]));
  const of = (name: string) => tree.get(name) ?? "";
  const ids = [of("f1"), "1".repeat(40), of("small"), of("huge"), head, of("empty"), of("f2"), of("huge"), of("f1")];
  const expected = [
    "content 1",
    "missing",
    "too-large",
    "too-large",
    "missing",
    "",
    "content 2",
    "too-large",
    "content 1",
  ];
  const blobs = await collect(mirror.readBlobs(ids, { maxSize: 1000 }));
  assert.deepEqual(blobs.map(textOf), expected);
  assert.deepEqual(
    blobs.map(({ objectId }) => objectId),
    ids,
  );
  const large = blobs[3];
  assert.ok(large && "problem" in large && large.size === 9_000_000);

  const all = Object.keys(files).map(of);
  async function* slowly() {
    for (const one of all) {
      if (one.endsWith("0")) await new Promise(setImmediate);
      yield one;
    }
  }
  const readings = await Promise.all([
    collect(mirror.readBlobs(all, { maxSize: 1000 })),
    collect(mirror.readBlobs(slowly(), { maxSize: 1000 })),
    collect(mirror.readBlobs(all.toReversed(), { maxSize: 1000 })),
  ]);
  for (const reading of readings) assert.equal(reading.filter((blob) => "bytes" in blob).length, 3000);
  assert.equal(textOf(readings[2]?.[0] ?? { problem: "none" }), "content 2999");
});

test("a reading that ends early, or whose source fails, leaves the next one in order", async (t) => {
  const { mirrors, url, remote, commands } = await mirrorWorld(t);
  const files = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`f${index}`, `content ${index}`]));
  const head = await commit(remote, "refs/heads/main", files);
  const mirror = await mirrors.fetch({ id, url });
  const ids = (await mirror.listTree(head)).map(({ objectId }) => objectId);
  for await (const blob of mirror.readBlobs(ids, { maxSize: 1000 })) {
    assert.ok("bytes" in blob);
    break;
  }
  async function* failing() {
    yield ids[0] ?? "";
    throw new Error("the source broke");
  }
  await assert.rejects(collect(mirror.readBlobs(failing(), { maxSize: 1000 })), /the source broke/);
  await assert.rejects(collect(mirror.readBlobs(["x\ny"], { maxSize: 1000 })), RemoteError);
  assert.deepEqual(await collect(mirror.readBlobs([], { maxSize: 1000 })), []);
  const blobs = await collect(mirror.readBlobs(ids, { maxSize: 1000 }));
  assert.equal(blobs.length, 50);
  const [first] = blobs;
  assert.ok(first && "bytes" in first);
  assert.equal(first.bytes.buffer.byteLength, first.bytes.length, "owns its memory");
  for (let round = 0; round < 5; round += 1) await collect(mirror.readBlobs(ids, { maxSize: 1000 }));
  // Only the readings above that ended early may have ended their processes, whenever that is noticed.
  const ended = commands().filter((command) => command === "cat-file").length;
  assert.ok(ended <= 3, `the process stays: ${ended} ended`);
});

test("damaged objects are missing, many in a row too, and the others can still be read", async (t) => {
  const { open, url, remote, folder } = await mirrorWorld(t);
  const contents = ["aaa", "bbb", "ccc", "ddd", "eee", "fff", "ggg", "hhh"];
  const files = Object.fromEntries(contents.map((content) => [content, content]));
  const head = await commit(remote, "refs/heads/main", files);
  const mirror = await open().fetch({ id, url });
  const ids = (await mirror.listTree(head)).map(({ objectId }) => objectId);
  const gitDir = join(folder, "mirrors", `${id}.git`);
  rmSync(join(gitDir, "objects", "pack"), { recursive: true });
  for (const content of contents) await git(gitDir, ["hash-object", "-w", "--stdin"], content);
  for (const damagedId of ids.slice(1, -1)) {
    const damaged = join(gitDir, "objects", damagedId.slice(0, 2), damagedId.slice(2));
    chmodSync(damaged, 0o600);
    writeFileSync(damaged, "this is no zlib stream");
  }
  mirror.release();
  const again = open().existing(id);
  assert.ok(again);
  const blobs = await collect(again.readBlobs(ids, { maxSize: 10 }));
  assert.deepEqual(blobs.map(textOf), ["aaa", ...contents.slice(1, -1).map(() => "missing"), "hhh"]);
});
