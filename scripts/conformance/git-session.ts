/** The part of the session that pushes, opens a pull request and fills it with threads, votes and statuses. */
import type { DemoSeed } from "../../emulator/seeds/seed-demo.ts";
import type { Emulator } from "../../emulator/start-emulator.ts";
import type { Conversation } from "./conversation.ts";
import { field, pullRequests, repositories, repository, zeroId } from "./session-words.ts";

export async function makeGitData(talk: Conversation, emulator: Emulator, seed: DemoSeed): Promise<void> {
  const refs = await talk.call(`GET ${repository}/refs`, { query: { filter: "heads/main" } });
  const main = field(refs, "value", 0, "objectId");
  talk.known.commitId = main;
  const change = (path: string, content: string) => ({
    changeType: "add",
    item: { path },
    newContent: { content, contentType: "rawtext" },
  });
  const push = await talk.call(`POST ${repository}/pushes`, {
    body: {
      refUpdates: [{ name: "refs/heads/conformance", oldObjectId: main }],
      commits: [{ comment: "Add a file", changes: [change("/docs/conformance.md", "one\ntwo\nthree\n")] }],
    },
  });
  talk.known.pushId = field(push, "pushId");
  await talk.call(`POST ${repository}/refs`, {
    body: [
      { name: "refs/heads/conformance-copy", oldObjectId: zeroId, newObjectId: main },
      { name: "refs/heads/main", oldObjectId: zeroId, newObjectId: main },
    ],
  });
  await talk.call(`PATCH ${repository}/refs`, {
    query: { filter: "heads/conformance-copy" },
    body: { isLocked: true },
  });
  const made = await talk.call(`POST ${repositories}`, {
    body: { name: "made", project: { id: talk.known.projectId } },
  });
  await talk.call(`PATCH ${repository}`, { values: { repositoryId: field(made, "id") }, body: { name: "made-new" } });
  await askForItems(talk, emulator, seed);
}

async function askForItems(talk: Conversation, emulator: Emulator, seed: DemoSeed): Promise<void> {
  await talk.call(`POST ${repository}/commits/{commitId}/statuses`, {
    body: {
      state: "succeeded",
      description: "fine",
      context: { genre: "judge", name: "scan" },
      targetUrl: emulator.url,
    },
  });
  const query = { itemVersion: { version: "main", versionType: "branch" }, $top: 5 };
  await talk.call(`POST ${repository}/commitsbatch`, { body: query });
  const item = { path: "/", version: "main", versionType: "branch", recursionLevel: "full" };
  await talk.call(`POST ${repository}/itemsbatch`, { body: { itemDescriptors: [item] } });
  const tree = await talk.call(`GET ${repository}/items`, {
    query: { path: "/package.json", "versionDescriptor.version": "main", $format: "json" },
  });
  talk.known.sha1 = field(tree, "objectId");
  await talk.call(`GET ${repository}/items`, { query: { scopePath: "/", recursionLevel: "Full" } });
  await talk.call(`GET ${repository}/stats/branches`, { query: { name: "main" } });
  await talk.call(`GET ${repository}/stats/branches`);
  const tagged = { repositoryId: seed.repositories["orders-api"]?.id ?? "" };
  const tags = await talk.call(`GET ${repository}/refs`, { values: tagged, query: { filter: "tags/" } });
  const objectId = field(tags, "value", 0, "objectId");
  await talk.call(`GET ${repository}/annotatedtags/{objectId}`, { values: { ...tagged, objectId } });
}

export async function makePullRequestData(talk: Conversation, emulator: Emulator, seed: DemoSeed): Promise<void> {
  const created = await talk.call(`POST ${repository}/pullrequests`, {
    body: {
      sourceRefName: "refs/heads/conformance",
      targetRefName: "refs/heads/main",
      title: "Conformance",
      description: "Made to be checked.",
      reviewers: [{ id: seed.people.tomas?.id }],
      labels: [{ name: "judged" }],
    },
  });
  talk.known.pullRequestId = field(created, "pullRequestId");
  await emulator.clock.advance(1000);
  await talk.call(`PATCH ${repository}/pullrequests/{pullRequestId}`, { body: { description: "Changed." } });
  const thread = await talk.call(`POST ${pullRequests}/threads`, {
    body: {
      comments: [{ parentCommentId: 0, content: "Why?", commentType: 1 }],
      status: 1,
      threadContext: {
        filePath: "/docs/conformance.md",
        rightFileStart: { line: 2, offset: 1 },
        rightFileEnd: { line: 2, offset: 4 },
      },
      pullRequestThreadContext: {
        changeTrackingId: 1,
        iterationContext: { firstComparingIteration: 1, secondComparingIteration: 1 },
      },
      properties: { "judge.key": { $type: "System.String", $value: "one" } },
    },
  });
  talk.known.threadId = field(thread, "id");
  await talk.call(`POST ${pullRequests}/threads/{threadId}/comments`, {
    body: { content: "Because.", parentCommentId: 1 },
  });
  await talk.call(`POST ${pullRequests}/threads/{threadId}/comments/{commentId}/likes`);
  await talk.call(`POST ${pullRequests}/reviewers`, { body: [{ id: seed.people.ines?.id }] });
  const mine = { reviewerId: seed.administrator.id };
  await talk.call(`PUT ${pullRequests}/reviewers/{reviewerId}`, {
    values: mine,
    body: { id: seed.administrator.id, vote: 10 },
  });
  await makeStatuses(talk, field(created, "lastMergeSourceCommit", "commitId"));
}

async function makeStatuses(talk: Conversation, sourceCommit: string): Promise<void> {
  const status = { state: "pending", description: "scanning", context: { genre: "judge", name: "scan" } };
  const posted = await talk.call(`POST ${pullRequests}/statuses`, { body: status });
  talk.known.statusId = field(posted, "id");
  const bound = await talk.call(`POST ${pullRequests}/iterations/{iterationId}/statuses`, { body: status });
  await talk.call(`GET ${pullRequests}/iterations/{iterationId}/statuses/{statusId}`, {
    values: { statusId: field(bound, "id") },
  });
  await talk.call(`POST ${pullRequests}/labels`, { body: { name: "second" } });
  await talk.call(`PATCH ${pullRequests}/properties`, {
    contentType: "application/json-patch+json",
    body: [{ op: "add", path: "/judge", value: "1" }],
  });
  await talk.call(`POST ${repository}/pullrequestquery`, {
    body: { queries: [{ type: "commit", items: [sourceCommit] }] },
  });
}
