/**
 * Trouble that Azure DevOps and the way to it make: too little budget, sign-in pages, wrong clocks, deliveries that come
 * often and late, connections that break.
 */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { askForDueChecks } from "#flows/check-credential/ask-for-due-checks.ts";
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import { askForCredentialCheck, askForSync } from "#flows/jobs/ask.ts";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import { listSubscriptions } from "#store/hooks/hook-subscriptions.ts";
import { getInstance } from "#store/instances/instances.ts";
import { listCredentials } from "#store/people/credentials.ts";
import { getPullRequest } from "#store/pull-requests/pull-requests.ts";
import { useUpRetriesNow } from "#store/testing/use-up-retries-now.ts";
import { addCommit, addRepository } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { Fault, PullRequestState, RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { draftAsGrace, openDirectory } from "./directory.ts";
import { eventLines, idOf, issueLines, rollUpOf, scannedCommit, scansOf } from "./facts.ts";
import { type House, type HouseOptions, openHouse } from "./house.ts";
import { type Overheard, overhear } from "./overhear.ts";
import { openPullRequest, patchPullRequest } from "./pull-request-calls.ts";
import { pushCommits } from "./remote-changes.ts";
import { until } from "./until.ts";

const hour = 3_600_000;
const leak = (name: string) => ({ [`${name}.env`]: `TOKEN=${plantedSecrets(name).githubToken}\n` });

interface Place {
  readonly house: House;
  readonly instance: InstanceId;
  readonly repositories: readonly RepositoryState[];
}

async function open(t: TestContext, repositories: number, options: HouseOptions = {}): Promise<Place> {
  const house = await openHouse(options);
  t.after(() => house.close());
  const made: RepositoryState[] = [];
  for (let index = 0; index < repositories; index++) made.push(await addOne(house, `service-${index}`));
  const instance = await connect(house);
  await house.quiet();
  return { house, instance, repositories: made };
}

function addOne(house: House, name: string): Promise<RepositoryState> {
  return addRepository(house.emulator.world, house.organization, house.project, name, {
    files: { "a.txt": `${name}\n` },
  });
}

function first({ repositories }: Place): RepositoryState {
  const [repository] = repositories;
  assert(repository);
  return repository;
}

function fault({ house }: Place, given: Omit<Fault, "id">): void {
  house.emulator.world.faults.push({ id: given.is, ...given });
}

async function askToSync({ house, instance }: Place): Promise<void> {
  await askForSync(house.app, house.app.db, { id: house.organization.id as OrganizationId, instanceId: instance });
}

async function openWithLeak({ house }: Place, repository: RepositoryState, branch: string): Promise<PullRequestState> {
  await pushCommits(house, repository, branch, [leak(branch)]);
  return openPullRequest(house, repository, branch);
}

/** Threads of ours, then states of statuses without repetitions. */
function told(pullRequest: PullRequestState): readonly unknown[] {
  const own = pullRequest.threads.filter(({ properties }) => "sallyport.fingerprint" in properties).length;
  const states = rollUpOf(pullRequest)
    .map(({ state }) => state)
    .filter((state, at, all) => state !== all[at - 1]);
  return [own, ...states];
}

/** Nothing is left to do, nothing was given up, and the instance has nothing to complain of. */
async function isWell({ house, instance }: Place): Promise<void> {
  assert.deepEqual(await house.app.jobs.dead(10), []);
  const row = await getInstance(house.app.db, instance);
  assert.deepEqual([row?.state, row?.reasons.map(({ code, cause }) => [code, cause])], ["connected", []]);
  assert.deepEqual(
    (await eventLines(house)).filter((line) => /failed|received/.test(line)),
    [],
  );
}

/** Not what only finds out about rights, at a repository that nobody has. */
const isOfPullRequest = ({ path }: Overheard) => /\/repositories\/(?!0{8}-)[^/]+\/pullRequests\//.test(path);

test("what is left of a budget goes to pull requests; the rest waits until it is full again, and is done then", async (t) => {
  const place = await open(t, 3);
  const { house, instance, repositories } = place;
  house.emulator.world.switches.rateBudget = { limit: 400, window: 12 };
  // Somebody else uses the same account, and leaves a seventh.
  const authorization = `Basic ${Buffer.from(`:${house.ownerToken.value}`).toString("base64")}`;
  const elsewhere = `${house.emulator.url}/fabrikam/_apis/connectionData?api-version=7.1-preview`;
  await Promise.all(Array.from({ length: 345 }, () => fetch(elsewhere, { headers: { authorization } })));

  const ear = overhear(house);
  const [credential] = await listCredentials(house.app.db, instance);
  assert(credential);
  await askForCredentialCheck(house.app, house.app.db, credential);
  await askToSync(place);
  await until("the budget is known to be short", async () => ear.calls.some(({ status }) => status !== 0));
  const pullRequests = await Promise.all(repositories.map((one, index) => openWithLeak(place, one, `topic-${index}`)));
  await house.quiet();
  ear.stop();

  assert.deepEqual(pullRequests.map(told), Array(3).fill([1, "pending", "failed"]));
  await isWell(place);
  const { calls } = ear;
  const others = calls.filter((call) => !isOfPullRequest(call));
  const before = calls.slice(0, calls.findLastIndex(isOfPullRequest)).filter((call) => !isOfPullRequest(call));
  t.diagnostic(`${calls.length} calls, ${others.length} of them for other things, ${before.length} of these before`);
  assert(others.length >= 20 && before.length <= 4, `${before.length} of ${others.length} came before`);
});

test("with a budget far too small everything is done in the end, and few calls are made in vain", async (t) => {
  const place = await open(t, 4);
  const { house, repositories } = place;
  house.emulator.world.switches.rateBudget = { limit: 20, window: 2 };
  const ear = overhear(house);
  await askToSync(place);
  const pullRequests = await Promise.all(repositories.map((one, index) => openWithLeak(place, one, `topic-${index}`)));
  const heads = await Promise.all(
    repositories.map((one, index) => pushCommits(house, one, "main", [leak(`main-${index}`)])),
  );
  await house.quiet();
  ear.stop();
  assert.deepEqual(pullRequests.map(told), Array(4).fill([1, "pending", "failed"]));
  assert.deepEqual(await Promise.all(repositories.map((one) => scannedCommit(house, one))), heads);
  await isWell(place);
  const refused = ear.calls.filter(({ status }) => status === 429).length;
  t.diagnostic(`${ear.calls.length} calls, ${refused} of them refused`);
  assert(refused <= 12 && ear.calls.length <= 120, `${ear.calls.length} calls, ${refused} of them refused`);
});

test("while everything is refused with 429 there are a few calls a second, not hundreds", async (t) => {
  const place = await open(t, 2);
  const { house, repositories } = place;
  for (const matches of ["/pullRequests/", "/connectionData", "/_apis/projects"])
    fault(place, { is: "status", status: 429, retryAfter: 1, matches });
  const ear = overhear(house);
  const started = performance.now();
  const pullRequests = await Promise.all(repositories.map((one, index) => openWithLeak(place, one, `topic-${index}`)));
  await askToSync(place);
  await until("a few seconds of it", async () => performance.now() - started > 4000);
  const seconds = (performance.now() - started) / 1000;
  const { length } = ear.calls;
  ear.stop();
  house.emulator.world.faults.length = 0;
  t.diagnostic(`${length} calls in ${seconds.toFixed(1)} s`);
  assert(length <= 8 * seconds + 6, `${length} calls in ${seconds} s`);
  await house.quiet();
  assert.deepEqual(pullRequests.map(told), Array(2).fill([1, "pending", "failed"]));
  await isWell(place);
});

test("a push goes before a backlog of first scans", async (t) => {
  const place = await open(t, 1);
  const { house } = place;
  const backlog: RepositoryState[] = [];
  for (let index = 0; index < 18; index++) backlog.push(await addOne(house, `new-${index}`));
  fault(place, { is: "latency", milliseconds: 250, matches: "/_git/" });
  await askToSync(place);
  const begunOf = async (one: RepositoryState) => (await scansOf(house, one))[0]?.started.getTime() ?? 0;
  const begun = () => Promise.all(backlog.map(begunOf));
  await until("the backlog has begun", async () => (await begun()).some((time) => time > 0));
  const head = await pushCommits(house, first(place), "main", [leak("urgent")]);
  await house.quiet();
  assert.equal(await scannedCommit(house, first(place)), head);
  const urgent = await begunOf(first(place));
  const later = (await begun()).filter((time) => time > urgent).length;
  t.diagnostic(`${later} of ${backlog.length} first scans began after it`);
  assert(later >= 5, `only ${later} first scans waited for it`);
});

test("sign-in pages on some paths are no sign of a lost credential; work waits until they are gone", async (t) => {
  const place = await open(t, 1);
  const { house, instance } = place;
  fault(place, { is: "unauthorized-pages", matches: "/pullRequests/", times: 3 });
  fault(place, { is: "unauthorized-pages", matches: "/_git/", times: 1 });
  const pullRequest = await openWithLeak(place, first(place), "topic");
  const head = await pushCommits(house, first(place), "main", [leak("main")]);
  await house.quiet();
  assert.deepEqual(told(pullRequest), [1, "pending", "failed"]);
  assert.equal(await scannedCommit(house, first(place)), head);
  assert.deepEqual(
    (await listCredentials(house.app.db, instance)).map(({ health }) => health),
    ["good"],
  );
  const row = await getInstance(house.app.db, instance);
  assert.deepEqual([row?.state, row?.reasons.map(({ code }) => code)], ["warning", ["sign-in-page"]]);
  await askToSync(place);
  await house.quiet();
  await isWell(place);
});

test("sign-in pages for everything look like a lost credential; when they end it is found to work, and all is caught up", async (t) => {
  const place = await open(t, 1);
  const { house, instance } = place;
  fault(place, { is: "unauthorized-pages" });
  const ear = overhear(house);
  const head = await pushCommits(house, first(place), "main", [leak("main")]);
  await pushCommits(house, first(place), "topic", [leak("topic")]);
  house.emulator.world.faults.length = 0;
  const pullRequest = await openPullRequest(house, first(place), "topic");
  fault(place, { is: "unauthorized-pages" });
  await house.quiet();
  const row = await getInstance(house.app.db, instance);
  assert.deepEqual([row?.state, row?.reasons.map(({ code }) => code)], ["error", ["signed-out"]]);
  assert(ear.calls.length < 40, `${ear.calls.length} calls`);
  ear.stop();

  house.emulator.world.faults.length = 0;
  await askForDueChecks(house.app);
  await house.quiet();
  assert.equal(await scannedCommit(house, first(place)), head);
  assert.deepEqual(told(pullRequest), [1, "pending", "failed"]);
  await isWell(place);
});

for (const [whose, milliseconds] of [
  ["an hour behind", -hour],
  ["an hour ahead", hour],
] as const) {
  test(`Azure DevOps' clock is ${whose}: pauses that it names as a date are kept, and no longer`, async (t) => {
    const place = await open(t, 1);
    const { house } = place;
    fault(place, { is: "wrong-clock", milliseconds });
    fault(place, { is: "status", status: 429, retryAfter: 1, asDate: true, matches: "/pullRequests/", times: 3 });
    fault(place, { is: "rate-limit-delay", retryAfter: 1, asDate: true, matches: "/threads", times: 1 });
    const ear = overhear(house);
    const started = performance.now();
    const pullRequest = await openWithLeak(place, first(place), "topic");
    await askToSync(place);
    await house.quiet();
    ear.stop();
    assert.deepEqual(told(pullRequest), [1, "pending", "failed"]);
    assert(performance.now() - started < 20_000, "it waited for a wrong clock");
    assert(ear.calls.filter(({ status }) => status === 429).length <= 3);
    await isWell(place);
  });
}

test("by our wrong clock a sign-in is renewed too early or too late: either way it works, with a renewal or two", async (t) => {
  let clockError = 0;
  const house = await openHouse({ clockError: () => clockError });
  t.after(() => house.close());
  const service = await addOne(house, "service");
  const draft = await draftAsGrace(house, await openDirectory(house));
  const takes = { is: "existing-and-future" } as const;
  const created = await createInstance(house.app, { draft, name: "Fabrikam", takes, by: "anna" });
  assert(created.is === "created");
  const place = { house, instance: created.instance, repositories: [service] };
  await house.quiet();
  await isWell(place);

  const renewals = async (branch: string) => {
    const logged = house.logged.length;
    const pullRequest = await openWithLeak(place, service, branch);
    await askToSync(place);
    await house.quiet();
    assert.deepEqual(told(pullRequest), [1, "pending", "failed"], branch);
    await isWell(place);
    return house.logged.slice(logged).filter((line) => line.includes('"sign-in renewed"')).length;
  };
  clockError = 3 * hour;
  assert.equal(await renewals("ahead"), 1);
  clockError = -3 * hour;
  assert.equal(await renewals("behind"), 0, "it is thought to live for long");
  await house.emulator.clock.advance(2 * hour);
  assert.equal(await renewals("expired"), 1, "Azure DevOps knows better");
});

test("a token that should have expired by what a person said is used as long as Azure DevOps takes it", async (t) => {
  const place = await open(t, 1);
  const { house, instance } = place;
  const { db } = house.app;
  const expires = new Date(house.app.now().getTime() - 2 * hour);
  await db.updateTable("credentials").set({ expires }).where("instanceId", "=", instance).execute();
  const head = await pushCommits(house, first(place), "main", [leak("main")]);
  await house.quiet();
  assert.equal(await scannedCommit(house, first(place)), head);
  await askToSync(place);
  await house.quiet();
  const row = await getInstance(db, instance);
  assert.deepEqual([row?.state, row?.reasons.map(({ code }) => code)], ["warning", ["token-expires"]]);
  assert.match(row?.reasons[0]?.cause ?? "", /should have expired/);
});

test("every delivery comes five times, and some are overtaken by later ones: everything is done once", async (t) => {
  const place = await open(t, 1);
  const { house } = place;
  const repository = first(place);
  const before = (await eventLines(house)).length;
  fault(place, { is: "duplicate-delivery", copies: 5 });
  // Four of the five copies of a push and of a pull request wait until something newer has passed them.
  fault(place, { is: "reorder-deliveries", matches: "git.pullrequest.created", times: 4 });
  fault(place, { is: "reorder-deliveries", matches: "git.push", times: 7 });
  const pullRequest = await openWithLeak(place, repository, "topic");
  await pushCommits(house, repository, "main", [leak("one")]);
  await pushCommits(house, repository, "topic", [leak("two")]);
  const head = await pushCommits(house, repository, "main", [leak("three")]);
  const closing = await openWithLeak(place, repository, "closing");
  await patchPullRequest(house, repository, closing.id, { status: "abandoned" });
  await house.emulator.clock.advance(10_000);
  await house.quiet();

  const events = new Set(
    house.organization.subscriptions.flatMap((one) => one.notifications.map((each) => each.eventId)),
  );
  assert.equal((await eventLines(house)).length - before, events.size, "each event is on record once");
  const counted = await listSubscriptions(house.app.db, place.instance);
  const sum = (name: "accepted" | "duplicate") => counted.reduce((total, row) => total + row[name], 0);
  assert.deepEqual([sum("accepted"), sum("duplicate")], [events.size, events.size * 4]);
  assert.equal(await scannedCommit(house, repository), head);
  assert.deepEqual(await issueLines(house, repository), ["open one.env", "open three.env"]);
  assert.equal(told(pullRequest)[0], 2);
  assert.equal(pullRequest.statuses.at(-1)?.state, "failed");
  const scans = await scansOf(house, repository);
  const heads = scans.flatMap(({ target, commit, outcome }) =>
    outcome === "complete" ? `${target.is} ${commit}` : [],
  );
  assert.equal(new Set(heads).size, heads.length, "no commit is scanned twice");
  const row = await getPullRequest(house.app.db, idOf(repository), closing.id);
  assert.equal(row?.state, "abandoned", "news that come late change nothing");
  await isWell(place);
});

test("connections that break in the middle of an answer lose nothing and double nothing", async (t) => {
  const place = await open(t, 1);
  const { house } = place;
  const repository = first(place);
  // What was written is there, and we are not told.
  const cut = new Map([
    [/^POST .*\/threads\b/, "/threads"],
    [/^POST .*\/statuses\b/, "/statuses"],
    [/^POST .*\/hooks\/subscriptions\b/, "/hooks/subscriptions"],
    [/^GET .*\/iterations\b/, "/iterations"],
    [/^GET .*\/_apis\/projects\b/, "/_apis/projects"],
  ]);
  const ear = overhear(house, ({ method, path }) => {
    for (const [pattern, matches] of cut) {
      if (!pattern.test(`${method} ${path}`)) continue;
      cut.delete(pattern);
      fault(place, { is: "drop-connection", matches, times: 1 });
    }
  });
  fault(place, { is: "drop-connection", matches: "/git-upload-pack", times: 1 });
  const pullRequest = await openWithLeak(place, repository, "topic");
  const head = await addCommit(house.emulator.world, house.organization, repository, house.developer, {
    branch: "main",
    message: "main",
    files: leak("main"),
  });
  const hooks = house.organization.subscriptions;
  hooks.splice(
    hooks.findIndex(({ eventType }) => eventType === "git.push"),
    1,
  );
  await askToSync(place);
  await until("all of them broke, and only retries are left", async () => {
    const pending = await house.app.jobs.pending();
    return cut.size === 0 && pending.every(({ waiting, active }) => waiting + active === 0);
  });
  await useUpRetriesNow(house.app.db);
  await house.quiet();
  ear.stop();
  assert.deepEqual(told(pullRequest), [1, "pending", "failed"]);
  assert.equal(await scannedCommit(house, repository), head);
  assert.deepEqual(await issueLines(house, repository), ["open main.env"]);
  assert.equal(new Set(hooks.map(({ eventType }) => eventType)).size, hooks.length, "one hook of each kind");
  await isWell(place);
});
