import assert from "node:assert/strict";
import { test } from "node:test";
import type { RepositoryId } from "#model/ids.ts";
import { mirrorWorld } from "./testing/mirror-world.ts";
import { commit } from "./testing/write-repository.ts";

const id = "0a1b2c3d-0000-4000-8000-000000000001" as RepositoryId;

test("who changed a file last, whatever its name; what nobody changed is not there", async (t) => {
  const { mirrors, url, remote } = await mirrorWorld(t);
  await commit(remote, "refs/heads/main", { "a b.txt": "one", "c.txt": "one" });
  const head = await commit(remote, "refs/heads/main", { "c.txt": "two" });
  const mirror = await mirrors.fetch({ id, url });
  const found = await mirror.lastCommitters(head, ["c.txt", "a b.txt", "*.txt", "nowhere"]);
  assert.deepEqual([...found.keys()].sort(), ["a b.txt", "c.txt"]);
  for (const name of found.values()) assert.match(name, /^.+ <.+>$/);
  assert.equal((await mirror.lastCommitters(head, [])).size, 0);
});
