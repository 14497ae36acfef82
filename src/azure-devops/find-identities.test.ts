import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { findIdentities } from "./find-identities.ts";
import { emulatedOrganization } from "./testing/emulated-organization.ts";

test("people and groups are found by their names, and named by their ids", async (t) => {
  const { client, user } = await emulatedOrganization(t);
  const ada = { id: user.id, name: "Ada Lovelace", account: user.mail, isGroup: false };
  assert.deepEqual(await findIdentities(client, { search: "ada lovelace" }), [ada]);
  assert.deepEqual(await findIdentities(client, { search: user.mail }), [ada]);
  assert.deepEqual(await findIdentities(client, { search: "nobody of that name" }), []);
  const groups = await findIdentities(client, { search: "Project Administrators" });
  assert.deepEqual(
    groups.map(({ name, account, isGroup }) => [name, account, isGroup]),
    [["[Größe & Co]\\Project Administrators", undefined, true]],
  );
  const ids = [randomUUID(), user.id, groups[0]?.id ?? ""];
  assert.deepEqual(await findIdentities(client, { ids }), [ada, groups[0]]);
});
