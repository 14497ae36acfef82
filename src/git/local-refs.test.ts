import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { RepositoryId } from "#model/ids.ts";
import { mirrorWorld } from "./testing/mirror-world.ts";
import { commit, git } from "./testing/write-repository.ts";

const id = "4b7d3f7e-5f57-4c53-8a3c-0d5b6c1f0a02" as RepositoryId;

test("refs are those that git lists, packed or not, and no process is started for them", async (t) => {
  const { mirrors, url, remote, commands } = await mirrorWorld(t);
  for (const name of ["main", "gone", "damaged", "topic/a", "topic/B"]) {
    await commit(remote, `refs/heads/${name}`, { "a.txt": name });
  }
  const { gitDir } = await mirrors.fetch({ id, url });
  await git(gitDir, ["pack-refs", "--all"]);
  await commit(remote, "refs/heads/main", { "a.txt": "two" });
  await git(remote, ["update-ref", "-d", "refs/heads/gone"]);
  await commit(remote, "refs/heads/topic-c", { "a.txt": "c" });
  const mirror = await mirrors.fetch({ id, url });
  // What a crash leaves of a ref, and of one that was being written.
  await writeFile(join(gitDir, "refs", "heads", "damaged"), "");
  await writeFile(join(gitDir, "refs", "heads", "main.lock"), `${"a".repeat(40)}\n`);
  const branches = ["main", "gone", "damaged", "topic", "topic/a"].map((name) => `refs/heads/${name}`);
  const heads = await Promise.all(branches.map((name) => git(gitDir, ["rev-parse", "--verify", name]).catch(() => "")));
  const before = commands().length;
  assert.deepEqual(await Promise.all(branches.map(async (name) => (await mirror.resolve(name)) ?? "")), heads);
  const listed = await mirror.listRefs("refs/heads/");
  assert.deepEqual(
    listed.map(({ name, objectId }) => `${objectId} ${name}`),
    (await git(gitDir, ["for-each-ref", "--format=%(objectname) %(refname)", "refs/heads/"])).split("\n"),
  );
  assert.deepEqual(
    (await mirror.listRefs("refs/heads/topic/", "refs/tags/")).map(({ name }) => name),
    ["refs/heads/topic/B", "refs/heads/topic/a"],
  );
  assert.equal(commands().length, before);
  for (const none of ["refs/heads/../heads/main", "refs/heads/main.lock"]) {
    assert.equal(await mirror.resolve(none), undefined);
  }
});

test("many refs are put into one file, as each look at them reads all of theirs", async (t) => {
  const { mirrors, url, remote, commands } = await mirrorWorld(t);
  const head = await commit(remote, "refs/heads/main", { "a.txt": "one" });
  const names = Array.from({ length: 300 }, (_, at) => `refs/heads/topic/${at}`);
  await git(remote, ["update-ref", "--stdin"], names.map((name) => `create ${name} ${head}\n`).join(""));
  const mirror = await mirrors.fetch({ id, url });
  assert.deepEqual(commands(), ["fetch", "pack-refs"]);
  assert.equal((await mirror.listRefs("refs/heads/")).length, 301);
});
