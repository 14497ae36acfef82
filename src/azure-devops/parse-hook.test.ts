import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHook } from "./parse-hook.ts";

const receivedAt = new Date("2026-03-01T12:00:00Z");
const repositoryId = "d5bb1147-bd9f-4ae1-8554-aec3d164f94c";
const projectId = "cea8cb01-dd13-4588-b27a-55fa170e4e94";
const organizationId = "3fba1bb9-6e8c-4087-b435-29157f94e9a1";
const zeros = "0".repeat(40);

function delivery(eventType: string, resource: unknown, more: Record<string, unknown> = {}) {
  return {
    subscriptionId: "435e539d-3ce2-4283-8da9-8f3c0fe2e45e",
    notificationId: 3,
    id: "56E81D32-b0e8-44e2-a92a-55eb7b6ccdce",
    eventType,
    publisherId: "tfs",
    message: null,
    resource,
    resourceVersion: "1.0",
    resourceContainers: {
      collection: { id: organizationId, baseUrl: "https://dev.azure.com/contoso/" },
      project: { id: projectId },
    },
    createdDate: "2020-12-23T05:47:19.8108134Z",
    ...more,
  };
}

function eventOf(body: unknown) {
  const parsed = parseHook(body, receivedAt);
  assert.ok("event" in parsed, JSON.stringify(parsed));
  return parsed.event;
}

test("a push: who sent it, when, and what moved", () => {
  const refUpdates = [
    { name: "refs/heads/main", oldObjectId: "A".repeat(40), newObjectId: "b".repeat(40) },
    { name: "refs/tags/v1", oldObjectId: zeros, newObjectId: "c".repeat(40) },
    { name: "refs/heads/old", oldObjectId: "d".repeat(40) },
    { oldObjectId: zeros },
    null,
  ];
  const parsed = parseHook(
    delivery("git.push", { refUpdates, commits: null, repository: { id: repositoryId } }),
    receivedAt,
  );
  assert.deepEqual(parsed, {
    eventType: "git.push",
    subscriptionId: "435e539d-3ce2-4283-8da9-8f3c0fe2e45e",
    notificationId: 3,
    event: {
      id: "56e81d32-b0e8-44e2-a92a-55eb7b6ccdce",
      at: new Date("2020-12-23T05:47:19.810Z"),
      organizationId,
      projectId,
      is: "push",
      repositoryId,
      refUpdates: [
        { ref: "refs/heads/main", oldObjectId: "a".repeat(40), newObjectId: "b".repeat(40) },
        { ref: "refs/tags/v1", oldObjectId: zeros, newObjectId: "c".repeat(40) },
        { ref: "refs/heads/old", oldObjectId: "d".repeat(40), newObjectId: zeros },
      ],
    },
  });
});

test("pull requests: full, minimal, and of another status", () => {
  const full = { repository: { id: repositoryId, project: { id: projectId } }, pullRequestId: 7, status: "completed" };
  const url = `https://dev.azure.com/contoso/${projectId}/_apis/git/repositories/${repositoryId}/pullRequests/7`;
  const cases: readonly (readonly [string, unknown, string, string])[] = [
    ["git.pullrequest.created", { ...full, status: "active" }, "pull-request-created", "active"],
    ["git.pullrequest.updated", { pullRequestId: 7, url }, "pull-request-updated", "unknown"],
    ["git.pullrequest.updated", { url }, "pull-request-updated", "unknown"],
    ["git.pullrequest.merged", full, "pull-request-merged", "completed"],
  ];
  for (const [type, resource, is, status] of cases) {
    const event = eventOf(delivery(type, resource));
    assert.ok("status" in event);
    assert.deepEqual([event.is, event.repositoryId, event.pullRequest, event.status], [is, repositoryId, 7, status]);
  }
});

test("comments: with their text, and with little more than an address", () => {
  const type = "ms.vss-code.git-pullrequest-comment-event";
  const pullRequest = { repository: { id: repositoryId, project: { id: projectId } }, pullRequestId: 7 };
  const full = eventOf(delivery(type, { comment: { id: 2, content: "/sallyport rescan" }, pullRequest }));
  assert.ok(full.is === "pull-request-comment");
  assert.deepEqual([full.repositoryId, full.pullRequest, full.content], [repositoryId, 7, "/sallyport rescan"]);
  const bare = eventOf(delivery(type, { comment: { id: 2 }, pullRequest }));
  assert.ok(bare.is === "pull-request-comment" && bare.content === undefined);
});

test("builds: version 2.0, XAML, and sources that are elsewhere", () => {
  const build = {
    id: 12,
    buildNumber: "20260301.1",
    result: "partiallySucceeded",
    status: "completed",
    finishTime: "2026-03-01T10:00:00.1234567Z",
    definition: { name: "ci" },
    sourceBranch: "refs/heads/main",
    sourceVersion: "e".repeat(40),
    repository: { id: repositoryId, type: "TfsGit" },
    _links: { web: { href: "https://dev.azure.com/contoso/p/_build/results?buildId=12" } },
  };
  const event = eventOf(delivery("build.complete", build, { resourceVersion: "2.0" }));
  assert.ok(event.is === "build-completed");
  assert.deepEqual(
    [event.buildId, event.definition, event.result, event.branch, event.commit, event.repositoryId],
    [12, "ci", "partiallySucceeded", "refs/heads/main", "e".repeat(40), repositoryId],
  );
  assert.equal(event.finishedAt?.toISOString(), "2026-03-01T10:00:00.123Z");
  const elsewhere = eventOf(delivery("build.complete", { ...build, repository: { id: "a/b", type: "GitHub" } }));
  assert.ok(elsewhere.is === "build-completed" && elsewhere.repositoryId === undefined);
  const script = eventOf(delivery("build.complete", { ...build, _links: { web: { href: "javascript:alert(1)" } } }));
  assert.ok(script.is === "build-completed" && script.webUrl === undefined);
  const xaml = { id: 2, status: "failed", sourceGetVersion: `LG:refs/heads/main:${"f".repeat(40)}`, definition: null };
  const old = eventOf(delivery("build.complete", xaml));
  assert.ok(old.is === "build-completed");
  assert.deepEqual([old.result, old.commit, old.buildNumber, old.definition], ["failed", "f".repeat(40), "2", ""]);
});

test("new repositories, and events that are none of ours", () => {
  const created = eventOf(delivery("git.repo.created", { repository: { id: repositoryId } }));
  assert.ok(created.is === "repository-created" && created.repositoryId === repositoryId);
  const other = eventOf(delivery("git.repo.renamed", { repository: { id: repositoryId } }));
  assert.ok(other.is === "other" && other.eventType === "git.repo.renamed");
});

test("absent containers, times and counters", () => {
  const resource = { repository: { id: repositoryId, project: { id: projectId } }, refUpdates: [] };
  const { subscriptionId: _s, notificationId: _n, ...rest } = delivery("git.push", resource);
  const parsed = parseHook({ ...rest, resourceContainers: null, createdDate: "0001-01-01T00:00:00" }, receivedAt);
  assert.ok("event" in parsed);
  assert.deepEqual(
    [
      parsed.event.at,
      parsed.event.organizationId,
      parsed.event.projectId,
      parsed.subscriptionId,
      parsed.notificationId,
    ],
    [receivedAt, undefined, projectId, undefined, undefined],
  );
});

test("what cannot be used is a problem in words, never an exception", () => {
  const hostile = JSON.parse('{"__proto__": {"eventType": "git.push"}, "constructor": 1}');
  const bodies: readonly unknown[] = [
    undefined,
    null,
    42,
    "git.push",
    [],
    {},
    hostile,
    { eventType: "git.push" },
    { eventType: 7, id: "x" },
    delivery("git.push", null),
    delivery("git.push", []),
    delivery("git.push", { repository: { id: "../../etc" } }),
    delivery("git.pullrequest.created", { repository: { id: repositoryId } }),
    delivery("git.pullrequest.created", { pullRequestId: 1 }),
    delivery("build.complete", { id: "twelve" }),
    delivery("git.repo.created", "x"),
  ];
  for (const body of bodies) {
    const parsed = parseHook(body, receivedAt);
    assert.ok("problem" in parsed && parsed.problem.length > 10, JSON.stringify(body));
  }
});
