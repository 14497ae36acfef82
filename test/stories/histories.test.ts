/** A secret that was pushed once is known to whoever fetched then: it stays an issue until somebody has revoked it. */
import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { askForHistoryScan } from "#flows/jobs/ask.ts";
import { askForHistories } from "#flows/secrets/ask-for-histories.ts";
import { dismissIssue } from "#store/exceptions/dismiss-issue.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { getIssue } from "#store/issues/issues.ts";
import { setHistoryVersion } from "#store/scans/read-histories.ts";
import { addRepository } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { everything, historyLines, idOf, issueLines, issuesOf, scansOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { loseObject } from "./lose-object.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let repository: RepositoryState;
let clone: WorkingCopy;
const leak = (name: string) => `deploy:\n  token: ${plantedSecrets(name).githubToken}\n`;

before(async () => {
  house = await openHouse();
  const { world } = house.emulator;
  const files = { "a.txt": "one\n", "old.yaml": leak("old") };
  repository = await addRepository(world, house.organization, house.project, "service", { files });
  await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/service`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
});

async function push(ref = "HEAD"): Promise<void> {
  await clone.git("push", "--quiet", "origin", ref);
  await house.quiet();
}

async function issueAt(path: string) {
  const row = (await issuesOf(house, repository)).find((issue) => issue.path === path);
  const issue = row && (await getIssue(house.app.db, everything, row.id));
  assert(issue, `an issue in ${path}`);
  return issue;
}

/** What the last read of the history had to look at. */
function lastRead(): { readonly objects: number; readonly known: number } {
  const line = house.logged.findLast((one) => one.includes('"history read"'));
  return JSON.parse(line ?? "{}") as { readonly objects: number; readonly known: number };
}

test("removed from the branch it stays open, with the commit and the person that brought it", async () => {
  const commit = await clone.commit("leak", { "app.yaml": leak("app") });
  await push();
  assert.deepEqual(await issueLines(house, repository), ["open app.yaml", "open old.yaml"]);
  const { id } = await issueAt("app.yaml");
  await clone.commit("oops", { "app.yaml": "deploy: {}\n" });
  await push();
  assert.deepEqual(await historyLines(house, repository), ["open app.yaml"]);
  const issue = await issueAt("app.yaml");
  assert.equal(issue.id, id);
  assert.deepEqual(
    [issue.origin?.commit, issue.origin?.author, issue.origin?.inHead],
    [commit, "Dana Developer", false],
  );
  assert.deepEqual(
    issue.events.map(({ kind }) => kind),
    ["opened", "left-head"],
  );
});

test("what came and went between two pushes, or is on another branch, is an issue as well", async () => {
  await clone.commit("in", { "between.yaml": leak("between") });
  await clone.commit("out", { "between.yaml": null });
  await clone.git("checkout", "--quiet", "-b", "topic");
  await clone.commit("topic", { "topic.yaml": leak("topic") });
  await push("topic");
  assert.deepEqual(await historyLines(house, repository), ["open app.yaml", "open between.yaml", "open topic.yaml"]);
  assert.deepEqual((await issueAt("topic.yaml")).origin?.branches, ["topic"]);
  await clone.git("checkout", "--quiet", "main");
  await push("main");
  assert.deepEqual(await historyLines(house, repository), ["open app.yaml", "open between.yaml", "open topic.yaml"]);
  assert.deepEqual((await issueAt("topic.yaml")).origin?.branches, ["topic"]);
});

test("merging it squashed, moving and renaming make no new issue; it is in the branch again", async () => {
  const before = await issuesOf(house, repository);
  const { id } = await issueAt("topic.yaml");
  await clone.git("merge", "--quiet", "--squash", "topic");
  await clone.commit("squashed", {});
  await clone.git("mv", "topic.yaml", "deploy.yaml");
  await clone.commit("renamed", { "deploy.yaml": `# first\n${leak("topic")}` });
  await push();
  assert.equal((await issuesOf(house, repository)).length, before.length);
  const issue = await issueAt("deploy.yaml");
  assert.deepEqual([issue.id, issue.onlyInHistory, issue.events.at(-1)?.kind], [id, false, "back-in-head"]);
});

test("a second read looks at new objects only", async () => {
  const before = lastRead();
  await clone.commit("more", { "more.txt": "two\n", "deploy.yaml": `# again\n${leak("topic")}` });
  await push();
  const after = lastRead();
  assert.deepEqual([after.objects, after.known], [2, before.known + before.objects]);
});

test("rotated it is closed, and no scan opens it again", async () => {
  const { id } = await issueAt("app.yaml");
  await dismissIssue(house.app.db, id, { by: "ada", at: house.app.now(), reason: "rotated" });
  await clone.commit("more", { "more.txt": "three\n" });
  await push();
  assert.deepEqual(await historyLines(house, repository), ["dismissed app.yaml", "open between.yaml"]);
});

test("what could not be read of it stands among the scans, until a mirror made anew lacks nothing", async () => {
  const { db, jobs } = house.app;
  const { id, instanceId } = (await getRepository(db, idOf(repository)))!;
  const told = async () =>
    (await scansOf(house, repository)).flatMap(({ target, outcome, problems }) =>
      target.is === "history" ? [outcome, ...problems.map(({ code }) => code)] : [],
    );
  const lost = await clone.commit("lost", { "lost.txt": "four\n" });
  await push();
  assert.deepEqual(await told(), []);
  // The mirror forgets a file, and what it knew of the history.
  const mirror = house.app.mirrors.existing(id)!;
  const { objectId } = (await mirror.listTree(lost)).find(({ path }) => path === "lost.txt")!;
  await loseObject(mirror.gitDir, objectId);
  await rm(join(mirror.gitDir, "sallyport-history"), { force: true });
  mirror.release();
  await setHistoryVersion(db, id, "");
  await askForHistoryScan({ jobs }, db, { id, instanceId });
  await house.quiet();
  assert.deepEqual(await told(), ["partial", "missing"]);
  const read = (await scansOf(house, repository)).find(({ target }) => target.is === "history");
  assert.deepEqual(read?.stats?.notScanned, { binary: 0, tooLarge: 0 });
  const before = await historyLines(house, repository);
  await askForHistories(house.app);
  await house.quiet();
  assert.deepEqual(await told(), []);
  assert.deepEqual(await historyLines(house, repository), before);
});
