import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { updateRefs } from "../git/repository-store.ts";
import { openTryPullRequest, type TryPullRequest } from "./try-pull-request.ts";

describe("iterations", () => {
  let one: TryPullRequest;
  beforeEach(async () => {
    one = await openTryPullRequest();
    await one.open();
  });
  afterEach(() => one.close());

  interface Entry {
    readonly changeTrackingId: number;
    readonly changeType: string;
    readonly item: { readonly path: string; readonly objectId?: string; readonly originalObjectId?: string };
  }
  const changes = async (iteration: number, query = "") => {
    const reply = await one.pr(1, "GET", `/iterations/${iteration}/changes${query}`);
    return reply.json as { changeEntries: Entry[]; nextSkip: number; nextTop: number };
  };
  const reasons = async () =>
    (await one.pr(1, "GET", "/iterations")).json.value.map((iteration: { reason: string }) => iteration.reason);

  it("count from 1, one for each push; a moved target makes none", async () => {
    await one.commit("topic", { "new.js": "A\nb\nc\n" });
    await one.commit("main", { "README.md": "# moved\n" });
    assert.deepEqual(await reasons(), ["create", "push"]);
    const first = one.state(1).iterations[0]?.sourceCommit ?? "";
    const newObjectId = await one.commit("elsewhere", { "x.js": "x\n" });
    const oldObjectId = one.state(1).iterations[1]?.sourceCommit ?? "";
    const { world } = one.emulator;
    await updateRefs(world, one.organization, one.repository, one.people.contributor, [
      { name: "refs/heads/topic", oldObjectId, newObjectId },
    ]);
    assert.deepEqual(await reasons(), ["create", "push", "forcePush"]);
    await one.commit("release", { "r.js": "r\n" });
    await one.pr(1, "PATCH", "", { targetRefName: "refs/heads/release" });
    assert.deepEqual(await reasons(), ["create", "push", "forcePush", "retarget"]);
    assert.equal((await one.pr(1, "GET", "/iterations/1")).json.sourceRefCommit.commitId, first);
    assert.equal((await one.pr(1, "GET", "/iterations/9")).status, 404);
  });

  it("list what changed against the common commit or another iteration, with lasting tracking numbers", async () => {
    await one.commit("topic", { "new.js": "a\nB\nc\n", "app.js": "ONE\ntwo\nthree\nfour\n" });
    const all = await changes(2);
    const byPath = new Map(all.changeEntries.map((entry) => [entry.item.path, entry]));
    assert.deepEqual([...byPath.keys()], ["/app.js", "/new.js"]);
    assert.equal(byPath.get("/new.js")?.changeTrackingId, 1);
    assert.equal(byPath.get("/app.js")?.changeType, "edit");
    const since = await changes(2, "?$compareTo=1");
    assert.deepEqual(
      since.changeEntries.map((entry) => [entry.item.path, entry.changeType]),
      [
        ["/app.js", "edit"],
        ["/new.js", "edit"],
      ],
    );
    assert.ok(since.changeEntries[1]?.item.originalObjectId);
    await one.commit("topic", { "new.js": null, "renamed.js": "a\nB\nc\n" });
    const renamed = (await changes(3)).changeEntries.find((entry) => entry.item.path === "/renamed.js");
    assert.ok(renamed);
  });

  it("page their changes and end with zeros", async () => {
    await one.commit(
      "topic",
      Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`f${index}.js`, `${index}\n`])),
    );
    const first = await changes(2, "?$top=4");
    assert.equal(first.changeEntries.length, 4);
    assert.deepEqual([first.nextSkip, first.nextTop], [4, 2]);
    const rest = await changes(2, "?$top=4&$skip=4");
    assert.equal(rest.changeEntries.length, 2);
    assert.deepEqual([rest.nextSkip, rest.nextTop], [0, 0]);
  });

  it("page the commits of the pull request by header", async () => {
    await one.commit("topic", { "second.js": "2\n" }, "Second");
    const first = await one.pr(1, "GET", "/commits?$top=1");
    assert.equal(first.json.value[0].comment, "Second");
    const token = first.headers.get("x-ms-continuationtoken");
    assert.ok(token);
    const second = await one.pr(1, "GET", `/commits?$top=1&continuationToken=${token}`);
    assert.equal(second.json.value[0].comment, "Change");
    assert.equal(second.headers.get("x-ms-continuationtoken"), null);
  });

  it("carry the places of threads along when an iteration is named", async () => {
    const at = { line: 2, offset: 1 };
    await one.pr(1, "POST", "/threads", {
      comments: [{ content: "here" }],
      threadContext: { filePath: "/new.js", rightFileStart: at, rightFileEnd: { line: 2, offset: 2 } },
      pullRequestThreadContext: { iterationContext: { firstComparingIteration: 1, secondComparingIteration: 1 } },
    });
    await one.commit("topic", { "new.js": "zero\nzero\na\nb\nc\n" });
    const thread = (await one.pr(1, "GET", "/threads?$iteration=2&$baseIteration=1")).json.value[0];
    assert.equal(thread.threadContext.rightFileStart.line, 4);
    assert.equal(thread.pullRequestThreadContext.trackingCriteria.origRightFileStart.line, 2);
    const plain = (await one.pr(1, "GET", "/threads")).json.value[0];
    assert.equal(plain.threadContext.rightFileStart.line, 2);
  });
});
