/** Listings are asked for once, parts come out of the whole, and what is asked in vain is asked again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ObjectId } from "#model/ids.ts";
import { createTreeCache } from "./tree-cache.ts";

const commit = "a".repeat(40);
const entries = ["CODEOWNERS", "docs/a.md", "docs2/b.md"].map((path) => ({
  path,
  objectId: "b".repeat(40) as ObjectId,
  size: 1,
  mode: "100644",
}));

test("a listing is asked for once, and its parts not at all", async () => {
  const trees = createTreeCache();
  let asked = 0;
  const ask = async () => {
    asked += 1;
    return entries;
  };
  await Promise.all([trees.list("/r", commit, [], ask), trees.list("/r", commit, [], ask)]);
  const part = await trees.list("/r", commit, ["docs/", "CODEOWNERS"], ask);
  assert.deepEqual(
    part.map(({ path }) => path),
    ["CODEOWNERS", "docs/a.md"],
  );
  assert.equal(asked, 1);
  await trees.list("/other", commit, [], ask);
  await trees.list("/r", "main", [], ask);
  assert.equal(asked, 3);
});

test("what failed is asked again, and what is too much is forgotten, the oldest first", async () => {
  const trees = createTreeCache(20);
  await assert.rejects(trees.list("/r", commit, [], () => Promise.reject(new Error("gone"))));
  const asked: string[] = [];
  const list = (name: string) =>
    trees.list("/r", name.repeat(40), [], async () => {
      asked.push(name);
      return entries;
    });
  for (const name of ["c", "d", "d", "c"]) await list(name);
  assert.deepEqual(asked, ["c", "d", "c"]);
});
