import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { readReceipt, requestForgetting } from "#flows/instances/forget-instance.ts";
import { askForSync } from "#flows/jobs/ask.ts";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import { getInstance, listInstances } from "#store/instances/instances.ts";
import { listAuditEvents } from "#store/people/audit-events.ts";
import { listCredentials } from "#store/people/credentials.ts";
import { addRepository } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { everything, idOf, issueLines, scansOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";

let house: House;
let repository: RepositoryState;
/** Deleted in Azure DevOps after it was scanned. */
let gone: RepositoryState;
let instance: InstanceId;

before(async () => {
  house = await openHouse();
  repository = await addRepository(house.emulator.world, house.organization, house.project, "service", {
    files: { "leak.env": `TOKEN=${plantedSecrets("forgetting").githubToken}\n` },
  });
  gone = await addRepository(house.emulator.world, house.organization, house.project, "gone", {
    files: { "a.txt": "a\n" },
  });
});

after(() => house.close());

beforeEach(async () => {
  instance = await connect(house);
  await house.quiet();
});

async function assertForgotten(): Promise<void> {
  assert.equal(await getInstance(house.app.db, instance), undefined);
  assert.deepEqual(await listInstances(house.app.db, everything), []);
  assert.deepEqual(await listCredentials(house.app.db, instance), []);
  assert.deepEqual(await issueLines(house, repository), []);
  assert.deepEqual(await scansOf(house, repository), []);
  assert.equal(isMirrored(repository) || isMirrored(gone), false);
}

function isMirrored(one: RepositoryState): boolean {
  const mirror = house.app.mirrors.existing(idOf(one));
  mirror?.release();
  return mirror !== undefined;
}

async function lastAudit(): Promise<readonly unknown[]> {
  const [line] = (await listAuditEvents(house.app.db, everything, { offset: 0, limit: 1 })).rows;
  assert(line);
  return [line.actor, line.action, line.subject, (line.data as { hooksLeft: readonly string[] }).hooksLeft.length];
}

test("deleting an instance removes its hooks, its token and all it found; the audit remembers", async () => {
  assert.equal(house.organization.subscriptions.length, 7);
  assert.equal(isMirrored(gone), true);
  house.organization.repositories.delete(gone.id);
  await askForSync(house.app, house.app.db, { id: house.organization.id as OrganizationId, instanceId: instance });
  await house.quiet();
  assert.equal(isMirrored(gone), true, "it may come back");
  assert.deepEqual(await issueLines(house, repository), ["open leak.env"]);
  assert.equal(await requestForgetting(house.app, instance, "anna"), true);
  await house.quiet();
  await assertForgotten();
  assert.equal(house.organization.subscriptions.length, 0);
  assert.deepEqual(await lastAudit(), ["anna", "instance-deleted", "Fabrikam", 0]);
  assert.equal(await requestForgetting(house.app, instance, "anna"), false);
  const receipt = await readReceipt(house.app, instance);
  assert.deepEqual(
    [receipt?.instance, receipt?.by, receipt?.organizations, receipt?.hooksRemoved, receipt?.hooksLeft],
    ["Fabrikam", "anna", ["fabrikam"], 7, []],
  );
  assert.deepEqual([receipt?.credentials, receipt?.mirrors, receipt?.repositories, receipt?.issues], [1, 2, 2, 1]);
  assert((receipt?.scans ?? 0) >= 2);
});

test("hooks that may not be removed are named for the person, and the data goes all the same", async () => {
  house.ownerToken.revoked = true;
  await requestForgetting(house.app, instance, "anna");
  await house.quiet();
  await assertForgotten();
  assert.deepEqual(await lastAudit(), ["anna", "instance-deleted", "Fabrikam", 7]);
  house.ownerToken.revoked = false;
});

test("connected again, what was left over is cleared away", async () => {
  assert.equal(house.organization.subscriptions.length, 7);
  assert.deepEqual(await issueLines(house, repository), ["open leak.env"]);
});
