import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { editInstance } from "#flows/connect-instance/edit-instance.ts";
import { askForSync } from "#flows/jobs/ask.ts";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import { getInstance } from "#store/instances/instances.ts";
import { listCredentials } from "#store/people/credentials.ts";
import { addRepository, addToken } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { Fault, RepositoryState } from "../../emulator/world.ts";
import { connect, draftOf } from "./connect.ts";
import { eventLines, issueLines, scannedCommit } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { openPullRequest } from "./pull-request-calls.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let repository: RepositoryState;
let clone: WorkingCopy;
let instance: InstanceId;
let turn = 0;

before(async () => {
  house = await openHouse();
  repository = await addRepository(house.emulator.world, house.organization, house.project, "service", {
    files: { "a.txt": "a\n" },
  });
  instance = await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/service`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
});

beforeEach(() => {
  house.emulator.world.faults.length = 0;
  turn += 1;
});

function fault(given: Omit<Fault, "id">): void {
  house.emulator.world.faults.push({ id: `${turn}`, ...given });
}

async function push(): Promise<string> {
  const head = await clone.commit(`turn ${turn}`, { [`turn-${turn}.txt`]: `${turn} ${Math.random()}\n` });
  await clone.git("push", "--quiet", "origin", "main");
  return head;
}

test("too many requests, server errors and slowness put work off, and it is done in the end", async () => {
  await clone.git("checkout", "--quiet", "-b", "feature");
  await clone.commit("feature", { "leak.env": `TOKEN=${plantedSecrets("faults").githubToken}\n` });
  await clone.git("push", "--quiet", "origin", "feature");
  await clone.git("checkout", "--quiet", "main");
  fault({ is: "status", status: 503, matches: "/pullRequests/", times: 3 });
  fault({ is: "status", status: 429, retryAfter: 1, matches: "/threads", times: 2 });
  fault({ is: "status", status: 500, matches: "/statuses", times: 2 });
  fault({ is: "rate-limit-delay", milliseconds: 50, retryAfter: 1, matches: "/iterations", times: 2 });
  fault({ is: "latency", milliseconds: 200, times: 10 });
  const pullRequest = await openPullRequest(house, repository, "feature");
  const head = await push();
  await house.quiet();
  assert.equal(await scannedCommit(house, repository), head);
  assert.equal(pullRequest.statuses.at(-1)?.state, "failed");
  assert.equal(pullRequest.threads.filter(({ properties }) => "sallyport.fingerprint" in properties).length, 1);
});

test("deliveries that come twice or out of order do nothing twice", async () => {
  fault({ is: "duplicate-delivery", times: 3 });
  fault({ is: "reorder-deliveries", times: 1 });
  const before = (await eventLines(house)).length;
  await push();
  await push();
  const head = await push();
  await house.emulator.clock.advance(5000);
  await house.quiet();
  assert.equal(await scannedCommit(house, repository), head);
  assert.equal((await eventLines(house)).length, before + 3);
});

test("a server that does not listen for a while hears of it all the same", async () => {
  house.setListening(false);
  const head = await push();
  await house.emulator.settled();
  house.setListening(true);
  await askForSync(house.app, house.app.db, { id: house.organization.id as OrganizationId, instanceId: instance });
  await house.quiet();
  assert.equal(await scannedCommit(house, repository), head);
  assert.deepEqual(await issueLines(house, repository), []);
});

test("an expired token is told, nothing is lost, and a new token heals it", async () => {
  house.ownerToken.expires = new Date(0);
  const head = await push();
  await house.quiet();
  const broken = await getInstance(house.app.db, instance);
  assert.deepEqual([broken?.state, broken?.reasons.map(({ code }) => code)], ["error", ["signed-out"]]);
  assert.equal(broken?.reasons[0]?.organization, "fabrikam");
  assert.match(broken?.reasons[0]?.remedy ?? "", /Give a new token/);
  assert.equal((await listCredentials(house.app.db, instance))[0]?.health, "refused");

  const token = addToken(house.emulator.world, house.owner, { organization: house.organization });
  const draft = await draftOf(house, token.value);
  assert.deepEqual(await editInstance(house.app, instance, { draft, by: "anna" }), { is: "edited" });
  await house.quiet();
  const healed = await getInstance(house.app.db, instance);
  assert.deepEqual([healed?.state, healed?.reasons], ["connected", []]);
  assert.deepEqual(
    (await listCredentials(house.app.db, instance)).map(({ health }) => health),
    ["good", "refused"],
  );
  assert.equal(await scannedCommit(house, repository), head);
});
