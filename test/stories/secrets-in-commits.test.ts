/** What a commit of a pull request brings and a later one takes away before anything is pushed. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { replayVerdict } from "#flows/policies/replay-verdict.ts";
import { git } from "#git/testing/write-repository.ts";
import { latestVerdict } from "#store/policies/verdicts.ts";
import { addRepository } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { PullRequestState, RepositoryState } from "../../emulator/world.ts";
import { connect } from "./connect.ts";
import { idOf, rollUpOf, scansOf } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { loseObject } from "./lose-object.ts";
import { openPullRequest } from "./pull-request-calls.ts";
import { cloneRepository, type WorkingCopy } from "./working-copy.ts";

let house: House;
let repository: RepositoryState;
let clone: WorkingCopy;
let pullRequest: PullRequestState;
const old = `token: ${plantedSecrets("old").githubToken}\n`;
const leak = `one\ntoken: ${plantedSecrets("in between").githubToken}\n`;

before(async () => {
  house = await openHouse();
  repository = await addRepository(house.emulator.world, house.organization, house.project, "service", {
    files: { "app.yaml": "one\n", "old.yaml": old },
  });
  await connect(house);
  await house.quiet();
  clone = await cloneRepository(`${house.emulator.url}/fabrikam/Payments/_git/service`, house.developerToken.value);
});

after(async () => {
  await clone?.remove();
  await house.close();
});

async function push(): Promise<void> {
  await clone.git("push", "--quiet", "--force", "origin", "HEAD");
  await house.quiet();
}

function threads() {
  return pullRequest.threads.filter(({ properties }) => Object.keys(properties).includes("sallyport.fingerprint"));
}

function summary(): string {
  const one = pullRequest.threads.find(({ properties }) => Object.keys(properties).includes("sallyport.summary"));
  return one?.comments[0]?.content ?? "";
}

test("it is told about the pull request as a whole, with its commit, and does not block", async () => {
  await clone.git("checkout", "--quiet", "-b", "feature");
  await clone.commit("bring", { "app.yaml": leak, "old.yaml": `# moved\n${old}` });
  const head = await clone.git("rev-parse", "HEAD");
  const commit = head.trim().slice(0, 10);
  await clone.commit("take away", { "app.yaml": "one\ntwo\n", "old.yaml": old });
  await push();
  pullRequest = await openPullRequest(house, repository, "feature");
  await house.quiet();
  const [thread, ...others] = threads();
  assert.deepEqual(others, [], "what the target has is not told");
  assert.equal(thread?.threadContext ?? null, null);
  const text = thread?.comments[0]?.content ?? "";
  assert.match(text, new RegExp(`stands in \`app\\.yaml:2\` in commit \`${commit}\`, and a later commit took it away`));
  assert.match(text, /no policy blocks on this/);
  assert.match(summary(), new RegExp(`\`app\\.yaml:2\` in commit \`${commit}\``));
  assert.equal(rollUpOf(pullRequest).at(-1)?.state, "succeeded");
});

test("in the files it blocks, and taken out again it counts as solved", async () => {
  await clone.commit("again", { "app.yaml": leak });
  await push();
  assert.equal(rollUpOf(pullRequest).at(-1)?.state, "failed");
  const said = () => threads()[0]?.comments[0]?.content ?? "";
  assert.match(said(), /It stands in `app\.yaml:2` now/);
  await clone.commit("out", { "app.yaml": "one\n" });
  await push();
  assert.deepEqual(
    threads().map(({ status }) => status),
    ["fixed"],
  );
  assert.doesNotMatch(said(), /It stands in/);
  assert.equal(rollUpOf(pullRequest).at(-1)?.state, "succeeded");
});

test("with the branch written anew it is solved", async () => {
  await clone.git("checkout", "--quiet", "-b", "other", "origin/main");
  await clone.commit("bring", { "b.yaml": `token: ${plantedSecrets("another").githubToken}\n` });
  await clone.commit("take away", { "b.yaml": "b: 1\n" });
  await push();
  pullRequest = await openPullRequest(house, repository, "other");
  await house.quiet();
  assert.deepEqual(
    threads().map(({ status }) => status),
    ["active"],
  );
  await clone.git("reset", "--quiet", "--soft", "origin/main");
  await clone.commit("in one", {});
  await push();
  assert.deepEqual(
    threads().map(({ status }) => status),
    ["fixed"],
  );
});

test("silenced in the commit that brings it, it is told as silenced", async () => {
  await clone.git("checkout", "--quiet", "-b", "silenced", "origin/main");
  const { githubToken } = plantedSecrets("silenced");
  await clone.commit("bring", {
    "c.yaml": `token: ${githubToken} # sallyport:allow secrets/github-token of a sample\n`,
  });
  await clone.commit("take away", { "c.yaml": "c: 1\n" });
  await push();
  pullRequest = await openPullRequest(house, repository, "silenced");
  await house.quiet();
  assert.deepEqual(threads(), []);
  assert.match(summary(), /Silenced in the code[\s\S]*of a sample/);
});

test("what could not be examined is told once, however many versions of the file there are", async () => {
  await clone.git("checkout", "--quiet", "-b", "crowded", "origin/main");
  const tokens = Array.from({ length: 1001 }, (_, index) => `- ${plantedSecrets(`crowded ${index}`).githubToken}\n`);
  const marked = "d: 1 # sallyport:allow secrets/github-token it was one\n";
  await clone.commit("one", { "d.yaml": marked, "e.yaml": tokens.join("") });
  await clone.commit("two", { "d.yaml": `${marked}d2: 2\n`, "e.yaml": `# more\n${tokens.join("")}` });
  await clone.commit("three", { "f.yaml": tokens.join("") });
  await clone.commit("four", { "f.yaml": `f: 1\n` });
  await push();
  pullRequest = await openPullRequest(house, repository, "crowded");
  await house.quiet();
  const scan = (await scansOf(house, repository)).find(({ target }) => target.is === "pull-request");
  assert.deepEqual(
    scan?.problems.map(({ code, path, message }) => `${code} ${path} ${message.slice(0, 8)}`).toSorted(),
    ["too-many-findings e.yaml The file", "too-many-findings f.yaml In a ver", "unused d.yaml The mark"],
  );
});

test("a version that is too large is told, though a later commit takes it away", async () => {
  await clone.git("checkout", "--quiet", "-b", "large", "origin/main");
  await clone.commit("bring", { "h.yaml": "h: 1\n".repeat(4_000_000) });
  await clone.commit("take away", { "h.yaml": "h: 1\n" });
  await push();
  pullRequest = await openPullRequest(house, repository, "large");
  await house.quiet();
  const scan = (await scansOf(house, repository)).find(({ target }) => target.is === "pull-request");
  assert.deepEqual(
    scan?.problems.map(({ code, path }) => [code, path]),
    [["too-large", "h.yaml"]],
  );
  assert.match(scan?.problems[0]?.message ?? "", /^In a version within the commits: This file has 20000000 bytes/);
  const verdict = await latestVerdict(house.app.db, idOf(repository), pullRequest.id);
  const replayed = await replayVerdict(house.app, verdict!.id, new AbortController().signal);
  assert(replayed.is === "replayed" && replayed.scan.is === "scanned");
  assert.deepEqual([replayed.unread, replayed.scan.unread], [scan?.problems, scan?.problems]);
});

test("what was found stays open while nobody can look, because the file or its version grew too large", async () => {
  await clone.git("checkout", "--quiet", "-b", "grown", "origin/main");
  const within = `token: ${plantedSecrets("within").githubToken}\n`;
  await clone.commit("bring", { "k.yaml": leak, "o.yaml": within });
  await clone.commit("take away", { "o.yaml": "o: 1\n" });
  await push();
  pullRequest = await openPullRequest(house, repository, "grown");
  await house.quiet();
  const states = () => threads().map(({ status }) => status);
  assert.deepEqual(states(), ["active", "active"]);
  const much = "# more\n".repeat(3_000_000);
  await clone.git("reset", "--quiet", "--hard", "origin/main");
  await clone.commit("grow", { "k.yaml": leak + much, "o.yaml": within + much });
  await clone.commit("take away", { "o.yaml": "o: 1\n" });
  await push();
  assert.deepEqual(states(), ["active", "active"]);
  assert.equal(rollUpOf(pullRequest).at(-1)?.state, "failed");
  await clone.git("reset", "--quiet", "--hard", "origin/main");
  await clone.commit("without", { "k.yaml": "k: 1\n" });
  await push();
  assert.deepEqual(states(), ["fixed", "fixed"]);
});

test("versions beyond those that are searched are told in status and summary, though nothing is found", async () => {
  await clone.git("checkout", "--quiet", "-b", "history", "origin/main");
  await clone.commit("small", { "j.yaml": "j: 1\n" });
  const blob = await clone.git("rev-parse", "HEAD:j.yaml");
  const tree = (entry: string, count: number) =>
    git(clone.folder, ["mktree"], Array.from({ length: count }, (_, name) => `${entry}\t${name}\n`).join(""));
  const wide = await tree(`040000 tree ${await tree(`100644 blob ${blob}`, 1000)}`, 201);
  const bringing = await clone.git("commit-tree", wide, "-p", "HEAD", "-m", "bring");
  const parents = ["-p", "HEAD", "-p", bringing];
  const merge = await clone.git("commit-tree", "HEAD^{tree}", ...parents, "-m", "merge nothing of it");
  await clone.git("reset", "--quiet", "--soft", merge);
  await push();
  pullRequest = await openPullRequest(house, repository, "history");
  await house.quiet();
  const commit = bringing.slice(0, 10);
  assert.match(summary(), /^\*\*Sallyport: passed\.\*\* As far as it was examined/);
  assert.match(summary(), new RegExp(`Not fully examined: 1[\\s\\S]*newest 200000, from commit ${commit} on`));
  assert.match(summary(), /, 1001 before them were not.*squash the branch/);
  const status = (name: string) =>
    pullRequest.statuses.findLast(({ context }) => (context as { name: string }).name === name);
  const unsearched = "No new security problems; not all of its commits were searched";
  assert.deepEqual([status("security")?.state, status("security")?.description], ["succeeded", unsearched]);
  assert.equal(status("secrets")?.description, unsearched);
  assert.equal(status("iac")?.description, "No new security problems");
  await clone.git("reset", "--quiet", "--hard", "origin/main");
  await clone.commit("squashed", { "j.yaml": "j: 1\n" });
  await push();
  assert.doesNotMatch(summary(), /xamined/);
  assert.equal(status("security")?.description, "No new security problems");
});

test("a mirror that lacks one of the commits is made anew before anything is said of them", async () => {
  await clone.git("checkout", "--quiet", "-b", "lost", "origin/main");
  await clone.commit("bring", { "g.yaml": `token: ${plantedSecrets("lost").githubToken}\n` });
  const bringing = await clone.git("rev-parse", "HEAD");
  await clone.commit("take away", { "g.yaml": "g: 1\n" });
  await push();
  const mirror = house.app.mirrors.existing(idOf(repository))!;
  await loseObject(mirror.gitDir, bringing.trim());
  mirror.release();
  pullRequest = await openPullRequest(house, repository, "lost");
  await house.quiet();
  assert.deepEqual(
    threads().map(({ status }) => status),
    ["active"],
  );
  const scan = (await scansOf(house, repository)).find(({ target }) => target.is === "pull-request");
  assert.equal(scan?.outcome, "complete");
});
