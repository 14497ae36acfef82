import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { askForSync } from "#flows/jobs/ask.ts";
import type { InstanceId, OrganizationId, ScanId } from "#model/ids.ts";
import { listBuilds } from "#store/hooks/builds.ts";
import { listSubscriptions } from "#store/hooks/hook-subscriptions.ts";
import { getInstance } from "#store/instances/instances.ts";
import { listCredentials, setCredentialHealth } from "#store/people/credentials.ts";
import { getScan } from "#store/scans/scans.ts";
import { addCommit, addProject, addRepository } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { RepositoryState, SubscriptionState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { everything, idOf, issueLines, rollUpOf, scannedCommit, scansOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { openPullRequest } from "./pull-request-calls.ts";

let house: House;
let instance: InstanceId;
let service: RepositoryState;
const leak = { "leak.env": `TOKEN=${plantedSecrets("syncing").githubToken}\n` };

before(async () => {
  house = await openHouse();
  service = await addRepository(house.emulator.world, house.organization, house.project, "service", {
    files: { "a.txt": "a\n" },
  });
  instance = await connect(house);
  await house.quiet();
});

after(() => house.close());

async function sync(): Promise<void> {
  await askForSync(house.app, house.app.db, { id: house.organization.id as OrganizationId, instanceId: instance });
  await house.quiet();
}

async function state(): Promise<readonly unknown[]> {
  const row = await getInstance(house.app.db, instance);
  return [row?.state, ...(row?.reasons.map(({ code }) => code) ?? [])];
}

function pushHook(): SubscriptionState {
  const found = house.organization.subscriptions.find(
    ({ eventType, publisherInputs }) => eventType === "git.push" && publisherInputs.projectId === house.project.id,
  );
  assert(found);
  return found;
}

test("a repository and a project that appear later are scanned without a click", async () => {
  const { world } = house.emulator;
  const later = await addRepository(world, house.organization, house.project, "later", { files: leak });
  const project = addProject(world, house.organization, "New project");
  const there = await addRepository(world, house.organization, project, "there", { files: leak });
  await sync();
  assert.deepEqual(await issueLines(house, later), ["open leak.env"]);
  assert.deepEqual(await issueLines(house, there), ["open leak.env"]);
  assert.equal(house.organization.subscriptions.length, 14);
});

test("what was pushed while deliveries were lost is found by looking", async () => {
  const { world } = house.emulator;
  world.faults.push({ id: "1", is: "drop-delivery" });
  const head = await addCommit(world, house.organization, service, house.developer, {
    branch: "main",
    message: "leak",
    files: leak,
  });
  await addCommit(world, house.organization, service, house.developer, {
    branch: "topic",
    from: "main",
    message: "topic",
    files: { "more.env": `TOKEN=${plantedSecrets("lost").githubToken}\n` },
  });
  const pullRequest = await openPullRequest(house, service, "topic");
  await house.quiet();
  assert.deepEqual(await issueLines(house, service), []);
  world.faults.length = 0;
  await sync();
  assert.deepEqual(await issueLines(house, service), ["open leak.env"]);
  assert.equal(await scannedCommit(house, service), head);
  assert.deepEqual(
    rollUpOf(pullRequest).map((status) => status.state),
    ["pending", "failed"],
  );
  const scans = (await scansOf(house, service)).length;
  await sync();
  assert.equal((await scansOf(house, service)).length, scans, "a second look finds nothing to do");
});

test("after an upgrade of the scanners everything is read once more", async () => {
  const scans = (await scansOf(house, service)).length;
  await house.app.db
    .updateTable("repositories")
    .set({ scannersVersion: "older" })
    .where("id", "=", idOf(service))
    .execute();
  await sync();
  const after = await scansOf(house, service);
  assert.equal(after.length, scans + 1);
  assert.deepEqual([after[0]?.stats?.files, after[0]?.stats?.cache.misses], [2, 0]);
  await sync();
  assert.equal((await scansOf(house, service)).length, scans + 1);
});

test("a hook on probation or disabled by the system is woken up, with its secret", async () => {
  const secret = pushHook().consumerInputs.basicAuthPassword;
  for (const status of ["onProbation", "disabledBySystem"] as const) {
    pushHook().status = status;
    await sync();
    assert.equal(pushHook().status, "enabled");
    assert.equal(pushHook().consumerInputs.basicAuthPassword, secret);
  }
  assert.deepEqual(await state(), ["connected"]);
});

test("a hook that a person switched off stays off, and the instance says so until it is on again", async () => {
  pushHook().status = "disabledByUser";
  await sync();
  assert.equal(pushHook().status, "disabledByUser");
  assert.deepEqual(await state(), ["warning", "hooks-disabled"]);
  pushHook().status = "enabled";
  await sync();
  assert.deepEqual(await state(), ["connected"]);
});

test("a hook that somebody deleted is made again, a double and a stranger go", async () => {
  const { subscriptions } = house.organization;
  const count = subscriptions.length;
  const original = pushHook();
  subscriptions.splice(subscriptions.indexOf(original), 1);
  const other = subscriptions[0];
  assert(other);
  const copy = (id: string, url?: string): SubscriptionState => ({
    ...other,
    id,
    notifications: [],
    consumerInputs: { ...other.consumerInputs, ...(url && { url }) },
  });
  subscriptions.push(copy("00000000-0000-4000-8000-000000000001"));
  subscriptions.push(copy("00000000-0000-4000-8000-000000000002", `${house.app.publicUrl}/hooks/${"s".repeat(43)}`));
  subscriptions.push(copy("00000000-0000-4000-8000-000000000003", "https://other.example.com/hooks/x"));
  await sync();
  assert.equal(subscriptions.length, count + 1, "only the one that is not ours is left beside");
  assert(pushHook());
  const rows = await listSubscriptions(house.app.db, instance);
  assert.deepEqual(new Set(rows.map(({ status }) => status)), new Set(["enabled"]));
});

test("without the right to manage hooks the instance warns, and still finds changes by looking", async () => {
  const { organization } = house;
  const membership = organization.memberships.findIndex(({ userId }) => userId === house.owner.id);
  const [old] = organization.memberships.splice(membership, 1, { userId: house.owner.id, group: "contributors" });
  assert(old);
  organization.subscriptions.splice(0);
  await sync();
  assert.deepEqual(new Set((await state()).slice(1)), new Set(["hooks-refused"]));
  const head = await addCommit(house.emulator.world, organization, service, house.developer, {
    branch: "main",
    message: "unheard",
    files: { "b.txt": "b\n" },
  });
  await sync();
  assert.equal(await scannedCommit(house, service), head);
  organization.memberships[membership] = old;
  await sync();
  assert.deepEqual(await state(), ["connected"]);
  assert.equal(organization.subscriptions.length, 14);
});

test("a renamed, a disabled and a deleted repository are followed", async () => {
  const { world } = house.emulator;
  service.name = "service renamed";
  await sync();
  const head = await addCommit(world, house.organization, service, house.developer, {
    branch: "main",
    message: "after the rename",
    files: { "c.txt": "c\n" },
  });
  await house.quiet();
  assert.equal(await scannedCommit(house, service), head);
  service.isDisabled = true;
  await sync();
  assert.deepEqual(await state(), ["connected"]);
  service.isDisabled = false;
  house.organization.repositories.delete(service.id);
  await sync();
  // Deleted or hidden, Azure DevOps does not say.
  assert.deepEqual(await state(), ["connected", "repositories-vanished"]);
  house.organization.repositories.set(service.id, service);
  await sync();
  assert.deepEqual(await state(), ["connected"]);
  assert.equal(await scannedCommit(house, service), head);
});

async function tellOfBuild(id: number, commit: string, branch: string): Promise<void> {
  const [hook] = house.organization.subscriptions.filter(({ eventType }) => eventType === "build.complete");
  assert(hook);
  const resource = {
    id,
    buildNumber: `20261124.${id}`,
    result: "failed",
    definition: { name: "service CI" },
    requestedFor: { displayName: "Dana Developer" },
    requestedBy: { displayName: "Microsoft.VisualStudio.Services.TFS" },
    sourceBranch: branch,
    sourceVersion: commit,
    repository: { id: service.id, type: "TfsGit" },
  };
  const eventId = `11111111-2222-4333-8444-${String(id).padStart(12, "0")}`;
  const event = { id: eventId, eventType: "build.complete", createdDate: "2026-11-24T10:00:00Z", resource };
  const { basicAuthUsername, basicAuthPassword, url } = hook.consumerInputs;
  const authorization = `Basic ${Buffer.from(`${basicAuthUsername}:${basicAuthPassword}`).toString("base64")}`;
  for (let time = 0; time < 2; time++) {
    const answer = await fetch(url ?? "", { method: "POST", headers: { authorization }, body: JSON.stringify(event) });
    assert.equal(answer.status, 200);
  }
  await house.quiet();
}

test("a completed build is on record, and what was built is scanned unless it was", async () => {
  const { world } = house.emulator;
  const head = (await scannedCommit(house, service)) ?? "";
  const release = await addCommit(world, house.organization, service, house.developer, {
    branch: "release",
    from: "main",
    message: "release",
    files: { "built.env": `TOKEN=${plantedSecrets("built").githubToken}\n` },
  });
  await house.quiet();
  const scans = (await scansOf(house, service)).length;
  await tellOfBuild(42, head, "refs/heads/main");
  assert.equal((await scansOf(house, service)).length, scans, "the head was scanned");
  await tellOfBuild(43, release, "refs/heads/release");
  const [scan] = await scansOf(house, service);
  assert.deepEqual([scan?.target, scan?.commit, scan?.outcome], [{ is: "commit", build: 43 }, release, "complete"]);
  await tellOfBuild(44, release, "refs/heads/release");
  assert.equal((await scansOf(house, service)).length, scans + 1);
  const { findings } = (await getScan(house.app.db, everything, scan?.id as ScanId)) ?? {};
  assert(findings?.some(({ at }) => "path" in at && at.path === "built.env"));
  assert(!(await issueLines(house, service)).includes("open built.env"));
  const { rows } = await listBuilds(house.app.db, everything, { offset: 0, limit: 10 });
  assert.deepEqual(
    rows.map((one) => [one.buildId, one.definition, one.result, one.repositoryName, one.requestedBy, one.commit]),
    [44, 43, 42].map((id) => [
      id,
      "service CI",
      "failed",
      "service renamed",
      "Dana Developer",
      id === 42 ? head : release,
    ]),
  );
  assert.deepEqual([rows[0]?.scanId, rows[1]?.scanId], [scan?.id, scan?.id]);
  assert(rows[2]?.scanId);
});

test("a commit that was built while nothing could be read is scanned afterwards", async () => {
  const { db } = house.app;
  const patch = await addCommit(house.emulator.world, house.organization, service, house.developer, {
    branch: "patch",
    from: "release",
    message: "patch",
    files: { "patch.txt": "p\n" },
  });
  await house.quiet();
  const [credential] = await listCredentials(db, instance);
  assert(credential);
  await setCredentialHealth(db, credential.id, { health: "refused", at: house.app.now() });
  await tellOfBuild(46, patch, "refs/heads/patch");
  const built = async () => (await listBuilds(db, everything, { offset: 0, limit: 1 })).rows[0];
  assert.deepEqual([(await built())?.commit, (await built())?.scanId], [patch, undefined]);
  await setCredentialHealth(db, credential.id, { health: "good", at: house.app.now() });
  await sync();
  const scan = await getScan(db, everything, (await built())?.scanId as ScanId);
  assert.deepEqual([scan?.commit, scan?.outcome], [patch, "complete"]);
});
