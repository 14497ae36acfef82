import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { getPullRequest } from "#store/pull-requests/pull-requests.ts";
import { addRepository } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { PullRequestState, RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { idOf, rollUpOf, scansOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { openPullRequest, patchPullRequest } from "./pull-request-calls.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let repository: RepositoryState;
let clone: WorkingCopy;
let pullRequest: PullRequestState;
const secrets = plantedSecrets("pull requests");
const known = `token: ${plantedSecrets("known").githubToken}\n`;
const leak = `one\ntwo\ntoken: ${secrets.githubToken}\n`;

before(async () => {
  house = await openHouse();
  const { world } = house.emulator;
  repository = await addRepository(world, house.organization, house.project, "service", {
    files: { "known.yaml": known, "app.yaml": "one\ntwo\n" },
  });
  await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/service`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
});

function statusesOf(pullRequest: PullRequestState): readonly string[] {
  return rollUpOf(pullRequest).map(({ state, iterationId }) => `${String(iterationId)} ${String(state)}`);
}

function threadsOf({ threads }: PullRequestState) {
  return threads.filter((thread) => Object.keys(thread.properties).includes("sallyport.fingerprint"));
}

async function push(message: string, files: Readonly<Record<string, string | null>>): Promise<void> {
  await clone.commit(message, files);
  await clone.git("push", "--quiet", "--force", "origin", "HEAD");
  await house.quiet();
}

test("a pull request that brings in a secret gets pending, one thread on its line, and failed", async () => {
  await clone.git("checkout", "--quiet", "-b", "feature");
  await push("feature", { "app.yaml": leak, "known.yaml": `# moved\n${known}`, "copy.yaml": known });
  pullRequest = await openPullRequest(house, repository, "feature");
  await house.quiet();
  assert.deepEqual(statusesOf(pullRequest), ["1 pending", "1 failed"]);
  const threads = threadsOf(pullRequest);
  assert.equal(threads.length, 1);
  const [thread] = threads;
  assert.equal(thread?.status, "active");
  const context = thread?.threadContext as { filePath: string; rightFileStart: { line: number } };
  assert.deepEqual([context.filePath, context.rightFileStart.line], ["/app.yaml", 3]);
  const text = thread?.comments[0]?.content ?? "";
  assert(!text.includes(secrets.githubToken), "the secret is not repeated");
  assert.match(text, /What to do/);
  assert.match(text, new RegExp(`/pull-requests/${repository.id}/${pullRequest.id}`));
});

test("the pull request and its scan are on record", async () => {
  const row = await getPullRequest(house.app.db, idOf(repository), pullRequest.id);
  assert.deepEqual(
    [row?.state, row?.scannedIteration, row?.postedState, row?.scanOutcome],
    ["active", 1, "failed", "complete"],
  );
  const scans = await scansOf(house, repository);
  assert.deepEqual(scans.filter(({ target }) => target.is === "pull-request").length, 1);
});

test("an update without new commits scans and posts nothing", async () => {
  const scans = (await scansOf(house, repository)).length;
  await patchPullRequest(house, repository, pullRequest.id, { title: "Another title" });
  await house.quiet();
  assert.equal((await scansOf(house, repository)).length, scans);
  assert.deepEqual(statusesOf(pullRequest), ["1 pending", "1 failed"]);
});

test("a file that moves keeps its thread", async () => {
  await clone.git("mv", "app.yaml", "moved.yaml");
  await push("move", { "moved.yaml": `zero\n${leak}` });
  assert.equal(threadsOf(pullRequest).length, 1);
  assert.equal(threadsOf(pullRequest)[0]?.status, "active");
  assert.deepEqual(statusesOf(pullRequest).slice(2), ["2 pending", "2 failed"]);
});

test("the fix resolves the thread and turns the status green", async () => {
  await push("fix", { "moved.yaml": "one\ntwo\n" });
  assert.equal(threadsOf(pullRequest)[0]?.status, "fixed");
  assert.deepEqual(statusesOf(pullRequest).slice(4), ["3 pending", "3 succeeded"]);
});

test("when it returns, the same thread is opened again", async () => {
  await push("return", { "moved.yaml": leak });
  const threads = threadsOf(pullRequest);
  assert.deepEqual([threads.length, threads[0]?.status], [1, "active"]);
  assert.deepEqual(statusesOf(pullRequest).slice(6), ["4 pending", "4 failed"]);
});

test("what a person decided in a thread stays", async () => {
  const [thread] = threadsOf(pullRequest);
  assert(thread);
  thread.status = "wontFix";
  await push("fix", { "moved.yaml": "one\n" });
  assert.equal(thread.status, "wontFix");
  await push("return", { "moved.yaml": leak });
  assert.equal(thread.status, "wontFix");
  assert.equal(threadsOf(pullRequest).length, 1);
  thread.status = "active";
});

test("of two quick pushes the last one wins", async () => {
  await clone.commit("still bad", { "moved.yaml": `${leak}more\n` });
  await clone.git("push", "--quiet", "origin", "HEAD");
  await clone.commit("good", { "moved.yaml": "good\n" });
  await clone.git("push", "--quiet", "origin", "HEAD");
  await house.quiet();
  const last = pullRequest.iterations.at(-1)?.id;
  assert.equal(statusesOf(pullRequest).at(-1), `${last} succeeded`);
  assert.equal(threadsOf(pullRequest)[0]?.status, "fixed");
  assert.equal(threadsOf(pullRequest).length, 1);
});

test("a force push makes a new iteration, and is looked at like any other", async () => {
  await clone.git("reset", "--quiet", "--hard", "HEAD~1");
  await push("bad again", { "other.yaml": `token: ${plantedSecrets("other").githubToken}\n` });
  const last = pullRequest.iterations.at(-1)?.id;
  assert.equal(statusesOf(pullRequest).at(-1), `${last} failed`);
});

test("a draft is scanned too", async () => {
  await clone.git("checkout", "--quiet", "-b", "draft", "origin/main");
  await push("draft", { "draft.yaml": `token: ${plantedSecrets("draft").githubToken}\n` });
  const draft = await openPullRequest(house, repository, "draft", { isDraft: true });
  await house.quiet();
  assert.deepEqual(statusesOf(draft), ["1 pending", "1 failed"]);
  assert.equal(threadsOf(draft).length, 1);
});

test("abandoned, it is closed; reactivated, it is looked at again", async () => {
  await patchPullRequest(house, repository, pullRequest.id, { status: "abandoned" });
  await house.quiet();
  assert.equal((await getPullRequest(house.app.db, idOf(repository), pullRequest.id))?.state, "abandoned");
  await patchPullRequest(house, repository, pullRequest.id, { status: "active" });
  await house.quiet();
  assert.equal((await getPullRequest(house.app.db, idOf(repository), pullRequest.id))?.state, "active");
});

test("completed, its record is closed and the default branch is scanned by its own push", async () => {
  const commit = pullRequest.lastMergeSourceCommit;
  await patchPullRequest(house, repository, pullRequest.id, {
    status: "completed",
    lastMergeSourceCommit: { commitId: commit },
  });
  await house.emulator.clock.advance(60_000);
  await house.quiet();
  assert.equal(pullRequest.status, "completed");
  assert.equal((await getPullRequest(house.app.db, idOf(repository), pullRequest.id))?.state, "completed");
  const [latest] = (await scansOf(house, repository)).filter(({ target }) => target.is === "branch");
  assert.equal(latest?.because.is, "hook");
});
