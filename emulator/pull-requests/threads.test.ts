import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { openTryPullRequest, type TryPullRequest } from "./try-pull-request.ts";

describe("threads, reviewers and statuses", () => {
  let one: TryPullRequest;
  beforeEach(async () => {
    one = await openTryPullRequest();
    await one.open();
  });
  afterEach(() => one.close());

  const thread = (more: Record<string, unknown> = {}) =>
    one.pr(1, "POST", "/threads", { comments: [{ content: "Look", commentType: 1 }], ...more });

  it("take enums as numbers, give them as text, and keep properties as typed bags", async () => {
    const made = await thread({
      status: 1,
      properties: { "our.key": "v", count: 3, typed: { $type: "System.String", $value: "t" } },
    });
    assert.equal(made.status, 200);
    assert.equal(made.json.status, "active");
    assert.equal(made.json.comments[0].commentType, "text");
    assert.deepEqual(made.json.properties["our.key"], { $type: "System.String", $value: "v" });
    assert.deepEqual(made.json.properties.count, { $type: "System.Int32", $value: 3 });
    const fixed = (
      await one.pr(1, "PATCH", `/threads/${made.json.id}`, { status: "fixed", properties: { count: null } })
    ).json;
    assert.equal(fixed.status, "fixed");
    assert.equal(fixed.properties.count, undefined);
    assert.equal((await thread()).json.status, "unknown");
    assert.equal((await thread({ status: "sideways" })).status, 400);
  });

  it("check lines, content and length", async () => {
    const at = (line: number, offset: number) => ({ line, offset });
    const place = (start: unknown, end: unknown) => ({
      threadContext: { filePath: "/new.js", rightFileStart: start, rightFileEnd: end },
    });
    assert.equal((await thread(place(at(1, 1), at(1, 2)))).status, 200);
    assert.equal((await thread(place(at(0, 1), at(1, 2)))).status, 400);
    assert.equal((await thread(place(at(2, 1), at(1, 2)))).status, 400);
    assert.equal((await thread(place(at(1, 1), null))).status, 400);
    assert.equal((await thread({ comments: [] })).status, 400);
    const long = await thread({ comments: [{ content: "x".repeat(150_001) }] });
    assert.equal(long.status, 400);
    assert.match(long.json.message, /150000/);
  });

  it("number comments from 1 in each thread and delete them softly", async () => {
    const { id } = (await thread()).json;
    const reply = (await one.pr(1, "POST", `/threads/${id}/comments`, { content: "Seen", parentCommentId: 1 })).json;
    assert.deepEqual([reply.id, reply.parentCommentId], [2, 1]);
    const edited = (await one.pr(1, "PATCH", `/threads/${id}/comments/2`, { content: "Seen it" })).json;
    assert.equal(edited.content, "Seen it");
    const foreign = await one.pr(
      1,
      "PATCH",
      `/threads/${id}/comments/2`,
      { content: "no" },
      { token: one.tokens.admin },
    );
    assert.equal(foreign.status, 403);
    assert.equal((await one.pr(1, "DELETE", `/threads/${id}/comments/2`)).status, 200);
    const [, gone] = (await one.pr(1, "GET", `/threads/${id}/comments`)).json.value;
    assert.equal(gone.isDeleted, true);
    assert.equal("content" in gone, false);
    assert.equal((await one.pr(1, "GET", `/threads/${id}`)).json.isDeleted, false);
  });

  it("write system threads without a status", async () => {
    await one.commit("topic", { "more.js": "m\n" });
    const [system] = (await one.pr(1, "GET", "/threads")).json.value;
    assert.equal("status" in system, false);
    assert.equal(system.comments[0].commentType, "system");
    assert.equal(system.properties.CodeReviewThreadType.$value, "RefUpdate");
  });

  it("let reviewers vote for themselves only", async () => {
    const { reader, admin } = one.people;
    await one.pr(1, "POST", "/reviewers", [{ id: reader.id, isRequired: true }]);
    assert.equal((await one.pr(1, "PUT", `/reviewers/${reader.id}`, { vote: 10 })).status, 403);
    assert.equal(
      (await one.pr(1, "PUT", `/reviewers/${admin.id}`, { vote: 7 }, { token: one.tokens.admin })).status,
      400,
    );
    const voted = await one.pr(1, "PUT", `/reviewers/${admin.id}`, { vote: 10 }, { token: one.tokens.admin });
    assert.equal(voted.json.vote, 10);
    assert.equal((await one.pr(1, "GET", "/reviewers")).json.count, 2);
    const removed = await one.pr(1, "DELETE", `/reviewers/${reader.id}`);
    assert.deepEqual([removed.status, removed.text], [200, ""]);
  });

  it("append statuses, bind them to iterations and refuse them on closed pull requests", async () => {
    const status = {
      state: "pending",
      description: "scanning",
      context: { name: "scan", genre: "ours" },
      iterationId: 1,
    };
    const first = await one.pr(1, "POST", "/statuses", status);
    assert.deepEqual([first.status, first.json.id, first.json.iterationId], [200, 1, 1]);
    const second = await one.pr(1, "POST", "/iterations/1/statuses", { ...status, state: 3 });
    assert.deepEqual([second.json.id, second.json.state], [2, "failed"]);
    assert.equal((await one.pr(1, "GET", "/statuses")).json.count, 2);
    assert.equal((await one.pr(1, "POST", "/statuses", { state: "pending", context: {} })).status, 400);
    assert.equal((await one.pr(1, "POST", "/statuses", { ...status, iterationId: 5 })).status, 404);
    const headers = { "Content-Type": "application/json-patch+json" };
    const patched = await one.pr(1, "PATCH", "/statuses", [{ op: "remove", path: "/1" }], { headers });
    assert.equal(patched.status, 204);
    assert.equal((await one.pr(1, "DELETE", "/statuses/2")).status, 204);
    assert.equal((await one.pr(1, "GET", "/statuses")).json.count, 0);
    await one.pr(1, "PATCH", "", { status: "abandoned" });
    const closed = await one.pr(1, "POST", "/statuses", status);
    assert.deepEqual([closed.status, closed.json.typeKey], [403, "GitPullRequestStatusNotEditableException"]);
  });

  it("keep statuses of commits", async () => {
    const commit = one.state(1).iterations[0]?.sourceCommit;
    const at = `${one.at}/commits/${commit}/statuses`;
    const status = { state: "succeeded", context: { name: "scan", genre: "ours" } };
    assert.equal((await one.ask("POST", at, { body: { ...status, state: "failed" } })).status, 201);
    await one.ask("POST", at, { body: status });
    assert.equal((await one.ask("GET", at)).json.count, 2);
    const latest = (await one.ask("GET", `${at}?latestOnly=true`)).json;
    assert.deepEqual(
      latest.value.map((item: { state: string }) => item.state),
      ["succeeded"],
    );
  });
});
