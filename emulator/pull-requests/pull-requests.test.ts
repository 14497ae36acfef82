import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { readCommits } from "../git/read-commits.ts";
import { readRefs } from "../git/repository-store.ts";
import { openTryPullRequest, type TryPullRequest } from "./try-pull-request.ts";

describe("pull requests", () => {
  let one: TryPullRequest;
  beforeEach(async () => {
    one = await openTryPullRequest();
  });
  afterEach(() => one.close());

  const complete = async (id: number, completionOptions?: Record<string, unknown>) => {
    const { lastMergeSourceCommit } = (await one.pr(id, "GET")).json;
    return one.pr(id, "PATCH", "", {
      status: "completed",
      lastMergeSourceCommit,
      ...(completionOptions ? { completionOptions } : {}),
    });
  };

  it("are created with 201, queued and without a merge commit, and succeed by themselves", async () => {
    const created = await one.open();
    assert.equal(created.status, 201);
    assert.equal(created.json.status, "active");
    assert.equal(created.json.mergeStatus, "queued");
    assert.equal(created.json.lastMergeCommit, undefined);
    assert.match(created.json.artifactId, /^vstfs:\/\/\/Git\/PullRequestId\/[0-9a-f-]+%2f[0-9a-f-]+%2f1$/);
    await one.settle();
    const merged = (await one.pr(1, "GET")).json;
    assert.equal(merged.mergeStatus, "succeeded");
    assert.equal(merged.lastMergeCommit.comment, "Merge pull request 1 from topic into main");
    const refs = await readRefs(one.emulator.world, one.repository.id, "refs/pull/");
    assert.equal(refs.get("refs/pull/1/merge"), merged.lastMergeCommit.commitId);
    const [merge] = await readCommits(one.emulator.world, one.repository.id, ["-1", "refs/pull/1/merge"]);
    assert.deepEqual(merge?.parents, [merged.lastMergeTargetCommit.commitId, merged.lastMergeSourceCommit.commitId]);
  });

  it("find conflicts", async () => {
    await one.commit("clash", { "app.js": "ONE\ntwo\n" });
    await one.commit("main", { "app.js": "uno\ntwo\n" });
    await one.open("clash");
    await one.settle();
    const found = (await one.pr(1, "GET")).json;
    assert.equal(found.mergeStatus, "conflicts");
    assert.equal(found.lastMergeCommit, undefined);
  });

  it("refuse twins, missing branches and texts that are too long", async () => {
    await one.open();
    const twin = await one.open();
    assert.equal(twin.status, 409);
    assert.equal(twin.json.typeKey, "GitPullRequestExistsException");
    assert.match(twin.json.message, /^TF401179/);
    assert.match((await one.open("nowhere")).json.message, /^TF401398/);
    await one.commit("other", { "o.js": "o\n" });
    const long = await one.open("other", { description: "x".repeat(4001) });
    assert.equal(long.status, 400);
    assert.equal(long.json.typeKey, "InvalidArgumentValueException");
    assert.match(long.json.message, /4000 characters/);
    assert.equal((await one.open("other", { description: "x".repeat(4000) })).status, 201);
    const reader = await one.ask("POST", `${one.at}/pullRequests`, { token: one.tokens.reader, body: {} });
    assert.equal(reader.status, 403);
  });

  it("are listed with stubs and short descriptions, active ones unless asked otherwise", async () => {
    await one.open("topic", { description: "d".repeat(900) });
    await one.commit("second", { "s.js": "s\n" });
    await one.open("second");
    await one.pr(2, "PATCH", "", { status: "abandoned" });
    const listed = (await one.ask("GET", `${one.at}/pullRequests`)).json;
    assert.equal(listed.count, 1);
    assert.equal(listed.value[0].description.length, 400);
    assert.equal(listed.value[0].repository.project.visibility, "unchanged");
    assert.equal(listed.value[0].repository.project.lastUpdateTime, "0001-01-01T00:00:00");
    assert.equal((await one.pr(1, "GET")).json.description.length, 900);
    const all = (await one.ask("GET", `${one.at}/pullRequests?searchCriteria.status=all&$top=1&$skip=1`)).json;
    assert.deepEqual(
      all.value.map((item: { pullRequestId: number }) => item.pullRequestId),
      [1],
    );
    const anywhere = (await one.ask("GET", "/fabrikam/_apis/git/pullRequests/2")).json;
    assert.equal(anywhere.status, "abandoned");
    assert.equal(anywhere._links, undefined);
    assert.equal((await one.ask("GET", `${one.at}/pullRequests/99`)).status, 404);
  });

  it("drop their merge when abandoned and queue it again when reactivated", async () => {
    const { mergeId } = (await one.open()).json;
    await one.settle();
    const abandoned = (await one.pr(1, "PATCH", "", { status: "abandoned" })).json;
    assert.equal(abandoned.mergeStatus, undefined);
    assert.equal(abandoned.lastMergeCommit, undefined);
    assert.ok(abandoned.closedDate);
    const active = (await one.pr(1, "PATCH", "", { status: "active" })).json;
    assert.equal(active.mergeStatus, "queued");
    assert.equal(active.closedDate, undefined);
    assert.equal(active.mergeId, mergeId);
  });

  it("answer completion as still active, then are completed", async () => {
    await one.open();
    await one.settle();
    const asked = (await complete(1, { deleteSourceBranch: true })).json;
    assert.equal(asked.status, "active");
    assert.equal(asked.mergeStatus, "queued");
    assert.ok(asked.completionQueueTime);
    assert.equal(asked.closedBy.id, one.people.contributor.id);
    await one.settle();
    assert.equal((await one.pr(1, "GET")).json.status, "completed");
    const refs = await readRefs(one.emulator.world, one.repository.id, "refs/heads/");
    assert.equal(refs.has("refs/heads/topic"), false);
    assert.equal(refs.get("refs/heads/main"), one.state(1).lastMergeCommit);
    assert.equal(one.repository.pushes.length, 4);
  });

  for (const [mergeStrategy, parents, commits] of [
    ["noFastForward", 2, 4],
    ["squash", 1, 2],
    ["rebase", 1, 3],
    ["rebaseMerge", 2, 4],
  ] as const)
    it(`complete by ${mergeStrategy}`, async () => {
      await one.commit("topic", { "new.js": "a\nB\nc\n" }, "Second");
      await one.commit("main", { "README.md": "# the app\n" }, "Moved on");
      await one.open();
      await one.settle();
      await complete(1, { mergeStrategy });
      await one.settle();
      const { world } = one.emulator;
      const [tip] = await readCommits(world, one.repository.id, ["-1", "main"]);
      assert.equal(tip?.parents.length, parents);
      const all = await readCommits(world, one.repository.id, [
        "main",
        "--not",
        one.repository.pushes[0]?.refUpdates[0]?.newObjectId ?? "",
      ]);
      assert.equal(all.length, commits);
    });

  it("complete by themselves once auto-complete may", async () => {
    await one.open("topic", { isDraft: true });
    await one.settle();
    await one.pr(1, "PATCH", "", {
      autoCompleteSetBy: { id: one.people.contributor.id },
      completionOptions: { mergeStrategy: "squash" },
    });
    await one.settle();
    assert.equal(one.state(1).status, "active");
    await one.pr(1, "PATCH", "", { isDraft: false });
    await one.settle();
    assert.equal(one.state(1).status, "completed");
    assert.equal(one.state(1).completionOptions?.triggeredByAutoComplete, true);
  });

  it("refuse completion with an old source commit and changes of fields that stay", async () => {
    await one.open();
    const stale = await one.pr(1, "PATCH", "", {
      status: "completed",
      lastMergeSourceCommit: { commitId: "0".repeat(40) },
    });
    assert.equal(stale.status, 409);
    assert.equal((await one.pr(1, "PATCH", "", { sourceRefName: "refs/heads/main" })).status, 400);
    assert.equal((await one.pr(1, "PATCH", "", { status: "sideways" })).status, 400);
  });
});
