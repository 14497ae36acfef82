import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { openReceiver, type Receiver } from "../try-world.ts";
import { openTryPullRequest, type TryPullRequest } from "./try-pull-request.ts";

describe("events of pull requests", () => {
  let one: TryPullRequest;
  let receiver: Receiver;
  beforeEach(async () => {
    one = await openTryPullRequest();
    receiver = await openReceiver();
  });
  afterEach(async () => {
    await one.close();
    await receiver.close();
  });

  const subscribe = async (eventType: string, inputs: Record<string, string> = {}, resourceVersion = "1.0") => {
    const reply = await one.ask("POST", "/fabrikam/_apis/hooks/subscriptions", {
      body: {
        publisherId: "tfs",
        eventType,
        resourceVersion,
        consumerId: "webHooks",
        consumerActionId: "httpRequest",
        publisherInputs: { projectId: one.project.id, repository: one.repository.id, ...inputs },
        consumerInputs: { url: receiver.url },
      },
    });
    assert.equal(reply.status, 200, reply.text);
  };
  const heard = () =>
    receiver.received.map(({ body }) => [body.eventType, body.resource.status, body.resource.mergeStatus].join(" "));

  it("tell of creation while the merge is queued, and of each merge attempt", async () => {
    await subscribe("git.pullrequest.created");
    await subscribe("git.pullrequest.merged");
    await one.open();
    await one.settle();
    assert.deepEqual(heard(), ["git.pullrequest.created active queued", "git.pullrequest.merged active succeeded"]);
    const { resource } = receiver.received[0]?.body ?? {};
    assert.deepEqual(Object.keys(resource._links), ["web", "statuses"]);
    assert.match(resource.repository.url, new RegExp(`/fabrikam/${one.project.id}/_apis/git/repositories/`));
    assert.match(resource.repository.remoteUrl, /:\/\/fabrikam@/);
    assert.equal(resource.repository.project.visibility, "private");
    await one.commit("topic", { "more.js": "m\n" });
    await one.settle();
    assert.equal(heard()[2], "git.pullrequest.merged active succeeded");
  });

  it("may tell of creation only after the merge", async () => {
    one.emulator.world.switches.createdWaitsForMerge = true;
    await subscribe("git.pullrequest.created");
    await one.open();
    assert.deepEqual(heard(), []);
    await one.settle();
    assert.deepEqual(heard(), ["git.pullrequest.created active succeeded"]);
  });

  it("tell of pushes, reviewers, votes and status, but not of titles or comments", async () => {
    await subscribe("git.pullrequest.updated");
    await one.open();
    await one.pr(1, "PATCH", "", { title: "Another" });
    await one.pr(1, "POST", "/threads", { comments: [{ content: "hm" }] });
    await one.settle();
    assert.deepEqual(heard(), []);
    await one.commit("topic", { "more.js": "m\n" });
    await one.settle();
    await one.pr(1, "POST", "/reviewers", [{ id: one.people.reader.id }]);
    await one.pr(1, "PUT", `/reviewers/${one.people.contributor.id}`, { vote: 5 });
    await one.pr(1, "PATCH", "", { status: "abandoned" });
    await one.settle();
    assert.deepEqual(
      receiver.received.map(({ body }) => body.message.text.replace("contributor person ", "")),
      [
        "updated the source branch of the pull request",
        "added reviewers to the pull request",
        "added reviewers to the pull request",
        "approved the pull request with suggestions",
        "abandoned the pull request",
      ],
    );
    one.emulator.world.switches.titleEditRaisesUpdated = true;
    await one.pr(1, "PATCH", "", { title: "A third" });
    await one.settle();
    assert.equal(receiver.received.length, 6);
  });

  it("filter by notification type, merge result and target branch", async () => {
    await subscribe("git.pullrequest.updated", { notificationType: "PushNotification" });
    await subscribe("git.pullrequest.merged", { mergeResult: "Conflicts" });
    await subscribe("git.pullrequest.created", { branch: "refs/heads/release" });
    await one.commit("clash", { "app.js": "ONE\n" });
    await one.commit("main", { "app.js": "uno\n" });
    await one.open("clash");
    await one.open("topic");
    await one.settle();
    await one.pr(2, "PATCH", "", { status: "abandoned" });
    await one.settle();
    assert.deepEqual(heard(), ["git.pullrequest.merged active conflicts"]);
  });

  it("tell of completion as updated and merged", async () => {
    await one.open();
    await one.settle();
    await subscribe("git.pullrequest.updated");
    await subscribe("git.pullrequest.merged");
    const lastMergeSourceCommit = { commitId: one.state(1).lastMergeSourceCommit };
    await one.pr(1, "PATCH", "", { status: "completed", lastMergeSourceCommit });
    await one.settle();
    assert.deepEqual(
      new Set(heard()),
      new Set(["git.pullrequest.updated completed succeeded", "git.pullrequest.merged completed succeeded"]),
    );
    assert.equal(receiver.received.length, 2);
  });

  it("tell of comments with the pull request beside", async () => {
    await subscribe("ms.vss-code.git-pullrequest-comment-event", {}, "2.0");
    await one.open();
    await one.pr(1, "POST", "/threads", { comments: [{ content: "hm" }] });
    await one.settle();
    const { resource, resourceVersion } = receiver.received[0]?.body ?? {};
    assert.equal(resourceVersion, "2.0");
    assert.deepEqual(Object.keys(resource), ["comment", "pullRequest"]);
    assert.equal(resource.comment.content, "hm");
    assert.equal(resource.pullRequest.pullRequestId, 1);
  });
});
