/** Policies decide what blocks: changed ones judge open pull requests again without a scan, and each verdict can be reached again. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { askForPullRequestScan } from "#flows/jobs/ask.ts";
import { switchPolicy } from "#flows/policies/change-policies.ts";
import { askAboutUnfinished } from "#flows/policies/judge-unfinished.ts";
import { policiesInForce } from "#flows/policies/policies-in-force.ts";
import { choosePolicySource, readPolicySource } from "#flows/policies/read-policy-source.ts";
import { replayVerdict } from "#flows/policies/replay-verdict.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Policy } from "#model/policy.ts";
import { builtInPolicies } from "#scan/policies/built-in-policies.ts";
import { writePolicy } from "#scan/policies/write-policy.ts";
import { listVerdicts } from "#store/policies/verdicts.ts";
import { addRepository } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { PullRequestState, RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { everything, idOf, rollUpOf, scansOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { openPullRequest } from "./pull-request-calls.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let instance: InstanceId;
let service: RepositoryState;
let rules: RepositoryState;
let clone: WorkingCopy;
let ruleClone: WorkingCopy;
let pullRequest: PullRequestState;
const minute = 60_000;

const builtIn = builtInPolicies.find(({ id }) => id === "new-secrets")!;
const own: Policy = { ...builtIn, id: "our-secrets", name: "Our secrets" };
const open: Policy = { ...own, unfinished: { fails: "open", afterMinutes: 5 } };

before(async () => {
  house = await openHouse();
  const { world } = house.emulator;
  service = await addRepository(world, house.organization, house.project, "service", { files: { "a.txt": "one\n" } });
  rules = await addRepository(world, house.organization, house.project, "rules", {
    files: { "policies/ours.yml": writePolicy(own) },
  });
  instance = await connect(house);
  await house.quiet();
  const git = `${house.emulator.url}/fabrikam/Payments/_git`;
  clone = await cloneRepository(`${git}/service`, house.developerToken.value);
  ruleClone = await cloneRepository(`${git}/rules`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await ruleClone?.remove();
  await house.close();
});

const change = () => ({ instanceId: instance, instanceName: "Fabrikam", by: "anna" });
const told = (of = pullRequest) => rollUpOf(of).map(({ state }) => state);
const verdictsOf = () =>
  listVerdicts(house.app.db, everything, { repositoryId: idOf(service), number: pullRequest.id });

async function pullRequestWith(
  from: WorkingCopy,
  repository: RepositoryState,
  branch: string,
  files: Record<string, string>,
) {
  await from.git("checkout", "--quiet", "-b", branch, "origin/main");
  await from.commit(branch, files);
  await from.git("push", "--quiet", "origin", "HEAD");
  const made = await openPullRequest(house, repository, branch);
  await house.quiet();
  return made;
}

test("a policy decides the statuses, one for each kind of scan and one for all, and says that it did", async () => {
  const leak = `TOKEN=${plantedSecrets("policies").githubToken}\n`;
  pullRequest = await pullRequestWith(clone, service, "feature", { "leak.env": leak });
  assert.deepEqual(told(), ["pending", "failed"]);
  const kinds = pullRequest.statuses.map(({ context, state }) => [(context as { name: string }).name, state]);
  assert.deepEqual(
    kinds.filter(([name]) => ["secrets", "iac", "vulnerabilities"].includes(String(name))),
    [
      ["secrets", "failed"],
      ["iac", "succeeded"],
      ["vulnerabilities", "succeeded"],
    ],
  );
  const rollUp = String(rollUpOf(pullRequest).at(-1)?.description);
  assert.match(rollUp, /^1 new security problem; blocked by the policies "New .*" and "New [^"]*"$/);
  const ofSecrets = pullRequest.statuses.find(({ context }) => (context as { name: string }).name === "secrets");
  assert.equal(ofSecrets?.description, rollUp, "both policies block the secret");
});

test("a changed policy frees it without a scan; both verdicts can be reached again", async () => {
  const scans = (await scansOf(house, service)).length;
  for (const id of ["new-secrets", "new-problems"]) {
    await switchPolicy(house.app, change(), { id, enabled: false });
    await house.quiet();
  }
  // The second one is blocked by one policy less.
  assert.deepEqual(told(), ["pending", "failed", "failed", "succeeded"]);
  assert.match(String(rollUpOf(pullRequest)[2]?.description), /blocked by the policy "New [^"]*"$/);
  assert.equal((await scansOf(house, service)).length, scans);
  const verdicts = await verdictsOf();
  assert.deepEqual([verdicts[0]?.outcome, verdicts.at(-1)?.outcome], ["passed", "blocked"]);
  for (const { id } of verdicts) {
    const replayed = await replayVerdict(house.app, id, new AbortController().signal);
    assert(replayed.is === "replayed");
    const { differences, scan, unread } = replayed;
    assert.deepEqual(
      [differences, scan, unread],
      [[], { is: "scanned", found: 1, missing: [], unread: [] }, undefined],
    );
  }
});

test("policies as code take over; mistakes are shown, and those of before stay in force", async () => {
  await choosePolicySource(house.app, change(), {
    repositoryId: idOf(rules),
    ref: "refs/heads/main",
    folder: "policies",
  });
  await house.quiet();
  assert.deepEqual(told().slice(4), ["failed"]);
  assert.deepEqual((await verdictsOf())[0]?.decidedBy, ["our-secrets"]);
  await ruleClone.commit("mistake", { "policies/ours.yml": "policies:\n  - nmae: x\n" });
  await ruleClone.git("push", "--quiet", "origin", "HEAD");
  await house.quiet();
  const { source, policies } = await policiesInForce(house.app.db, instance);
  assert(source.is === "repository");
  assert.equal(source.at.problems[0]?.path, "policies/ours.yml");
  assert.deepEqual(policies, [own]);
  assert.deepEqual(told().slice(4), ["failed"], "nothing new is said");
});

test("another place that is chosen while the former one is read is read itself", async () => {
  const { app } = house;
  const place = { repositoryId: idOf(rules), ref: "refs/heads/main" };
  // Its own job does not come before the one that is slow.
  const silent = { ...app, jobs: { ...app.jobs, enqueue: async () => {} } } as typeof app;
  await choosePolicySource(silent, change(), { ...place, folder: "policies" });
  const fetch: typeof app.mirrors.fetch = async (wanted) => {
    const mirror = await app.mirrors.fetch(wanted);
    await choosePolicySource(app, change(), { ...place, folder: "others" });
    return mirror;
  };
  const job = { instance, repository: place.repositoryId };
  const slow = { ...app, mirrors: { ...app.mirrors, fetch } };
  await readPolicySource(slow, job, new AbortController().signal);
  await house.quiet();
  const { source } = await policiesInForce(app.db, instance);
  assert(source.is === "repository");
  assert.match(source.at.problems.map(({ message }) => message).join(), /no file of policies/);
  await choosePolicySource(app, change(), { ...place, folder: "policies" });
  await house.quiet();
});

test("a pull request that changes policies says what they would have done", async () => {
  const off = writePolicy({ ...open, when: [{ path: ["docs/**"] }] });
  const preview = await pullRequestWith(ruleClone, rules, "milder", { "policies/ours.yml": off });
  const { description, state } =
    preview.statuses.find(({ context }) => (context as { name: string }).name === "policies") ?? {};
  assert.equal(state, "succeeded");
  assert.match(String(description), /of 2 pull requests .* 0 more would have been blocked, and 1 fewer/);
});

test("what cannot be scanned is blocked by a policy that fails closed, and freed by one that fails open", async () => {
  const { faults } = house.emulator.world;
  await clone.git("checkout", "--quiet", "-b", "stuck", "origin/main");
  await clone.commit("stuck", { "b.txt": "b\n" });
  await clone.git("push", "--quiet", "origin", "HEAD");
  faults.push({ id: "1", is: "status", status: 404, matches: "/_git/service" });
  const stuck = await openPullRequest(house, service, "stuck");
  await house.quiet();
  const later = async (minutes: number) => {
    await house.emulator.clock.advance(minutes * minute);
    await askAboutUnfinished(house.app);
    await house.quiet();
  };
  await later(61);
  assert.deepEqual(told(stuck), ["pending", "error"]);
  await ruleClone.git("checkout", "--quiet", "-B", "main", "origin/main");
  await ruleClone.commit("milder", { "policies/ours.yml": writePolicy(open) });
  await ruleClone.git("push", "--quiet", "origin", "HEAD");
  await house.quiet();
  await later(2);
  assert.deepEqual(told(stuck), ["pending", "error", "succeeded"]);
  assert.match(String(rollUpOf(stuck).at(-1)?.description), /let pass what they could not see/);
  // Another try that fails takes nothing back; the scan, once it is done, has the last word.
  await askForPullRequestScan(house.app, house.app.db, scanOf(stuck), { is: "schedule" });
  await house.quiet();
  assert.deepEqual(told(stuck), ["pending", "error", "succeeded"]);
  faults.length = 0;
  await askForPullRequestScan(house.app, house.app.db, scanOf(stuck), { is: "schedule" });
  await house.quiet();
  assert.equal(rollUpOf(stuck).at(-1)?.description, "No new security problems");
});

function scanOf({ id: number }: PullRequestState) {
  return { repositoryId: idOf(service), instanceId: instance, number };
}
