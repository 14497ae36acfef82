import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { askForDueChecks } from "#flows/check-credential/ask-for-due-checks.ts";
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import { editInstance } from "#flows/connect-instance/edit-instance.ts";
import { pauseInstance, resumeInstance } from "#flows/instances/pause-instance.ts";
import { askForCredentialCheck, askForSync } from "#flows/jobs/ask.ts";
import { recordSpend } from "#flows/record-spend.ts";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import { getInstance } from "#store/instances/instances.ts";
import { listOrganizations } from "#store/instances/organizations.ts";
import { listSpend } from "#store/instances/remote-spend.ts";
import { listAuditEvents } from "#store/people/audit-events.ts";
import { listCredentials } from "#store/people/credentials.ts";
import { getSignIn } from "#store/people/sign-ins.ts";
import { open } from "#store/sealing.ts";
import { useUpRetriesNow } from "#store/testing/use-up-retries-now.ts";
import { addCommit, addRepository, addToken, addUser } from "../../emulator/build-world.ts";
import { challengeTokens, revokeSessions, withdrawConsent } from "../../emulator/entra/account-state.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { RepositoryState, User } from "../../emulator/world.ts";
import { connect, draftOf } from "./connect.ts";
import { type Directory, draftAsGrace, openDirectory, signIn } from "./directory.ts";
import { eventLines, everything, scannedCommit } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { openPullRequest } from "./pull-request-calls.ts";
import { until } from "./until.ts";

interface Place {
  readonly house: House;
  readonly service: RepositoryState;
}

async function place(t: TestContext): Promise<Place> {
  const house = await openHouse();
  t.after(() => house.close());
  const service = await addRepository(house.emulator.world, house.organization, house.project, "service", {
    files: { "a.txt": "a\n" },
  });
  return { house, service };
}

function commit({ house, service }: Place, files: Readonly<Record<string, string>>, branch = "main"): Promise<string> {
  const change = { branch, message: branch, files, ...(branch === "main" ? {} : { from: "main" }) };
  return addCommit(house.emulator.world, house.organization, service, house.developer, change);
}

/** State, and reasons by code. */
async function told({ house }: Place, instance: InstanceId): Promise<readonly unknown[]> {
  const row = await getInstance(house.app.db, instance);
  return [row?.state, ...(row?.reasons.map(({ code }) => code) ?? [])];
}

async function audited({ house }: Place, action: string) {
  const { rows } = await listAuditEvents(house.app.db, everything, { offset: 0, limit: 100 });
  return rows.filter((row) => row.action === action);
}

async function sync({ house }: Place, instance: InstanceId): Promise<void> {
  await askForSync(house.app, house.app.db, { id: house.organization.id as OrganizationId, instanceId: instance });
  await house.quiet();
}

/** A second project administrator whose token waits behind the owner's. */
async function addSecond({ house }: Place, instance: InstanceId): Promise<User> {
  const { emulator, organization, app } = house;
  const second = addUser(emulator.world, "Sam Second", { organization, group: "project administrators" });
  const draft = await draftOf(house, addToken(emulator.world, second, { organization }).value);
  assert.deepEqual(await editInstance(app, instance, { draft, by: "anna" }), { is: "edited" });
  await house.quiet();
  return second;
}

async function connectAsGrace(at: Place): Promise<Directory & { readonly instance: InstanceId }> {
  const directory = await openDirectory(at.house);
  const draft = await draftAsGrace(at.house, directory);
  const takes = { is: "existing-and-future" } as const;
  const created = await createInstance(at.house.app, { draft, name: "Fabrikam", takes, by: "anna" });
  assert(created.is === "created");
  await at.house.quiet();
  assert.deepEqual(await told(at, created.instance), ["connected"]);
  return { ...directory, instance: created.instance };
}

test("a token that is revoked in mid-scan: the next takes over at once, and both are named", async (t) => {
  const at = await place(t);
  const { house } = at;
  const instance = await connect(house);
  await house.quiet();
  await addSecond(at, instance);
  assert.deepEqual(await told(at, instance), ["connected"], "a second credential waits in silence");
  const { faults } = house.emulator.world;
  const slow = { id: "1", is: "latency" as const, milliseconds: 700, matches: "/_git/service", times: 1 };
  faults.push(slow);
  const head = await commit(at, { "b.txt": "b\n" });
  await until("git asks for the push", async () => slow.times === 0 || faults.length === 0);
  house.ownerToken.revoked = true;
  await house.quiet();
  assert.equal(await scannedCommit(house, at.service), head);
  assert.deepEqual(await told(at, instance), ["connected", "credential-taken-over"]);
  const cause = (await getInstance(house.app.db, instance))?.reasons[0]?.cause ?? "";
  assert.match(cause, /token of Olga Owner.*token of Sam Second.* has taken over/);
  const [lost] = await audited(at, "credential-lost");
  assert.equal(lost?.actor, "Sallyport");
  assert.match(JSON.stringify(lost.data), /"health":"refused".*"inUseNow":"the personal access token of Sam Second/);
  assert(house.logged.some((line) => line.includes("job begins again")));
  assert.deepEqual(
    (await listCredentials(house.app.db, instance)).map(({ health }) => health),
    ["good", "refused"],
  );
});

test("somebody who is removed: their hooks are made anew by whoever takes over, and nothing is missed", async (t) => {
  const at = await place(t);
  const { house } = at;
  const instance = await connect(house);
  await house.quiet();
  const second = await addSecond(at, instance);
  const { memberships, subscriptions } = house.organization;
  memberships.splice(0, memberships.length, ...memberships.filter(({ userId }) => userId !== house.owner.id));
  const head = await commit(at, { "b.txt": "b\n" });
  await house.quiet();
  await sync(at, instance);
  assert.equal(await scannedCommit(house, at.service), head);
  assert.deepEqual(await told(at, instance), ["connected", "credential-taken-over"]);
  assert.deepEqual(
    [...new Set(subscriptions.map(({ status, createdBy }) => `${status} ${createdBy}`))],
    [`enabled ${second.id}`],
  );
});

test("an identity that the organization does not know any more is told from one that must sign in again", async (t) => {
  const at = await place(t);
  const { house } = at;
  const { instance, grace } = await connectAsGrace(at);
  const { memberships } = house.organization;
  const own = memberships.filter(({ userId }) => userId === grace.id);
  memberships.splice(0, memberships.length, ...memberships.filter(({ userId }) => userId !== grace.id));
  await sync(at, instance);
  assert.deepEqual(await told(at, instance), ["error", "removed"]);
  memberships.push(...own);
  const [credential] = await listCredentials(house.app.db, instance);
  assert(credential);
  await askForCredentialCheck(house.app, house.app.db, credential);
  await house.quiet();
  assert.deepEqual(await told(at, instance), ["connected"]);
  assert.equal((await audited(at, "credential-regained")).length, 1);
});

test("a refresh token that somebody else used ends the sign-in, and signing in again brings everything back", async (t) => {
  const at = await place(t);
  const { house } = at;
  const { instance, ...directory } = await connectAsGrace(at);
  const { app } = directory;
  const [credential] = await listCredentials(house.app.db, instance);
  assert(credential?.signInId);
  const row = await getSignIn(house.app.db, credential.signInId);
  assert(row?.sealedRefresh);
  const token = open(house.app.keys, row.sealedRefresh, row.id);
  const login = `${house.emulator.url}/_hosts/login.microsoftonline.com/${row.tenantId}/oauth2/v2.0/token`;
  const body = new URLSearchParams({
    grant_type: "refresh_token",
    refresh_token: token.reveal(),
    client_id: app.clientId,
    client_secret: app.clientSecret,
  });
  assert.equal((await fetch(login, { method: "POST", body })).status, 200, "the thief was faster");
  await house.emulator.clock.advance(2 * 3600_000);
  const head = await commit(at, { "b.txt": "b\n" });
  await house.quiet();
  assert.deepEqual(await told(at, instance), ["error", "sign-in-again"]);
  const [reason] = (await getInstance(house.app.db, instance))?.reasons ?? [];
  assert.deepEqual([reason?.organization, reason?.action], ["fabrikam", "renew-sign-in"]);
  assert.match(reason?.remedy ?? "", /^Sign in again/);
  assert.equal((await signIn(house, directory, { instance, credential: credential.id })).is, "signed-in");
  await house.quiet();
  assert.deepEqual(await told(at, instance), ["connected"]);
  assert.equal(await scannedCommit(house, at.service), head);
});

test("consent that is withdrawn and sessions that are ended each say what happened and who can help", async (t) => {
  const at = await place(t);
  const { house } = at;
  const { instance, ...directory } = await connectAsGrace(at);
  const [credential] = await listCredentials(house.app.db, instance);
  assert(credential);
  const endings = [
    [() => withdrawConsent(directory.tenant, directory.app, directory.grace.id), /permissions are no longer granted/],
    [() => revokeSessions(house.emulator.world, directory.tenant, directory.grace), /sign-in was revoked/],
  ] as const;
  for (const [end, words] of endings) {
    end();
    await house.emulator.clock.advance(2 * 3600_000);
    await sync(at, instance);
    assert.deepEqual(await told(at, instance), ["error", "sign-in-again"]);
    assert.match((await getInstance(house.app.db, instance))?.reasons[0]?.cause ?? "", words);
    const again = await signIn(house, directory, { instance, credential: credential.id });
    assert.equal(again.is, "signed-in", JSON.stringify(again));
    await house.quiet();
    assert.deepEqual(await told(at, instance), ["connected"]);
  }
});

test("an Entra app whose secret expired stops its sign-ins, and they go on by themselves with a new one", async (t) => {
  const at = await place(t);
  const { house } = at;
  const { instance, app } = await connectAsGrace(at);
  const [credential] = await listCredentials(house.app.db, instance);
  assert(credential);
  const good = app.secrets.splice(0, 1, { value: app.clientSecret, expires: new Date(0) });
  await house.emulator.clock.advance(2 * 3600_000);
  await sync(at, instance);
  assert.deepEqual(await told(at, instance), ["error", "sign-in-again"]);
  const [reason] = (await getInstance(house.app.db, instance))?.reasons ?? [];
  assert.match(reason?.remedy ?? "", /makes a new client secret/);
  app.secrets.splice(0, 1, ...good);
  await askForDueChecks(house.app);
  await house.quiet();
  assert.deepEqual(await told(at, instance), ["connected"]);
});

test("a sign-in page in answer to a good credential puts work off, kills nothing, and is said", async (t) => {
  const at = await place(t);
  const { house } = at;
  const instance = await connect(house);
  await house.quiet();
  const { faults } = house.emulator.world;
  faults.push({ id: "1", is: "unauthorized-pages", matches: "/_apis/projects" });
  await askForSync(house.app, house.app.db, { id: house.organization.id as OrganizationId, instanceId: instance });
  await until("it is said", async () => (await told(at, instance)).includes("sign-in-page"));
  assert.deepEqual(
    (await listCredentials(house.app.db, instance)).map(({ health }) => health),
    ["good"],
  );
  await until("it waits for another try", async () =>
    (await house.app.jobs.pending()).some(({ delayed }) => delayed > 0),
  );
  faults.length = 0;
  await useUpRetriesNow(house.app.db);
  await sync(at, instance);
  assert.deepEqual(await told(at, instance), ["connected"]);
});

test("a token that is challenged between two calls is renewed without a word", async (t) => {
  const at = await place(t);
  const { house } = at;
  const { instance, tenant, grace } = await connectAsGrace(at);
  for (const round of [1, 2, 3]) {
    challengeTokens(house.emulator.world, tenant, grace);
    const head = await commit(at, { "round.txt": `${round}\n` });
    await house.quiet();
    assert.equal(await scannedCommit(house, at.service), head);
  }
  assert.deepEqual(await told(at, instance), ["connected"]);
  assert.deepEqual(await audited(at, "credential-lost"), []);
});

test("a token that loses a scope says which, and what that costs, when it is refused; switched off, nothing is missing", async (t) => {
  const at = await place(t);
  const { house } = at;
  const instance = await connect(house);
  await house.quiet();
  Object.assign(house.ownerToken, { scopes: ["code", "project", "build", "work_write"] });
  await commit(at, { "leak.env": `TOKEN=${plantedSecrets("scopes").githubToken}\n` }, "feature");
  await openPullRequest(house, at.service, "feature");
  await house.quiet();
  const [state, ...codes] = await told(at, instance);
  assert.equal(state, "warning");
  // Threads, statuses and fixes wait for the same scope: that is said once.
  assert.deepEqual(codes.map(String).toSorted(), ["feedback-refused", "lacks-comment"]);
  const reasons = (await getInstance(house.app.db, instance))?.reasons ?? [];
  assert.match(reasons.find(({ code }) => code === "lacks-comment")?.affects ?? "", /not written.*no status.*repairs/s);
  assert.match(reasons.find(({ code }) => code === "feedback-refused")?.cause ?? "", /scope Code \(Read & write\)/);
  const [changed] = await audited(at, "rights-changed");
  assert.match(JSON.stringify(changed?.data), /"lost":\["scope Code \(Read & write\)".*"feature status"/);
  const features = { comment: false, status: false, fix: false, workItems: true };
  assert.deepEqual(await editInstance(house.app, instance, { features, by: "anna" }), { is: "edited" });
  await house.quiet();
  assert.deepEqual(await told(at, instance), ["connected"]);
});

test("what was asked of Azure DevOps is written down by what it was for", async (t) => {
  const at = await place(t);
  const { house } = at;
  const instance = await connect(house);
  await house.quiet();
  await commit(at, { "leak.env": `TOKEN=${plantedSecrets("spend").githubToken}\n` }, "feature");
  await openPullRequest(house, at.service, "feature");
  await house.quiet();
  await recordSpend(house.app);
  const spent = await listSpend(house.app.db, instance, new Date(0));
  const calls = new Map(spent.map(({ purpose, ...row }) => [purpose, row.calls]));
  assert((calls.get("sync") ?? 0) > 2 && (calls.get("pull-request") ?? 0) > 5, JSON.stringify(spent));
  const [organization] = await listOrganizations(house.app.db, instance);
  assert.equal(organization?.pace?.waiting, 0);
});

test("a paused instance asks nothing and forgets nothing", async (t) => {
  const at = await place(t);
  const { house } = at;
  const instance = await connect(house);
  await house.quiet();
  assert(await pauseInstance(house.app, instance, "anna"));
  assert.equal(await pauseInstance(house.app, instance, "anna"), false);
  const before = await scannedCommit(house, at.service);
  const head = await commit(at, { "b.txt": "b\n" });
  await sync(at, instance);
  assert.equal(await scannedCommit(house, at.service), before);
  assert.deepEqual(await told(at, instance), ["disabled", "paused"]);
  assert.equal((await eventLines(house)).at(-1), "git.push ignored");
  assert(await resumeInstance(house.app, instance, "bert"));
  await house.quiet();
  assert.equal(await scannedCommit(house, at.service), head);
  assert.deepEqual(await told(at, instance), ["connected"]);
  assert.deepEqual(
    [(await audited(at, "instance-paused"))[0]?.actor, (await audited(at, "instance-resumed"))[0]?.actor],
    ["anna", "bert"],
  );
});
