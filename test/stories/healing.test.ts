import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import type { App } from "#flows/app.ts";
import { loseCredential, regainCredential } from "#flows/credentials/lose-credential.ts";
import { rotateSecrets } from "#flows/instances/rotate-secrets.ts";
import { askForSync } from "#flows/jobs/ask.ts";
import { startSchedule } from "#flows/jobs/schedule.ts";
import { catchUpOrganization } from "#flows/sync-organization/catch-up-organization.ts";
import { syncOrganization } from "#flows/sync-organization/sync-organization.ts";
import { startValidation } from "#flows/validate-hooks/start-validation.ts";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import { getValidation } from "#store/hooks/hook-validations.ts";
import { getInstance, getInstanceOverview } from "#store/instances/instances.ts";
import { listProjects } from "#store/instances/projects.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { listAuditEvents } from "#store/people/audit-events.ts";
import { listCredentials, savePreflight, setCredentialHealth } from "#store/people/credentials.ts";
import { savePostureSettings } from "#store/posture/posture-settings.ts";
import { inTransaction } from "#store/transaction.ts";
import { addCommit, addProject, addRepository } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { RepositoryState, SubscriptionState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { everything, idOf, issueLines, scannedCommit, scansOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { openPullRequest } from "./pull-request-calls.ts";

let house: House;
let instance: InstanceId;
let service: RepositoryState;
let worker: RepositoryState;

before(async () => {
  house = await openHouse();
  const { world } = house.emulator;
  service = await addRepository(world, house.organization, house.project, "service", { files: { "a.txt": "a\n" } });
  worker = await addRepository(world, house.organization, house.project, "worker", { files: { "a.txt": "a\n" } });
  instance = await connect(house);
  // A look at hundreds of projects takes minutes, and begins whenever a failed one is tried again.
  const changed = { changedBy: "anna", changedAt: house.app.now() };
  const off = { enabled: false, usesPortal: false, settings: {} };
  await savePostureSettings(house.app.db, { instanceId: instance, ...off, ...changed });
  await house.quiet();
});

after(() => house.close());

beforeEach(() => {
  house.emulator.world.faults.length = 0;
});

function organizationId(): OrganizationId {
  return house.organization.id as OrganizationId;
}

async function sync(): Promise<void> {
  await askForSync(house.app, house.app.db, { id: organizationId(), instanceId: instance });
  await house.quiet();
}

/** As a server with other settings would do it. */
async function syncAs(change: Partial<App>): Promise<void> {
  await syncOrganization({ ...house.app, ...change }, { organization: organizationId() }, new AbortController().signal);
  await house.quiet();
}

let commits = 0;

async function commit(repository: RepositoryState, branch = "main"): Promise<string> {
  commits += 1;
  return addCommit(house.emulator.world, house.organization, repository, house.developer, {
    branch,
    message: `${commits}`,
    files: { [`${commits}.txt`]: `${commits}\n` },
    ...(branch === "main" ? {} : { from: "main" }),
  });
}

function hook(eventType = "git.push"): SubscriptionState {
  const found = house.organization.subscriptions.find(
    (one) => one.eventType === eventType && one.publisherInputs.projectId === house.project.id,
  );
  assert(found);
  return found;
}

async function state(): Promise<readonly unknown[]> {
  const row = await getInstance(house.app.db, instance);
  return [row?.state, ...(row?.reasons.map(({ code }) => code) ?? [])];
}

/** Why hooks were repaired, from the last one back. */
async function repairs(limit: number): Promise<readonly string[]> {
  const { rows } = await listAuditEvents(house.app.db, everything, { offset: 0, limit: 100 });
  return rows
    .filter(({ action }) => action === "hook-repaired")
    .slice(0, limit)
    .map(({ actor, subject, data }) => `${actor}: ${subject}: ${(data as { why: string }).why}`);
}

async function proof(): Promise<readonly unknown[]> {
  const overview = await getInstanceOverview(house.app.db, everything, instance);
  return [overview?.heads.unscanned, overview?.heads.unchecked];
}

test("down for ten minutes, with three pushes and a pull request meanwhile: all is caught up after the start", async () => {
  house.setListening(false);
  const heads = [await commit(service), await commit(worker), await commit(service)];
  await commit(service, "topic");
  const pullRequest = await openPullRequest(house, service, "topic");
  await house.quiet();
  await house.emulator.clock.advance(10 * 60_000);
  await house.quiet();
  assert.equal(hook().status, "onProbation");
  assert.notEqual(await scannedCommit(house, service), heads[2]);
  house.setListening(true);
  (await startSchedule(house.app)).stop();
  await house.quiet();
  assert.deepEqual([await scannedCommit(house, service), await scannedCommit(house, worker)], [heads[2], heads[1]]);
  assert.equal(pullRequest.statuses.at(-1)?.state, "succeeded");
  assert.deepEqual(await proof(), [0, 0]);
  assert.equal(hook().status, "enabled");
  assert.match((await repairs(10)).join("\n"), /Sallyport: git\.push of project Payments: It was on probation/);
});

test("switched off by the system, a hook is switched on again only once a test delivery arrives", async () => {
  hook().status = "disabledBySystem";
  house.setListening(false);
  const head = await commit(service);
  await sync();
  assert.equal(hook().status, "disabledBySystem");
  assert.deepEqual(await state(), ["warning", "hooks-unreachable"]);
  assert.equal(await scannedCommit(house, service), head, "found by looking");
  house.setListening(true);
  await sync();
  assert.deepEqual([hook().status, ...(await state())], ["enabled", "connected"]);
});

test("what a person switched off is respected, looked after every minute, and said", async () => {
  hook().status = "disabledByUser";
  await sync();
  assert.deepEqual([hook().status, ...(await state())], ["disabledByUser", "warning", "hooks-disabled"]);
  const head = await commit(service);
  await house.quiet();
  await catchUpOrganization(house.app, { organization: organizationId() }, new AbortController().signal);
  await house.quiet();
  assert.equal(await scannedCommit(house, service), head);
  hook().status = "enabled";
  await sync();
});

test("a hook whose maker is gone is made again by the credential that works", async () => {
  const former = hook();
  former.status = "disabledByInactiveIdentity";
  await sync();
  assert.notEqual(hook().id, former.id);
  assert.equal(hook().status, "enabled");
  assert.match((await repairs(1))[0] ?? "", /Who had made it can act no longer/);
});

test("a hook with a wrong secret gets the right one, and what it could not tell is found", async () => {
  const secret = hook().consumerInputs.basicAuthPassword;
  hook().consumerInputs = { ...hook().consumerInputs, basicAuthPassword: "somebody-changed-it" };
  const head = await commit(service);
  await house.quiet();
  assert.notEqual(await scannedCommit(house, service), head);
  hook().status = "enabled";
  await sync();
  assert.equal(hook().consumerInputs.basicAuthPassword, secret);
  assert.equal(await scannedCommit(house, service), head);
  assert.match((await repairs(1))[0] ?? "", /wrong password/);
  const count = (await repairs(100)).length;
  await sync();
  assert.equal((await repairs(100)).length, count, "repaired once");
});

test("a double that may not be removed is no repair, however often it is met", async () => {
  const id = "00000000-0000-4000-8000-0000000000d0";
  const other = hook("git.pullrequest.created");
  house.organization.subscriptions.push({ ...other, id, notifications: [] });
  house.emulator.world.faults.push({ id: "1", is: "status", status: 403, matches: `/hooks/subscriptions/${id}` });
  const before = await repairs(50);
  await sync();
  await sync();
  assert.deepEqual(await repairs(50), before);
  house.emulator.world.faults.length = 0;
  await sync();
  assert.equal((await repairs(50)).length, before.length + 1);
});

test("secrets are replaced on demand; a delivery on its way with the former one is still accepted", async () => {
  const former = hook().consumerInputs.basicAuthPassword;
  house.emulator.world.faults.push({ id: "1", is: "status", status: 400, matches: "/hooks/subscriptions/" });
  assert(await rotateSecrets(house.app, instance, "anna"));
  await house.quiet();
  assert.equal(hook().consumerInputs.basicAuthPassword, former);
  const before = await commit(service);
  await house.quiet();
  assert.equal(await scannedCommit(house, service), before, "refused, the former one stays");
  house.emulator.world.faults.length = 0;
  assert(await rotateSecrets(house.app, instance, "anna"));
  await house.quiet();
  assert.notEqual(hook().consumerInputs.basicAuthPassword, former);
  const head = await commit(service);
  await house.quiet();
  assert.equal(await scannedCommit(house, service), head);
  const authorization = `Basic ${Buffer.from(`sallyport:${former}`).toString("base64")}`;
  const send = async () => {
    const body = JSON.stringify(hook().notifications.at(-1)?.payload);
    const answer = await fetch(hook().consumerInputs.url ?? "", { method: "POST", headers: { authorization }, body });
    return answer.status;
  };
  assert.equal(await send(), 200);
  await house.emulator.clock.advance(2 * 24 * 60 * 60_000);
  assert.equal(await send(), 401);
  assert.deepEqual(await state(), ["connected"]);
});

test("at another public address all hooks are moved; without any, they go, and looking is all there is", async () => {
  const publicUrl = house.app.publicUrl.replace("127.0.0.1", "localhost");
  const foreign = { ...hook(), id: "00000000-0000-4000-8000-000000000009", notifications: [] };
  foreign.consumerInputs = { ...foreign.consumerInputs, url: "https://other.example/hooks/x" };
  house.organization.subscriptions.push(foreign);
  await syncAs({ publicUrl });
  assert.equal(hook().consumerInputs.url?.startsWith(publicUrl), true);
  const head = await commit(service);
  await house.quiet();
  assert.equal(await scannedCommit(house, service), head);

  await syncAs({ publicUrl, delivery: { is: "polling", because: "its address is private." } });
  assert.deepEqual(house.organization.subscriptions, [foreign]);
  assert.deepEqual(await state(), ["connected", "polling"]);
  const unheard = await commit(worker);
  await catchUpOrganization(
    { ...house.app, delivery: { is: "polling", because: "" } },
    { organization: organizationId() },
    new AbortController().signal,
  );
  await house.quiet();
  assert.equal(await scannedCommit(house, worker), unheard);
  assert.deepEqual(await proof(), [0, 0]);
  house.organization.subscriptions.length = 0;
  await sync();
  assert.equal(house.organization.subscriptions.length, 7);
});

test("a collection administrator is told of all builds by one hook; without the right each project has its own", async () => {
  const [credential] = await listCredentials(house.app.db, instance);
  assert(credential);
  const before = credential.preflight ?? { scopes: [], roles: [], features: [] };
  const role = { role: "collection-administrator", verdict: "granted", reason: "told" } as const;
  await savePreflight(house.app.db, credential.id, { ...before, roles: [role], checkedAt: house.app.now() });
  await sync();
  assert.equal(hook("build.complete").status, "enabled", "Azure DevOps does not agree");
  const at = house.organization.memberships.findIndex(({ userId }) => userId === house.owner.id);
  const [old] = house.organization.memberships.splice(at, 1, {
    userId: house.owner.id,
    group: "collection administrators",
  });
  assert(old);
  await sync();
  const builds = house.organization.subscriptions.filter(({ eventType }) => eventType === "build.complete");
  assert.deepEqual(
    builds.map(({ publisherInputs }) => publisherInputs.projectId ?? ""),
    [""],
  );
  assert.deepEqual(await state(), ["connected"]);
  house.organization.memberships[at] = old;
  await savePreflight(house.app.db, credential.id, { ...before, checkedAt: house.app.now() });
  await sync();
  assert.equal(hook("build.complete").status, "enabled");
});

test("a try of all hooks says which arrive and which do not, and nothing is done about made-up events", async () => {
  const scans = (await scansOf(house, service)).length;
  const good = await startValidation(house.app, instance, "anna");
  assert.equal(await startValidation(house.app, instance, "anna"), good, "one at a time");
  await house.quiet();
  const arrived = await getValidation(house.app.db, good ?? "");
  assert.deepEqual(new Set(arrived?.results.map(({ state: is }) => is)), new Set(["arrived"]));
  assert.equal(arrived?.results.length, 7);
  assert.equal((await scansOf(house, service)).length, scans);
  house.setListening(false);
  hook().status = "disabledByUser";
  await sync();
  const bad = await startValidation(house.app, instance, "anna");
  await house.quiet();
  house.setListening(true);
  const results = (await getValidation(house.app.db, bad ?? ""))?.results ?? [];
  assert.deepEqual(new Set(results.map(({ state: is }) => is)), new Set(["lost", "refused"]));
  assert.match(results.find(({ state: is }) => is === "lost")?.detail ?? "", /could not deliver it: .*500/);
  hook().status = "enabled";
  await sync();
});

test("a try without any credential that works ends, and says why; of two that begin at once one runs", async () => {
  const [credential] = await listCredentials(house.app.db, instance);
  assert(credential);
  const health = { reason: "It expired.", at: new Date() };
  await setCredentialHealth(house.app.db, credential.id, { ...health, health: "refused" });
  const begun = await Promise.all([1, 2].map(() => startValidation(house.app, instance, "anna")));
  assert.equal(begun[0], begun[1]);
  await house.quiet();
  const tried = await getValidation(house.app.db, begun[0] ?? "");
  assert(tried?.finishedAt);
  assert.equal(tried.results[0]?.state, "refused");
  assert.match(tried.results[0]?.detail ?? "", /No credential of the organization .* works/);
  await setCredentialHealth(house.app.db, credential.id, { health: "good", at: new Date() });
  await sync();
});

test("after a time without any credential that works, every head is looked at", async () => {
  const { db } = house.app;
  const [credential] = await listCredentials(db, instance);
  assert(credential);
  await sync();
  const lost = { health: "refused", reason: "It expired." } as const;
  await inTransaction(db, (tx) => loseCredential(house.app, tx, credential, lost));
  assert.deepEqual(await state(), ["error", "signed-out"]);
  house.emulator.world.faults.push({ id: "1", is: "drop-delivery" });
  const head = await commit(service);
  // Azure DevOps counts the size of a push later.
  const { size } = (await getRepository(db, idOf(service))) ?? {};
  service.size = size ?? 0;
  await inTransaction(db, (tx) => regainCredential(house.app, tx, { ...credential, health: "refused" }));
  await house.quiet();
  assert.equal(await scannedCommit(house, service), head);
});

test("what cannot be scanned is not tried with every look of a minute, but with every sync", async () => {
  house.emulator.world.faults.push({ id: "1", is: "status", status: 403, matches: "/_git/worker" });
  const head = await commit(worker);
  await house.quiet();
  const refused = () => house.logged.filter((line) => line.includes('"job refused"')).length;
  const tried = refused();
  assert(tried > 0);
  const everyMinute = { ...house.app, delivery: { is: "polling", because: "" } } as const;
  for (let minute = 0; minute < 3; minute += 1) {
    await catchUpOrganization(everyMinute, { organization: organizationId() }, new AbortController().signal);
    await house.quiet();
  }
  assert.equal(refused(), tried);
  house.emulator.world.faults.length = 0;
  await sync();
  assert.equal(await scannedCommit(house, worker), head);
});

test("an organization that was renamed is followed, with and without a redirect, but never to another one", async () => {
  const { world } = house.emulator;
  const rename = async (name: string) => {
    const address = `${house.emulator.url}/_emulator/organizations/${house.organization.name}`;
    const headers = { "content-type": "application/json" };
    assert((await fetch(address, { method: "PATCH", headers, body: JSON.stringify({ name }) })).ok);
  };
  for (const [name, redirects] of [
    ["fabrikam-two", true],
    ["fabrikam-three", false],
  ] as const) {
    world.switches.renamedOrganizationRedirects = redirects;
    await rename(name);
    await sync();
    assert.deepEqual(await state(), ["connected"]);
    const overview = await getInstanceOverview(house.app.db, everything, instance);
    assert.deepEqual(
      overview?.organizations.map((one) => one.name),
      [name],
    );
    const head = await commit(service);
    await house.quiet();
    assert.equal(await scannedCommit(house, service), head);
  }
  const { rows } = await listAuditEvents(house.app.db, everything, { offset: 0, limit: 50 });
  assert.equal(rows.filter(({ action }) => action === "organization-renamed").length, 2);
});

test("a list that changes while it is read loses no project, and one of Team Foundation version control has no hooks", async () => {
  const { world } = house.emulator;
  const extra = addProject(world, house.organization, "Extra");
  await addRepository(world, house.organization, extra, "extra", { files: { "a.txt": "a\n" } });
  for (let n = 0; n < 503; n += 1) addProject(world, house.organization, `Old ways ${n}`, { sourceControl: "Tfvc" });
  await sync();
  const ofProjects = house.organization.subscriptions.filter(({ publisherInputs }) => publisherInputs.projectId);
  assert.equal(ofProjects.length, 14);
  world.faults.push({ id: "1", is: "page-changes", change: "removes", matches: "/_apis/projects", times: 1 });
  await sync();
  assert.deepEqual(world.faults, []);
  const projects = await listProjects(house.app.db, instance);
  assert.equal(projects.length, 505);
  assert.equal(projects.filter(({ sourceControl }) => sourceControl === "tfvc").length, 503);
  assert.deepEqual(await state(), ["connected"]);
});

test("a repository that is deleted while it is scanned is gone, with its issues archived, and nothing is an error", async () => {
  const { world } = house.emulator;
  const doomed = await addRepository(world, house.organization, house.project, "doomed", {
    files: { "leak.env": `TOKEN=${plantedSecrets("doomed").githubToken}\n` },
  });
  await sync();
  assert.deepEqual(await issueLines(house, doomed), ["open leak.env"]);
  world.faults.push({ id: "1", is: "latency", milliseconds: 500, matches: "/_git/doomed" });
  await commit(doomed);
  house.organization.repositories.delete(doomed.id);
  await house.quiet();
  assert.deepEqual(await issueLines(house, doomed), [], "archived ones are not listed");
  assert.deepEqual(await state(), ["connected", "repositories-vanished"]);
});
