// Two things at the same moment: what one of them read before the other wrote must not undo what the other wrote.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { editInstance } from "#flows/connect-instance/edit-instance.ts";
import { removeCredential } from "#flows/connect-instance/remove-credential.ts";
import { requestForgetting } from "#flows/instances/forget-instance.ts";
import { pauseInstance, resumeInstance } from "#flows/instances/pause-instance.ts";
import { askForSync } from "#flows/jobs/ask.ts";
import { keepHooks } from "#flows/sync-organization/keep-hooks.ts";
import { listOrganization } from "#flows/sync-organization/list-organization.ts";
import { openContext, type SyncContext } from "#flows/sync-organization/sync-context.ts";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import { deleteSubscription, listSubscriptions } from "#store/hooks/hook-subscriptions.ts";
import { getInstance, setInstanceState } from "#store/instances/instances.ts";
import { listChosenRepositories } from "#store/instances/repositories.ts";
import { listCredentials } from "#store/people/credentials.ts";
import { addRepository, addToken } from "../../emulator/build-world.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { connect, draftOf } from "./connect.ts";
import { idOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";

let house: House;
let api: RepositoryState;
let instance: InstanceId;

before(async () => {
  house = await openHouse();
  const { world } = house.emulator;
  const files = { "a.txt": "a\n" };
  api = await addRepository(world, house.organization, house.project, "api", { files });
  await addRepository(world, house.organization, house.project, "web", { files });
  instance = await connect(house);
  await house.quiet();
});

after(() => house.close());

async function syncUnderWay(): Promise<SyncContext> {
  const context = await openContext(house.app, house.organization.id as OrganizationId, new AbortController().signal);
  assert(context);
  return context;
}

async function chosen(): Promise<readonly string[]> {
  return (await listChosenRepositories(house.app.db, instance)).map(({ name }) => name);
}

test("a sync that began before a choice was changed does not bring the former choice back", async () => {
  const listed = { is: "list", repositories: [idOf(api)] } as const;
  assert.deepEqual(await editInstance(house.app, instance, { takes: listed, by: "anna" }), { is: "edited" });
  await house.quiet();
  assert.deepEqual(await chosen(), ["api"]);
  const context = await syncUnderWay();
  await editInstance(house.app, instance, { takes: { is: "existing" }, by: "anna" });
  const repositories = await listOrganization(house.app, context);
  assert.deepEqual(
    repositories?.map(({ name }) => name),
    ["api", "web"],
  );
  await house.quiet();
  assert.deepEqual(await chosen(), ["api", "web"]);
});

test("of two credentials that are taken away at once, one stays", async () => {
  const second = addToken(house.emulator.world, house.owner, { organization: house.organization });
  await editInstance(house.app, instance, { draft: await draftOf(house, second.value), by: "anna" });
  await house.quiet();
  const credentials = await listCredentials(house.app.db, instance);
  assert.equal(credentials.length, 2);
  const removed = await Promise.all(
    credentials.map(({ id }) => removeCredential(house.app, { instance, credential: id, by: "anna" })),
  );
  assert.deepEqual(removed.map(({ is }) => is).toSorted(), ["last", "removed"]);
  assert.equal((await listCredentials(house.app.db, instance)).length, 1);
  await house.quiet();
});

test("a hook that a sync makes while its instance is being deleted does not stay", async () => {
  const context = await syncUnderWay();
  const repositories = await listChosenRepositories(house.app.db, instance);
  house.organization.subscriptions.splice(0);
  for (const { key } of await listSubscriptions(house.app.db, instance)) await deleteSubscription(house.app.db, key);
  await setInstanceState(house.app.db, instance, "disabled", []);
  await keepHooks(house.app, context, repositories);
  assert.equal(house.organization.subscriptions.length, 0);
  await setInstanceState(house.app.db, instance, "connected", []);
  await askForSync(house.app, house.app.db, { id: context.organization.id, instanceId: instance });
  await house.quiet();
  assert.equal(house.organization.subscriptions.length, 7);
});

test("an instance that is being deleted is not resumed, although it was paused", async () => {
  assert.equal(await pauseInstance(house.app, instance, "anna"), true);
  assert.equal(await requestForgetting(house.app, instance, "anna"), true);
  assert.equal(await resumeInstance(house.app, instance, "bert"), false);
  assert.deepEqual(await editInstance(house.app, instance, { name: "New", by: "bert" }), { is: "not-found" });
  await house.quiet();
  assert.equal(await getInstance(house.app.db, instance), undefined);
  assert.equal(house.organization.subscriptions.length, 0);
});
