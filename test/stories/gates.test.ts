import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { editInstance } from "#flows/connect-instance/edit-instance.ts";
import { askForGates } from "#flows/gates/want-gates.ts";
import { readReceipt, requestForgetting } from "#flows/instances/forget-instance.ts";
import { askForSync } from "#flows/jobs/ask.ts";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import { everyFeature } from "#model/scopes.ts";
import { getInstance } from "#store/instances/instances.ts";
import { type GateRow, listGates } from "#store/pull-requests/gates.ts";
import { addRepository, addToken, addUser } from "../../emulator/build-world.ts";
import { groupsIn } from "../../emulator/identity/groups.ts";
import { descriptorOfGroup } from "../../emulator/identity/identity-descriptor.ts";
import { letBypass } from "../../emulator/security/bypass.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { PolicyState, PullRequestState, RepositoryState } from "../../emulator/world.ts";
import { connect, draftOf } from "./connect.ts";
import { everything, idOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { openPullRequest, patchPullRequest, postPullRequestStatus } from "./pull-request-calls.ts";
import { until } from "./until.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let repository: RepositoryState;
let clone: WorkingCopy;
let instance: InstanceId;
const leak = `token: ${plantedSecrets("gates").githubToken}\n`;

before(async () => {
  house = await openHouse();
  const { world } = house.emulator;
  repository = await addRepository(world, house.organization, house.project, "service", {
    files: { "app.yaml": "one\n" },
  });
  instance = await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/service`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
});

async function gates(): Promise<readonly GateRow[]> {
  return (await listGates(house.app.db, everything, { offset: 0, limit: 100 })).rows;
}

/** `branch state: flaws`. */
async function gateLines(): Promise<readonly string[]> {
  const lines = (await gates()).map(
    ({ ref, state, flaws }) => `${ref.slice("refs/heads/".length)} ${state}: ${flaws.map(({ code }) => code).join()}`,
  );
  return lines.toSorted();
}

function policies(): readonly PolicyState[] {
  return house.organization.policies.filter(({ isDeleted }) => !isDeleted);
}

async function install(ref?: string): Promise<void> {
  const wish = { instance, repositories: [idOf(repository)], wanted: true, by: "anna" };
  const asked = await askForGates(house.app, { ...wish, ...(ref !== undefined && { ref }) });
  assert.equal(asked.is, "asked");
  await house.quiet();
}

async function sync(): Promise<void> {
  await askForSync(house.app, house.app.db, { id: house.organization.id as OrganizationId, instanceId: instance });
  await house.quiet();
}

async function complete(pullRequest: PullRequestState): Promise<readonly unknown[]> {
  await patchPullRequest(house, repository, pullRequest.id, {
    status: "completed",
    lastMergeSourceCommit: { commitId: pullRequest.lastMergeSourceCommit },
  });
  // The merge is tried a moment later.
  await until("the attempt to complete is over", async () => pullRequest.mergeStatus !== "queued");
  await house.quiet();
  return [pullRequest.status, pullRequest.mergeStatus];
}

async function reasonCodes(): Promise<readonly string[]> {
  return (await getInstance(house.app.db, instance))?.reasons.map(({ code }) => code) ?? [];
}

test("a red scan really blocks completion through the installed policy and a green one frees it", async () => {
  assert.deepEqual(await gateLines(), ["main ineffective: no-gate"]);
  assert.equal((await gates())[0]?.directPushes, true);

  const administering = groupsIn(house.organization, house.project).find(
    ({ grants }) => grants === "project administrators",
  );
  assert(administering);
  letBypass(house.organization, house.project, descriptorOfGroup(administering));
  await install();
  const [policy] = policies();
  const scope = [{ repositoryId: repository.id, refName: "refs/heads/main", matchKind: "Exact" }];
  assert.deepEqual([policies().length, policy?.isBlocking, policy?.settings.scope], [1, true, scope]);
  assert.deepEqual(
    [policy?.settings.statusGenre, policy?.settings.statusName, policy?.settings.authorId],
    ["sallyport", "security", house.owner.id],
  );
  assert.deepEqual(await gateLines(), ["main effective: "]);

  await clone.git("checkout", "--quiet", "-b", "feature");
  await clone.commit("a secret", { "app.yaml": leak });
  await clone.git("push", "--quiet", "origin", "HEAD");
  const pullRequest = await openPullRequest(house, repository, "feature");
  await house.quiet();
  assert.deepEqual(await complete(pullRequest), ["active", "rejectedByPolicy"]);
  // Whoever may contribute can post a status of the same name; it counts for nothing.
  await postPullRequestStatus(house, repository, pullRequest.id, {
    state: "succeeded",
    context: { genre: "sallyport", name: "security" },
  });
  assert.deepEqual(await complete(pullRequest), ["active", "rejectedByPolicy"]);

  await install();
  const [gate] = await gates();
  assert.deepEqual([policies().length, policy?.revision], [1, 1], "asked for again, nothing is made twice");
  assert.deepEqual([gate?.evaluation?.pullRequest, gate?.evaluation?.status], [pullRequest.id, "rejected"]);
  assert.equal(gate?.directPushes, false);
  await assert.rejects(clone.git("push", "--quiet", "origin", "HEAD:main"), /TF402455/);
  const administrators = gate?.bypassers?.find(({ name }) => name === "[Payments]\\Project Administrators");
  assert(administrators?.isGroup && administrators.permissions.includes("Bypass policies when pushing"));

  await clone.commit("no secret", { "app.yaml": "two\n" });
  await clone.git("push", "--quiet", "origin", "HEAD");
  await house.quiet();
  assert.deepEqual(await complete(pullRequest), ["completed", "succeeded"]);
});

test("a gate that somebody disables is reported, not switched on behind their back", async () => {
  const [policy] = policies();
  assert(policy);
  policy.isEnabled = false;
  await sync();
  assert.deepEqual(await gateLines(), ["main ineffective: disabled"]);
  assert.equal(policy.isEnabled, false);
  assert((await reasonCodes()).includes("gates-not-effective"));
  policy.isDeleted = true;
  await sync();
  assert.deepEqual([policies().length, await gateLines()], [0, ["main ineffective: no-gate"]]);
  await install();
  assert.deepEqual([policies().length, await gateLines()], [1, ["main effective: "]]);
  assert(!(await reasonCodes()).includes("gates-not-effective"));
});

test("without the right it is said what is missing, and it is made when the right is there", async () => {
  const membership = house.organization.memberships.find(({ userId }) => userId === house.owner.id);
  assert(membership);
  Object.assign(membership, { group: "contributors" });
  await install("release/*");
  assert.deepEqual(await gateLines(), ["main effective: ", "release/* refused: refused"]);
  const refused = (await gates()).find(({ state }) => state === "refused");
  assert.match(refused?.flaws[0]?.said ?? "", /right "Edit policies"/);
  Object.assign(membership, { group: "project administrators" });
  await sync();
  assert.deepEqual(await gateLines(), ["main effective: ", "release/* effective: "]);
});

test("what is there twice is made one again, and what people changed is put right when they ask", async () => {
  const [policy] = policies();
  assert(policy);
  house.organization.policies.push({ ...policy, id: 900, settings: structuredClone(policy.settings) });
  delete policy.settings.authorId;
  policy.settings.filenamePatterns = ["/src/*"];
  await sync();
  assert.deepEqual(await gateLines(), ["main effective: ", "release/* effective: "], "the second one holds");
  await install();
  assert.deepEqual(
    policies().map(({ settings: { authorId, filenamePatterns } }) => [authorId, filenamePatterns]),
    [
      [house.owner.id, []],
      [house.owner.id, []],
    ],
  );
});

test("when another account takes over, gates wait for its statuses and pull requests get them", async () => {
  await clone.git("checkout", "--quiet", "-b", "takeover", "origin/main");
  await clone.commit("harmless", { "other.yaml": "one\n" });
  await clone.git("push", "--quiet", "origin", "HEAD");
  const pullRequest = await openPullRequest(house, repository, "takeover");
  await house.quiet();
  const second = addUser(house.emulator.world, "Sam Second", {
    organization: house.organization,
    group: "project administrators",
  });
  const token = addToken(house.emulator.world, second, { organization: house.organization });
  await editInstance(house.app, instance, { draft: await draftOf(house, token.value), by: "anna" });
  await house.quiet();
  house.ownerToken.revoked = true;
  await sync();
  assert.deepEqual(
    policies().map(({ settings }) => settings.authorId),
    [second.id, second.id],
  );
  assert.deepEqual(await gateLines(), ["main effective: ", "release/* effective: "]);
  assert.deepEqual(await complete(pullRequest), ["completed", "succeeded"]);
});

test("no gate is left on what is not scanned any more", async () => {
  await editInstance(house.app, instance, { takes: { is: "list", repositories: [] }, by: "anna" });
  await house.quiet();
  assert.deepEqual(policies(), []);
  assert.match((await gateLines()).join(), /^main ineffective: not-scanned/);
  await editInstance(house.app, instance, { takes: { is: "existing-and-future" }, by: "anna" });
  await house.quiet();
  assert.deepEqual([policies().length, await gateLines()], [2, ["main effective: ", "release/* effective: "]]);
});

test("where statuses are switched off no gate stays behind to wait for them", async () => {
  const others = { ...everyFeature, status: false };
  await editInstance(house.app, instance, { features: others, by: "anna" });
  await house.quiet();
  assert.deepEqual(policies(), []);
  assert.match((await gateLines()).join(), /^main ineffective: status-off,.*release\/\* ineffective: status-off/);
  await editInstance(house.app, instance, { features: everyFeature, by: "anna" });
  await house.quiet();
  assert.deepEqual([policies().length, await gateLines()], [2, ["main effective: ", "release/* effective: "]]);
});

test("removing the instance removes its gates, and no policy of others", async () => {
  const [one] = policies();
  assert(one);
  const foreign: PolicyState = { ...one, id: 1000, settings: { ...one.settings, statusName: "theirs" } };
  house.organization.policies.push(foreign);
  await requestForgetting(house.app, instance, "anna");
  await house.quiet();
  assert.deepEqual(policies(), [foreign]);
  const receipt = await readReceipt(house.app, instance);
  assert.deepEqual([receipt?.gatesRemoved, receipt?.gatesLeft], [2, []]);
});

test("gates that may not be removed are named for the person, and the data goes all the same", async () => {
  house.ownerToken.revoked = false;
  instance = await connect(house);
  await house.quiet();
  await install();
  const membership = house.organization.memberships.find(({ userId }) => userId === house.owner.id);
  Object.assign(membership ?? {}, { group: "contributors" });
  await requestForgetting(house.app, instance, "anna");
  await house.quiet();
  const receipt = await readReceipt(house.app, instance);
  assert.equal(receipt?.gatesRemoved, 0);
  assert.match(receipt?.gatesLeft?.join() ?? "", /^fabrikam: branch policy \d+ of main in Payments\/service$/);
  assert.deepEqual(await gates(), []);
});
