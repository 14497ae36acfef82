// The client against the emulated organization: every resource once, under every setting of what is not known for sure.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RepositoryId, SubscriptionId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import { secretValue } from "#model/secret-value.ts";
import { addCommit, addToken } from "../../emulator/build-world.ts";
import { createPullRequest } from "../../emulator/pull-requests/create-pull-request.ts";
import { defaultSwitches, type Switches } from "../../emulator/switches.ts";
import { identify } from "./identify.ts";
import { listProjects } from "./projects.ts";
import { getPullRequest, listIterationChanges, listIterations, listPullRequests } from "./pull-requests.ts";
import { getBranchHead, listRefs } from "./refs.ts";
import { getRepository, listRepositories } from "./repositories.ts";
import { listStatuses, postStatus } from "./statuses.ts";
import {
  createSubscription,
  deleteSubscription,
  findSubscriptions,
  listSubscriptions,
  replaceSubscription,
} from "./subscriptions.ts";
import { emulatedOrganization } from "./testing/emulated-organization.ts";
import { addComment, createThread, editComment, listThreads, updateThread } from "./threads.ts";

type World = Awaited<ReturnType<typeof emulatedOrganization>>;

function withCode(code: string) {
  return (error: unknown) => error instanceof RemoteError && error.code === code;
}

async function openPullRequest({ world, organization, repository, user }: World, branch: string): Promise<number> {
  await addCommit(world, organization, repository, user, {
    branch,
    from: "main",
    message: "topic",
    files: { "src/a.ts": "one\nchanged\n", "src/b.ts": "new\n" },
  });
  const made = await createPullRequest(world, organization, repository, user.id, {
    sourceRefName: `refs/heads/${branch}`,
    targetRefName: "refs/heads/main",
    title: "A topic",
  });
  return made.id;
}

function subscriptionOf({ projectId }: World, key: string) {
  const password = secretValue(["pass", "word"].join(""));
  const url = `https://sallyport.example.com/hooks/${key}`;
  return { projectId, eventType: "git.push" as const, url, username: "sallyport", password };
}

/** What a connection does from its first to its last call. */
async function session(there: World, round: string): Promise<void> {
  const { client, repositoryId, projectId, user, organization, project, repository } = there;
  const { account, organization: found } = await identify(client);
  assert.equal(account.id, user.id);
  assert.equal(account.mail, user.mail);
  assert.equal(found.name, organization.name);
  assert.deepEqual(await listProjects(client), [{ id: projectId, name: project.name, visibility: "private" }]);
  const [listed] = await listRepositories(client);
  assert.deepEqual(await getRepository(client, repositoryId), listed);
  assert.equal(listed?.name, repository.name);
  assert.equal(listed?.defaultBranch, "refs/heads/main");
  const head = await getBranchHead(client, repositoryId, "refs/heads/main");
  assert.ok((await listRefs(client, repositoryId, "heads/")).some(({ objectId }) => objectId === head));
  assert.equal(await getBranchHead(client, repositoryId, "refs/heads/mai"), undefined);

  const number = await openPullRequest(there, `topic-${round}`);
  const pullRequest = await getPullRequest(client, repositoryId, number);
  assert.equal(pullRequest.state, "active");
  assert.equal(pullRequest.author, user.displayName);
  assert.ok((await listPullRequests(client, projectId, { status: "active" })).some((one) => one.number === number));
  const iterations = await listIterations(client, repositoryId, number);
  assert.deepEqual(
    iterations.map(({ id, commonCommit }) => [id, commonCommit]),
    [[1, head]],
  );
  const changes = await listIterationChanges(client, repositoryId, number, 1);
  assert.deepEqual(changes.map(({ path }) => path).sort(), ["src/a.ts", "src/b.ts"]);
  await feedback(there, number, changes.find(({ path }) => path === "src/a.ts")?.changeTrackingId ?? 0);
  await hooks(there, round);
}

async function feedback({ client, repositoryId }: World, number: number, changeTrackingId: number): Promise<void> {
  const made = await createThread(client, repositoryId, number, {
    content: "A secret",
    status: "active",
    properties: { "sallyport.fingerprint": "abc" },
    path: "src/a.ts",
    span: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 8 },
    side: "right",
    changeTrackingId,
    iteration: 1,
  });
  const comment = made.comments[0]?.id ?? 0;
  await editComment(client, repositoryId, number, made.id, comment, "Still a secret");
  await addComment(client, repositoryId, number, made.id, "A reply");
  await updateThread(client, repositoryId, number, made.id, "fixed");
  const thread = (await listThreads(client, repositoryId, number)).find(({ id }) => id === made.id);
  assert.equal(thread?.status, "fixed");
  assert.deepEqual(thread.properties["sallyport.fingerprint"], "abc");
  assert.deepEqual(
    thread.comments.map(({ content }) => content),
    ["Still a secret", "A reply"],
  );
  const context = { genre: "sallyport", name: "secrets" };
  for (const state of ["pending", "failed"] as const) {
    await postStatus(client, repositoryId, number, { state, description: state, context, iterationId: 1 });
  }
  assert.deepEqual(
    (await listStatuses(client, repositoryId, number)).map((status) => [
      status.state,
      status.iterationId,
      status.context,
    ]),
    [
      ["pending", 1, context],
      ["failed", 1, context],
    ],
  );
}

async function hooks(there: World, round: string): Promise<void> {
  const { client, world, organization, projectId } = there;
  const before = (await listSubscriptions(client)).length;
  const inputs = subscriptionOf(there, `key-${round}`);
  const made = await createSubscription(client, inputs);
  assert.equal(made.status, "enabled");
  assert.deepEqual(await findSubscriptions(client, inputs.url), [made]);
  assert.equal((await listSubscriptions(client)).length, before + 1);
  const stored = organization.subscriptions.find(({ id }) => id === made.id);
  assert.ok(stored);
  assert.equal(stored.publisherInputs.projectId, projectId);
  assert.equal(stored.consumerInputs.basicAuthPassword, inputs.password.reveal());
  stored.status = "disabledBySystem";
  const replaced = await replaceSubscription(client, made.id, { ...inputs, url: `${inputs.url}-moved` });
  assert.equal(replaced.status, "enabled");
  assert.equal(stored.consumerInputs.basicAuthPassword, inputs.password.reveal(), "the mask was not stored");
  await deleteSubscription(client, made.id);
  assert.equal((await listSubscriptions(client)).length, before);
  await assert.rejects(deleteSubscription(client, made.id as SubscriptionId), withCode("not-found"));
  assert.ok(world);
}

test("a session works under every setting of every switch", async (t) => {
  const there = await emulatedOrganization(t);
  const settings: readonly Partial<Switches>[] = [
    {},
    { createdWaitsForMerge: true },
    { deliveryHeaders: "with-vss-headers", minimalFields: "id-only" },
    { maskedPassword: "keeps", titleEditRaisesUpdated: true },
    { pushCommitsLimit: 1, commitsOnDelete: "null" },
    { commitsOnDelete: "empty", notificationHistoryDays: 7, deliveryTimeout: 100 },
    { hookRefusalStatus: 400, rateLimitHeadersOnHooks: false },
    { disabledRepositoryStatus: 403, renamedOrganizationRedirects: false },
    { disabledRepositoryStatus: 400, expiredCredential: "302", unauthorizedBody: "count-zero" },
    { expiredCredential: "203", bomInErrors: true, maximumSubscriptions: 1 },
  ];
  for (const [round, setting] of settings.entries()) {
    Object.assign(there.world.switches, defaultSwitches, setting);
    await t.test(JSON.stringify(setting), () => session(there, String(round)));
  }
});

test("a session works in a collection of an older server", async (t) => {
  const there = await emulatedOrganization(t, { server: "6.0" });
  assert.equal(there.remote.addresses.edition, "server");
  await session(there, "server");
});

test("refusals mean the same under every setting", async (t) => {
  const there = await emulatedOrganization(t);
  const { world, client, clientOf, user, organization, repository, repositoryId } = there;
  for (const expiredCredential of ["203", "302", "401"] as const) {
    for (const unauthorizedBody of ["empty", "count-zero"] as const) {
      Object.assign(world.switches, { expiredCredential, unauthorizedBody });
      const expired = clientOf(addToken(world, user, { organization, expires: new Date(0) }));
      await assert.rejects(identify(expired), withCode("signed-out"));
      await assert.rejects(listRepositories(expired), withCode("signed-out"));
      await assert.rejects(identify(clientOf({ value: "unknown" })), withCode("signed-out"));
    }
  }
  for (const bomInErrors of [false, true]) {
    world.switches.bomInErrors = bomInErrors;
    const missing = "00000000-0000-0000-0000-000000000001" as RepositoryId;
    await assert.rejects(getRepository(client, missing), withCode("not-found"));
    await assert.rejects(getPullRequest(client, repositoryId, 9999), withCode("not-found"));
  }
  const reader = clientOf(addToken(world, user, { organization, scopes: ["code"] }));
  await assert.rejects(
    postStatus(reader, repositoryId, 1, {
      state: "pending",
      description: "",
      context: { genre: "a", name: "b" },
      iterationId: 1,
    }),
    withCode("forbidden"),
  );
  organization.memberships.splice(0, 1, { userId: user.id, group: "contributors" });
  for (const hookRefusalStatus of [400, 403] as const) {
    world.switches.hookRefusalStatus = hookRefusalStatus;
    await assert.rejects(createSubscription(client, subscriptionOf(there, "x")), withCode("forbidden"));
  }
  repository.isDisabled = true;
  assert.equal((await listRepositories(client))[0]?.isDisabled, true);
  for (const disabledRepositoryStatus of [400, 403, 404] as const) {
    world.switches.disabledRepositoryStatus = disabledRepositoryStatus;
    await assert.rejects(getBranchHead(client, repositoryId, "refs/heads/main"), (error) => {
      return error instanceof RemoteError && ["refused", "forbidden", "not-found"].includes(error.code);
    });
  }
});

test("a pull request that is closed takes no status", async (t) => {
  const there = await emulatedOrganization(t);
  const { client, repositoryId, organization } = there;
  const number = await openPullRequest(there, "topic");
  const pullRequest = organization.pullRequests.find(({ id }) => id === number);
  assert.ok(pullRequest);
  pullRequest.status = "abandoned";
  const status = { state: "failed", description: "", context: { genre: "a", name: "b" }, iterationId: 1 } as const;
  await assert.rejects(postStatus(client, repositoryId, number, status), withCode("closed"));
});

test("a subscription or thread whose answer was lost is found, not made twice", async (t) => {
  const there = await emulatedOrganization(t);
  const { client, organization, repositoryId } = there;
  const number = await openPullRequest(there, "topic");
  // The call arrives, and its answer does not.
  const lossy = {
    ...client,
    request: async (request: Parameters<typeof client.request>[0]) => {
      const answer = await client.request(request);
      const isCreation = request.method === "POST" && request.isRepeatable !== true;
      if (isCreation) throw new RemoteError("timed-out", "The answer was lost.");
      return answer;
    },
  };
  const made = await createSubscription(lossy, subscriptionOf(there, "lost"));
  assert.deepEqual(
    organization.subscriptions.map(({ id }) => id),
    [made.id],
  );
  const thread = {
    content: "x",
    status: "active",
    properties: { "sallyport.fingerprint": "f" },
    iteration: 1,
  } as const;
  const { id } = await createThread(lossy, repositoryId, number, thread);
  const own = (await listThreads(client, repositoryId, number)).filter(
    ({ properties }) => "sallyport.fingerprint" in properties,
  );
  assert.deepEqual(
    own.map((one) => one.id),
    [id],
  );
});
