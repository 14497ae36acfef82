import assert from "node:assert/strict";
import { test } from "node:test";
import { RemoteError } from "#model/remote-error.ts";
import { addCommit } from "../../emulator/build-world.ts";
import { createPullRequest, listPullRequestsOfBranch, updatePullRequest } from "./change-pull-requests.ts";
import { emulatedOrganization } from "./testing/emulated-organization.ts";

test("a pull request is made, found by its branch, retold and abandoned", async (t) => {
  const { client, world, organization, repository, user } = await emulatedOrganization(t);
  const branch = "sallyport/fix/a";
  await addCommit(world, organization, repository, user, { branch, message: "fix", files: { "fix.txt": "1" } });
  const id = repository.id as Parameters<typeof createPullRequest>[1];
  const wanted = {
    sourceRef: `refs/heads/${branch}`,
    targetRef: "refs/heads/main",
    title: "Raise a".padEnd(500, "!"),
    description: "Why.\n".repeat(2_000),
    isDraft: true,
    reviewers: [],
    labels: ["sallyport"],
  };
  const made = await createPullRequest(client, id, wanted);
  assert.deepEqual([made.state, made.isDraft, made.title.length], ["active", true, 400]);
  await assert.rejects(
    createPullRequest(client, id, wanted),
    (error) => error instanceof RemoteError && error.code === "conflict",
  );
  await updatePullRequest(client, id, made.number, { title: "Raise a to 2", description: "Better." });
  const found = await listPullRequestsOfBranch(client, id, wanted.sourceRef, "active");
  assert.deepEqual(
    found.map(({ number, title }) => [number, title]),
    [[made.number, "Raise a to 2"]],
  );
  assert.deepEqual(await listPullRequestsOfBranch(client, id, "refs/heads/sallyport/fix/ab", "all"), []);
  await updatePullRequest(client, id, made.number, { status: "abandoned" });
  assert.deepEqual(await listPullRequestsOfBranch(client, id, wanted.sourceRef, "active"), []);
});
