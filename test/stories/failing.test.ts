import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { askForSync } from "#flows/jobs/ask.ts";
import type { InstanceId, OrganizationId } from "#model/ids.ts";
import { hookHealth, listHookEvents } from "#store/hooks/hook-events.ts";
import { useUpRetriesNow } from "#store/testing/use-up-retries-now.ts";
import { addCommit, addRepository } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { everything, issueLines, rollUpOf, scannedCommit, scansOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { openPullRequest } from "./pull-request-calls.ts";
import { until } from "./until.ts";

let house: House;
let instance: InstanceId;
let service: RepositoryState;

before(async () => {
  house = await openHouse();
  service = await addRepository(house.emulator.world, house.organization, house.project, "service", {
    files: { "a.txt": "a\n" },
  });
  instance = await connect(house);
  await house.quiet();
});

after(() => house.close());

async function commit(branch: string, files: Readonly<Record<string, string>>): Promise<string> {
  const change = { branch, message: branch, files, ...(branch === "main" ? {} : { from: "main" }) };
  return addCommit(house.emulator.world, house.organization, service, house.developer, change);
}

async function sync(): Promise<void> {
  await askForSync(house.app, house.app.db, { id: house.organization.id as OrganizationId, instanceId: instance });
  await house.quiet();
}

async function useUpRetries(jobs: number): Promise<void> {
  const delayed = async () => (await house.app.jobs.pending()).reduce((sum, queue) => sum + queue.delayed, 0) === jobs;
  await until(`${jobs} jobs wait for a retry`, delayed);
  await useUpRetriesNow(house.app.db);
  await house.quiet();
}

async function lastScan(): Promise<readonly unknown[]> {
  const [scan] = await scansOf(house, service);
  return [scan?.target.is, scan?.outcome, scan?.error];
}

test("an event whose handling fails for good says so, and is counted", async () => {
  const [hook] = house.organization.subscriptions.filter(({ eventType }) => eventType === "build.complete");
  assert(hook);
  const { basicAuthUsername, basicAuthPassword, url } = hook.consumerInputs;
  const authorization = `Basic ${Buffer.from(`${basicAuthUsername}:${basicAuthPassword}`).toString("base64")}`;
  // No database has such a number.
  const resource = { id: 1e30, result: "failed", definition: { name: "CI" } };
  const body = JSON.stringify({ id: "11111111-2222-4333-8444-000000000001", eventType: "build.complete", resource });
  assert.equal((await fetch(url ?? "", { method: "POST", headers: { authorization }, body })).status, 200);
  await useUpRetries(1);
  const { rows } = await listHookEvents(house.app.db, everything, { offset: 0, limit: 10, state: "failed" });
  assert.deepEqual(
    rows.map(({ eventType }) => eventType),
    ["build.complete"],
  );
  assert.match(rows[0]?.note ?? "", /bigint/);
  assert.equal((await hookHealth(house.app.db, everything)).failedEvents, 1);
});

test("a pull request whose scan is refused shows an error until it can be scanned", async () => {
  const { faults } = house.emulator.world;
  await commit("feature", { "leak.env": `TOKEN=${plantedSecrets("failing").githubToken}\n` });
  await house.quiet();
  faults.push({ id: "1", is: "status", status: 404, matches: "/_git/" });
  const pullRequest = await openPullRequest(house, service, "feature");
  await house.quiet();
  const states = () => rollUpOf(pullRequest).map(({ state }) => state);
  assert.deepEqual(states(), ["pending", "error"]);
  assert.match(String(pullRequest.statuses.at(-1)?.description), /^Not scanned: No such repository/);
  assert.deepEqual(await lastScan(), ["pull-request", "failed", "No such repository."]);
  const scans = (await scansOf(house, service)).length;
  await sync();
  assert.deepEqual(states(), ["pending", "error"], "another try that fails says nothing new");
  assert.equal((await scansOf(house, service)).length, scans);
  faults.length = 0;
  await sync();
  assert.deepEqual(states(), ["pending", "error", "failed"]);
  assert.deepEqual(await lastScan(), ["pull-request", "complete", undefined]);
});

test("a scan that cannot be done for too long is a failed scan with its reason, and the next sync tries again", async () => {
  const { faults } = house.emulator.world;
  faults.push({ id: "2", is: "status", status: 503, matches: "/_git/" });
  const head = await commit("main", { "b.txt": "b\n" });
  await commit("topic", { "c.txt": "c\n" });
  const pullRequest = await openPullRequest(house, service, "topic");
  await useUpRetries(3);
  const scans = (await scansOf(house, service)).slice(0, 3);
  assert.deepEqual(scans.map(({ target, outcome, error }) => `${target.is} ${outcome}: ${error}`).toSorted(), [
    "branch failed: The remote has a problem of its own.",
    "history failed: The remote has a problem of its own.",
    "pull-request failed: The remote has a problem of its own.",
  ]);
  assert.equal(pullRequest.statuses.at(-1)?.state, "error");
  faults.length = 0;
  await sync();
  assert.equal(await scannedCommit(house, service), head);
  assert.equal(pullRequest.statuses.at(-1)?.state, "succeeded");
});

test("paths that no key of the database has room for keep nothing from being scanned", async () => {
  const folder = Array.from({ length: 15 }, () => randomBytes(100).toString("hex")).join("/");
  const lock = { lockfileVersion: 3, packages: { "node_modules/lodash": { version: "4.17.20" } } };
  const leak = (name: string) => `deploy:\n  token: ${plantedSecrets(name).githubToken}\n`;
  await commit("main", {
    "near.yaml": leak("near"),
    [`${folder}/far.yaml`]: leak("far"),
    [`${folder}/package-lock.json`]: JSON.stringify(lock),
  });
  await sync();
  const lines = await issueLines(house, service);
  assert.ok(lines.includes("open near.yaml"), lines.join("\n"));
  assert.ok(
    lines.some((line) => line.endsWith("/far.yaml")),
    lines.join("\n"),
  );
});
