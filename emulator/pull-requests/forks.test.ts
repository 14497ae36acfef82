import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { addCommit } from "../build-world.ts";
import { readRefs } from "../git/repository-store.ts";
import type { RepositoryState } from "../world.ts";
import { openTryPullRequest, type TryPullRequest } from "./try-pull-request.ts";

describe("pull requests from a fork", () => {
  let one: TryPullRequest;
  let fork: RepositoryState;
  beforeEach(async () => {
    one = await openTryPullRequest();
    const body = { name: "app.fork", project: { id: one.project.id }, parentRepository: { id: one.repository.id } };
    const made = await one.ask("POST", "/fabrikam/_apis/git/repositories", { body });
    assert.equal(made.json.isFork, true);
    fork = one.organization.repositories.get(made.json.id) as RepositoryState;
  });
  afterEach(() => one.close());

  const commit = (branch: string, files: Record<string, string>) =>
    addCommit(one.emulator.world, one.organization, fork, one.people.contributor, {
      branch,
      from: "main",
      message: "In the fork",
      files,
    });
  const openFork = () => one.open("feature", { forkSource: { repository: { id: fork.id } } });

  it("say where they come from, follow the fork, merge, and delete the branch there", async () => {
    const first = await commit("feature", { "forked.js": "1\n" });
    const made = await openFork();
    assert.equal(made.status, 201, made.text);
    assert.equal(made.json.forkSource.repository.id, fork.id);
    assert.equal(made.json.forkSource.name, "refs/heads/feature");
    assert.equal(made.json.lastMergeSourceCommit.commitId, first);
    await one.settle();
    assert.equal((await one.pr(1, "GET")).json.mergeStatus, "succeeded");
    const second = await commit("feature", { "forked.js": "2\n" });
    const { value } = (await one.pr(1, "GET", "/iterations")).json;
    assert.deepEqual(
      value.map((iteration: { sourceRefCommit: { commitId: string } }) => iteration.sourceRefCommit.commitId),
      [first, second],
    );
    const changes = (await one.pr(1, "GET", "/iterations/2/changes")).json.changeEntries;
    assert.equal(changes[0].item.path, "/forked.js");
    await one.settle();
    const { lastMergeSourceCommit } = (await one.pr(1, "GET")).json;
    const completionOptions = { deleteSourceBranch: true };
    await one.pr(1, "PATCH", "", { status: "completed", lastMergeSourceCommit, completionOptions });
    await one.settle();
    assert.equal((await one.pr(1, "GET")).json.status, "completed");
    assert.equal((await readRefs(one.emulator.world, fork.id)).has("refs/heads/feature"), false);
    const item = await one.ask("GET", `${one.at}/items?path=/forked.js&includeContent=true`);
    assert.equal(item.json.content, "2\n");
  });

  it("are told apart from those of the repository's own branch, and taken from forks only", async () => {
    await commit("feature", { "forked.js": "1\n" });
    await one.commit("feature", { "own.js": "1\n" });
    assert.equal((await openFork()).status, 201);
    assert.equal((await one.open("feature")).status, 201);
    assert.equal((await openFork()).status, 409);
    const listed = await one.ask("GET", `${one.at}/pullRequests?searchCriteria.sourceRepositoryId=${fork.id}`);
    assert.equal(listed.json.count, 1);
    const other = await one.ask("POST", `/fabrikam/${one.project.id}/_apis/git/repositories`, { body: { name: "x" } });
    const forkSource = { repository: { id: other.json.id } };
    assert.equal((await one.open("topic", { forkSource })).status, 400);
  });

  it("end in failure once the fork is gone", async () => {
    await commit("feature", { "forked.js": "1\n" });
    await openFork();
    await one.settle();
    await one.ask("DELETE", `/fabrikam/_apis/git/repositories/${fork.id}`);
    await one.commit("main", { "later.js": "1\n" });
    await one.settle();
    assert.equal((await one.pr(1, "GET")).json.mergeStatus, "failure");
  });
});

describe("calls at the same moment", () => {
  it("make one pull request of its kind, and complete it once", async () => {
    const one = await openTryPullRequest();
    const made = await Promise.all([1, 2, 3, 4, 5].map(() => one.open()));
    assert.deepEqual(
      made.map((reply) => reply.status).sort((a, b) => a - b),
      [201, 409, 409, 409, 409],
    );
    assert.equal((await one.open("main")).status, 400);
    await one.settle();
    const { lastMergeSourceCommit } = (await one.pr(1, "GET")).json;
    const body = { status: "completed", lastMergeSourceCommit };
    const before = one.repository.pushes.length;
    const edits = [1, 2, 3].map((number) => one.pr(1, "PATCH", "", { title: `Title ${number}` }));
    await Promise.all([...edits, one.pr(1, "PATCH", "", body), one.pr(1, "PATCH", "", body)]);
    await one.settle();
    assert.equal((await one.pr(1, "GET")).json.status, "completed");
    assert.equal(one.repository.pushes.length, before + 1);
    await one.close();
  });
});
