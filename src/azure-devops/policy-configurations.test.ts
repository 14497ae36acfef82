import assert from "node:assert/strict";
import { test } from "node:test";
import { RemoteError } from "#model/remote-error.ts";
import { addToken, addUser } from "../../emulator/build-world.ts";
import {
  createStatusPolicy,
  deletePolicy,
  listEvaluations,
  listPolicies,
  listPoliciesOfBranch,
  updateStatusPolicy,
} from "./policy-configurations.ts";
import { emulatedOrganization } from "./testing/emulated-organization.ts";

test("a status policy is made, changed, found and removed, whatever the wire leaves out", async (t) => {
  const { client, clientOf, projectId, repositoryId, user, world, organization } = await emulatedOrganization(t);
  const scope = { repositoryId, refName: "refs/heads/main", match: "exact" } as const;
  const status = {
    statusName: "security",
    statusGenre: "sallyport",
    authorId: user.id,
    invalidateOnSourceUpdate: true,
    displayName: "Sallyport",
  };
  const made = await createStatusPolicy(client, projectId, { scope, status });
  assert.deepEqual([made.isEnabled, made.isBlocking, made.revision, made.scopes], [true, true, 1, [scope]]);
  assert.deepEqual(made.status, { ...status, isConditional: false, filenamePatterns: [] });

  const loose = { scope, status: { ...status, invalidateOnSourceUpdate: false } };
  const changed = await updateStatusPolicy(client, projectId, made.id, loose);
  assert.deepEqual([changed.revision, changed.status?.invalidateOnSourceUpdate], [2, false]);
  const branch = { projectId, repositoryId, refName: "refs/heads/main" };
  assert.deepEqual(await listPoliciesOfBranch(client, branch), [changed]);
  assert.deepEqual(await listPoliciesOfBranch(client, { ...branch, refName: "refs/heads/other" }), []);
  assert.deepEqual(await listPolicies(client, projectId), [changed]);
  await assert.rejects(
    listEvaluations(client, { projectId, number: 7 }),
    (error) => error instanceof RemoteError && error.code === "not-found",
  );

  const contributor = addUser(world, "Charles Babbage", { organization, group: "contributors" });
  const poor = clientOf(addToken(world, contributor, { organization }));
  await assert.rejects(createStatusPolicy(poor, projectId, { scope, status }), (error) => {
    return (
      error instanceof RemoteError && error.code === "forbidden" && /Edit policies/.test(JSON.stringify(error.details))
    );
  });
  await deletePolicy(client, projectId, made.id);
  assert.deepEqual(await listPolicies(client, projectId), []);
});
