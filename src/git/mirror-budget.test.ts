import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { test } from "node:test";
import type { RepositoryId } from "#model/ids.ts";
import { collect } from "./testing/collect.ts";
import { mirrorWorld } from "./testing/mirror-world.ts";
import { commit } from "./testing/write-repository.ts";

const ids = ["one", "two", "three", "four"] as const;

test("the least recently used mirrors go first, and those in use stay", async (t) => {
  let time = Date.parse("2026-01-01T00:00:00Z");
  const now = () => {
    time += 60_000;
    return new Date(time);
  };
  const { mirrors, addRemote } = await mirrorWorld(t, { mirrors: { budgetBytes: 250_000, now } });
  const urls = new Map<string, string>();
  for (const name of ids) {
    const { remote, url } = await addRemote(name);
    await commit(remote, "refs/heads/main", { "bulk.bin": randomBytes(100_000) });
    urls.set(name, url);
  }
  const fetchOf = (name: string) => mirrors.fetch({ id: name as RepositoryId, url: urls.get(name) ?? "" });
  const kept = () =>
    ids.filter((name) => {
      const mirror = mirrors.existing(name as RepositoryId);
      mirror?.release();
      return mirror !== undefined;
    });
  const one = await fetchOf("one");
  (await fetchOf("two")).release();
  (await fetchOf("three")).release();
  // One is the oldest, but somebody reads it.
  assert.deepEqual(kept(), ["one", "three"]);
  const head = await one.resolve("refs/heads/main");
  assert.ok(head);
  const [entry] = await one.listTree(head);
  const [blob] = await collect(one.readBlobs([entry?.objectId ?? ""], { maxSize: 1e6 }));
  assert.ok(blob && "bytes" in blob && blob.bytes.length === 100_000);
  one.release();
  (await fetchOf("three")).release();
  (await fetchOf("four")).release();
  assert.deepEqual(kept(), ["three", "four"]);
});

test("a mirror that another process reads stays; one whose reader was killed may go", async (t) => {
  const { mirrors, addRemote, folder } = await mirrorWorld(t, { mirrors: { budgetBytes: 150_000 } });
  const one = await addRemote("one");
  const two = await addRemote("two");
  for (const { remote } of [one, two]) await commit(remote, "refs/heads/main", { "bulk.bin": randomBytes(100_000) });
  (await mirrors.fetch({ id: "one" as RepositoryId, url: one.url })).release();
  const script = new URL("./testing/read-in-child.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [script, `${folder}/mirrors`, "one"], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  (await mirrors.fetch({ id: "two" as RepositoryId, url: two.url })).release();
  const first = mirrors.existing("one" as RepositoryId);
  assert.ok(first, "read by the child");
  first.release();
  child.kill("SIGKILL");
  await once(child, "close");
  (await mirrors.fetch({ id: "two" as RepositoryId, url: two.url })).release();
  assert.equal(mirrors.existing("one" as RepositoryId), undefined);
});
