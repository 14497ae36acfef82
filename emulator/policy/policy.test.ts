import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { descriptorOfUser } from "../identity/identity-descriptor.ts";
import { openTryPullRequest, type TryPullRequest } from "../pull-requests/try-pull-request.ts";
import { gitNamespace } from "../security/namespaces.ts";
import { policyTypes } from "./policy-types.ts";

describe("policies", () => {
  let one: TryPullRequest;
  let at: string;
  beforeEach(async () => {
    one = await openTryPullRequest();
    at = "/fabrikam/My%20Project/_apis/policy";
  });
  afterEach(() => one.close());

  const configuration = (id: string, settings: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
    type: { id },
    isEnabled: true,
    isBlocking: true,
    settings: {
      ...settings,
      scope: [{ repositoryId: one.repository.id, refName: "refs/heads/main", matchKind: "exact" }],
    },
    ...more,
  });
  const create = (body: unknown) => one.ask("POST", `${at}/configurations`, { body });
  const statusPolicy = (more: Record<string, unknown> = {}) =>
    configuration(policyTypes.status, { statusName: "scan", statusGenre: "ours", ...more });
  const verdict = async () => {
    const artifact = encodeURIComponent(`vstfs:///CodeReview/CodeReviewId/${one.project.id}/1`);
    const reply = await one.ask("GET", `${at}/evaluations?artifactId=${artifact}`, { version: "7.1-preview.1" });
    return reply.json.value.map((evaluation: { status: string }) => evaluation.status);
  };
  const complete = async () => {
    const { lastMergeSourceCommit } = (await one.pr(1, "GET")).json;
    await one.pr(1, "PATCH", "", { status: "completed", lastMergeSourceCommit });
    await one.settle();
    return (await one.pr(1, "GET")).json;
  };
  const post = (state: string) => one.pr(1, "POST", "/statuses", { state, context: { genre: "ours", name: "scan" } });

  it("come back as the wire writes them", async () => {
    const made = await create(statusPolicy({ invalidateOnSourceUpdate: false }));
    assert.equal(made.status, 200);
    assert.match(made.json.createdDate, /\d$/);
    assert.equal("invalidateOnSourceUpdate" in made.json.settings, false);
    assert.equal(made.json.settings.scope[0].matchKind, "Exact");
    const read = (await one.ask("GET", `${at}/configurations/${made.json.id}`)).json;
    assert.match(read.createdDate, /Z$/);
    const changed = await one.ask("PUT", `${at}/configurations/${made.json.id}`, {
      body: { ...statusPolicy(), isBlocking: false },
    });
    assert.deepEqual([changed.json.revision, changed.json.isBlocking], [2, false]);
    assert.equal((await one.ask("GET", `${at}/configurations/${made.json.id}/revisions`)).json.count, 2);
    assert.equal((await one.ask("DELETE", `${at}/configurations/${made.json.id}`)).status, 204);
    assert.equal((await one.ask("GET", `${at}/configurations/${made.json.id}`)).status, 404);
  });

  it("may be edited by administrators only", async () => {
    const refused = await one.ask("POST", `${at}/configurations`, {
      body: statusPolicy(),
      token: one.tokens.contributor,
    });
    assert.equal(refused.status, 403);
    assert.match(refused.json.message, /^TF401027: You need the Git 'EditPolicies'/);
  });

  it("are paged by the id of the next one and found by branch", async () => {
    for (const name of ["a", "b", "c"]) await create(statusPolicy({ statusName: name }));
    const first = await one.ask("GET", `${at}/configurations?$top=2`);
    assert.equal(first.json.count, 2);
    assert.equal(first.headers.get("x-ms-continuationtoken"), "3");
    assert.equal((await one.ask("GET", `${at}/configurations?$top=2&continuationToken=3`)).json.count, 1);
    const branch = (ref: string) =>
      one.ask(
        "GET",
        `/fabrikam/My%20Project/_apis/git/policy/configurations?repositoryId=${one.repository.id}&refName=${ref}`,
      );
    assert.equal((await branch("refs/heads/main")).json.count, 3);
    assert.equal((await branch("refs/heads/other")).json.count, 0);
  });

  it("of status hold completion back until the newest status succeeds", async () => {
    await create(statusPolicy());
    await one.open();
    await one.settle();
    assert.deepEqual(await verdict(), ["queued"]);
    assert.equal((await complete()).mergeStatus, "rejectedByPolicy");
    await post("succeeded");
    await post("failed");
    assert.deepEqual(await verdict(), ["rejected"]);
    assert.equal((await complete()).status, "active");
    await post("succeeded");
    assert.deepEqual(await verdict(), ["approved"]);
    assert.equal((await complete()).status, "completed");
  });

  it("of status forget the status on a push when told to", async () => {
    await create(statusPolicy({ invalidateOnSourceUpdate: true }));
    await one.open();
    await post("succeeded");
    assert.deepEqual(await verdict(), ["approved"]);
    await one.commit("topic", { "more.js": "m\n" });
    assert.deepEqual(await verdict(), ["queued"]);
    await post("succeeded");
    assert.deepEqual(await verdict(), ["approved"]);
  });

  it("let auto-complete wait for them, and pass by whom an entry lets, administrators not by themselves", async () => {
    await create(statusPolicy());
    await one.open();
    await one.settle();
    const bypass = { completionOptions: { bypassPolicy: true, bypassReason: "fire" } };
    const refused = await one.pr(1, "PATCH", "", bypass);
    assert.equal(refused.status, 403);
    assert.match(refused.json.message, /'PullRequestBypassPolicy'/);
    await one.pr(1, "PATCH", "", { autoCompleteSetBy: { id: one.people.contributor.id } });
    await one.settle();
    assert.equal(one.state(1).status, "active");
    await post("succeeded");
    await one.settle();
    assert.equal(one.state(1).status, "completed");
    await one.commit("urgent", { "urgent.js": "u\n" });
    await one.open("urgent");
    await one.settle();
    const { lastMergeSourceCommit } = (await one.pr(2, "GET")).json;
    const passBy = () =>
      one.pr(2, "PATCH", "", { status: "completed", lastMergeSourceCommit, ...bypass }, { token: one.tokens.admin });
    assert.equal((await passBy()).status, 403);
    const descriptor = descriptorOfUser(one.organization, one.people.admin);
    await one.ask("POST", `/fabrikam/_apis/accesscontrolentries/${gitNamespace}`, {
      body: {
        token: `repoV2/${one.project.id}/${one.repository.id}`,
        accessControlEntries: [{ descriptor, allow: 32_768 }],
      },
    });
    assert.equal((await passBy()).status, 200);
    await one.settle();
    assert.equal(one.state(2).status, "completed");
  });

  it("of status count the author that they name, and no other", async () => {
    await create(statusPolicy({ authorId: one.people.admin.id }));
    await one.open();
    await post("succeeded");
    assert.deepEqual(await verdict(), ["queued"]);
    const status = { state: "succeeded", context: { genre: "ours", name: "scan" } };
    await one.pr(1, "POST", "/statuses", status, { token: one.tokens.admin });
    assert.deepEqual(await verdict(), ["approved"]);
  });

  it("of reviewers count approvals and forget them on a push", async () => {
    await create(configuration(policyTypes.minimumReviewers, { minimumApproverCount: 1, resetOnSourcePush: true }));
    await one.open();
    assert.deepEqual(await verdict(), ["running"]);
    await one.pr(1, "PUT", `/reviewers/${one.people.contributor.id}`, { vote: 10 });
    assert.deepEqual(await verdict(), ["running"]);
    await one.pr(1, "PUT", `/reviewers/${one.people.admin.id}`, { vote: 10 }, { token: one.tokens.admin });
    assert.deepEqual(await verdict(), ["approved"]);
    await one.commit("topic", { "more.js": "m\n" });
    assert.deepEqual(await verdict(), ["running"]);
  });

  it("are evaluated under a preview version only", async () => {
    await create(statusPolicy());
    await one.open();
    const reply = await one.ask("GET", `${at}/evaluations?artifactId=x`);
    assert.deepEqual([reply.status, reply.json.typeKey], [400, "VssInvalidPreviewVersionException"]);
  });
});
