import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { sampleWorld } from "../testing/sample-world.ts";
import { listAllows, replaceAllows } from "./branch-allows.ts";

let database: FreshDatabase;
before(async () => {
  database = await freshDatabase();
});
after(() => database.drop());

test("what a branch allows is kept as it was given, and it is said whether it is something else", async () => {
  const { db } = database.store;
  const { instanceId, repositoryId } = await sampleWorld(db);
  const branch = { instanceId, repositoryId, branch: "refs/heads/main" };
  const known = () => listAllows(db, repositoryId, branch.branch);
  const lab = { path: "lab/**", reason: "a \0 lab", until: "2026-03-31", line: 2 };
  const rule = { rule: "licenses/denied", fingerprint: "ab", reason: "bought", line: 5 };
  assert.deepEqual([await replaceAllows(db, branch, []), await known()], [false, []]);
  assert.equal(await replaceAllows(db, branch, [lab, rule]), true);
  assert.deepEqual(await known(), [{ ...lab, reason: "a \ufffd lab" }, rule]);
  assert.equal(await replaceAllows(db, branch, [lab, rule]), false, "the same again");
  assert.equal(await replaceAllows(db, branch, [rule]), true);
  assert.deepEqual(await listAllows(db, repositoryId, "refs/heads/other"), []);
  assert.deepEqual([await replaceAllows(db, branch, []), await known()], [true, []]);
});
