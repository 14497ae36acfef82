import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Schedule, startSchedule } from "#flows/jobs/schedule.ts";
import type { InstanceId } from "#model/ids.ts";
import { listBuilds } from "#store/hooks/builds.ts";
import { getInstance, getInstanceOverview } from "#store/instances/instances.ts";
import { addCommit, addRepository } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { everything, issueLines, rollUpOf, scannedCommit } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { addPullRequestComment, openPullRequest, patchPullRequest } from "./pull-request-calls.ts";
import { runBuild } from "./run-build.ts";

let house: House;
let service: RepositoryState;
let instance: InstanceId;
let schedule: Schedule;

before(async () => {
  house = await openHouse({ delivery: { is: "polling", because: "SALLYPORT_HOOKS is off." } });
  const { world } = house.emulator;
  service = await addRepository(world, house.organization, house.project, "service", { files: { "a.txt": "a\n" } });
  instance = await connect(house);
  await house.quiet();
  schedule = await startSchedule(house.app);
  // What a start asks for is over: from here on it is the daily round.
  await pass(5);
});

after(async () => {
  schedule?.stop();
  await house.close();
});

/** So many minutes, with the two turns of each that the timer would give. */
async function pass(minutes: number): Promise<void> {
  for (let turn = 0; turn < minutes * 2; turn += 1) {
    await house.emulator.clock.advance(30_000);
    await schedule.tick();
    await house.quiet();
  }
}

function commit(branch: string, files: Readonly<Record<string, string>>): Promise<string> {
  const change = { branch, message: branch, files, ...(branch === "main" ? {} : { from: "main" }) };
  return addCommit(house.emulator.world, house.organization, service, house.developer, change);
}

test("nothing is ordered from Azure DevOps, and it is said what that means", async () => {
  assert.deepEqual(house.organization.subscriptions, []);
  const row = await getInstance(house.app.db, instance);
  assert.equal(row?.state, "connected");
  assert.deepEqual(
    row.reasons.map(({ code, level }) => [code, level]),
    [["polling", "notice"]],
  );
  assert.match(row.reasons[0]?.cause ?? "", /SALLYPORT_HOOKS is off/);
  assert.match(row.reasons[0]?.affects ?? "", /within about a minute; builds within about ten minutes/);
});

test("a push and a pull request are found within a minute, and what people did with it a minute later", async () => {
  const head = await commit("main", { "push.env": `TOKEN=${plantedSecrets("push").githubToken}\n` });
  await commit("topic", { "leak.env": `TOKEN=${plantedSecrets("leak").githubToken}\n` });
  const pullRequest = await openPullRequest(house, service, "topic");
  await pass(1);
  assert.equal(await scannedCommit(house, service), head);
  assert.deepEqual(await issueLines(house, service), ["open push.env"]);
  assert.deepEqual(
    rollUpOf(pullRequest).map(({ state }) => state),
    ["pending", "failed"],
  );
  const overview = await getInstanceOverview(house.app.db, everything, instance);
  assert.deepEqual([overview?.heads.unscanned, overview?.heads.unchecked], [0, 0]);

  const thread = pullRequest.threads.find(({ properties }) => "sallyport.fingerprint" in properties);
  const place = { number: pullRequest.id, threadId: thread?.id ?? 0 };
  const command = await addPullRequestComment(house, service, place, "/sallyport explain");
  await pass(1);
  assert.equal(thread?.comments.filter(({ parentCommentId }) => parentCommentId === command).length, 1);

  await addCommit(house.emulator.world, house.organization, service, house.developer, {
    branch: "topic",
    message: "better",
    files: { "leak.env": "TOKEN=\n" },
  });
  await pass(1);
  assert.equal(pullRequest.statuses.at(-1)?.state, "succeeded");
  assert.equal(pullRequest.threads[0]?.status, "fixed");

  const lastMergeSourceCommit = { commitId: pullRequest.iterations.at(-1)?.sourceCommit };
  await patchPullRequest(house, service, pullRequest.id, { status: "completed", lastMergeSourceCommit });
  await pass(1);
  assert.equal(await scannedCommit(house, service), await headOf());
});

async function headOf(): Promise<string> {
  const address = `${house.emulator.url}/fabrikam/_apis/git/repositories/${service.id}/refs?filter=heads/main&api-version=7.1`;
  const authorization = `Basic ${Buffer.from(`:${house.developerToken.value}`).toString("base64")}`;
  const { value } = (await (await fetch(address, { headers: { authorization } })).json()) as {
    readonly value: readonly { readonly objectId: string }[];
  };
  return value[0]?.objectId ?? "";
}

test("a completed build is on record within about ten minutes, and a new repository is watched by then", async () => {
  const build = await runBuild(house, service, await headOf());
  const fresh = await addRepository(house.emulator.world, house.organization, house.project, "fresh", {
    files: { "fresh.env": `TOKEN=${plantedSecrets("fresh").githubToken}\n` },
  });
  await pass(11);
  const { rows } = await listBuilds(house.app.db, everything, { offset: 0, limit: 10 });
  assert.deepEqual(
    rows.map(({ buildId, result, requestedBy }) => [buildId, result, requestedBy]),
    [[build.id, "succeeded", "Dana Developer"]],
  );
  assert.deepEqual(await issueLines(house, fresh), ["open fresh.env"]);
  assert.deepEqual(house.organization.subscriptions, []);
});
