import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { after, before, test } from "node:test";
import { beginSignIn } from "#flows/connect-instance/begin-sign-in.ts";
import { type CheckedOrganization, checkConnection } from "#flows/connect-instance/check-connection.ts";
import { createInstance } from "#flows/connect-instance/create-instance.ts";
import { listDraftRepositories } from "#flows/connect-instance/list-draft-repositories.ts";
import { readReceipt, requestForgetting } from "#flows/instances/forget-instance.ts";
import type { InstanceId, RepositoryId, SignInId, UserId } from "#model/ids.ts";
import { secretValue } from "#model/secret-value.ts";
import { listBuilds } from "#store/hooks/builds.ts";
import { getInstance } from "#store/instances/instances.ts";
import { listCredentials } from "#store/people/credentials.ts";
import { addCommit, addRepository } from "../../emulator/build-world.ts";
import { plantedSecrets } from "../../emulator/seeds/planted-secrets.ts";
import type { RepositoryState } from "../../emulator/world.ts";
import { eventLines, everything, issueLines, scannedCommit } from "./facts.ts";
import { type House, openHouse } from "./house.ts";
import { openPullRequest } from "./pull-request-calls.ts";
import { runBuild } from "./run-build.ts";
import { cloneRepository } from "./working-copy.ts";

const anna = "00000000-0000-7000-8000-000000000001" as UserId;

/** Hosts that anybody in this process called. */
const called = new Set<string>();
const onCall = (message: unknown): void => {
  called.add(new URL((message as { request: { origin: string } }).request.origin).hostname);
};

let house: House;
let service: RepositoryState;
let instance: InstanceId;

before(async () => {
  subscribe("undici:request:create", onCall);
  house = await openHouse({ edition: "server" });
  const { world } = house.emulator;
  service = await addRepository(world, house.organization, house.project, "service", {
    files: { "first.env": `TOKEN=${plantedSecrets("first").githubToken}\n` },
  });
  await addRepository(world, house.organization, house.project, "left out", { files: { "a.txt": "a\n" } });
});

after(async () => {
  unsubscribe("undici:request:create", onCall);
  await house.close();
});

function check(name: string, ...tokens: readonly string[]) {
  return checkConnection(house.app, {
    by: anna,
    method: "pat",
    tokens: tokens.map((token) => ({ value: secretValue(token) })),
    organizations: [name],
  });
}

test("nothing of Microsoft Entra ID is offered, and no word leads to the service", async () => {
  const begun = await beginSignIn(house.app, { by: anna, hint: "fabrikam" });
  assert(begun.is === "problem" && begun.because === "server");
  const ways = [
    { method: "entra", signIn: "00000000-0000-7000-8000-000000000002" as SignInId },
    { method: "service-principal", tenant: "00000000-0000-4000-8000-000000000003" },
    { method: "managed-identity" },
  ] as const;
  for (const way of ways) {
    const { draft, organizations } = await checkConnection(house.app, {
      ...way,
      by: anna,
      organizations: ["fabrikam"],
    });
    assert.equal(draft, undefined);
    assert.match(
      organizations[0]?.problem ?? "",
      /An Azure DevOps Server knows no Microsoft Entra ID.*personal access token/,
    );
  }
  const tokens = `${house.emulator.world.baseUrl}/fabrikam/_usersSettings/tokens`;
  for (const [{ organizations }, words] of [
    [await check("fabrikam", "x".repeat(52)), tokens],
    [await check("fabrikam", "x".repeat(52), "y".repeat(52)), tokens],
    [await check("nowhere", house.ownerToken.value), "no collection nowhere"],
  ] as const) {
    const problem = organizations[0]?.problem ?? "";
    assert(problem.includes(words), problem);
    assert.doesNotMatch(problem, /dev\.azure\.com|directory/);
  }
});

test("a collection is connected with a token, by its address too, and says what will work", async () => {
  const checked = await check(`${house.emulator.world.baseUrl}/fabrikam/Payments`, house.ownerToken.value);
  assert(checked.draft, JSON.stringify(checked));
  const [collection] = checked.organizations as readonly [CheckedOrganization];
  assert.deepEqual([collection.name, collection.id, collection.tenant], ["fabrikam", house.organization.id, undefined]);
  assert.deepEqual(checked.warnings, []);
  const features = new Map(collection.credentials[0]?.preflight.features.map((one) => [one.feature, one.works]));
  for (const feature of ["scan", "comment", "status", "hooks", "builds"] as const) {
    assert.equal(features.get(feature), "yes", feature);
  }
  const found = await listDraftRepositories(house.app, checked.draft);
  assert.deepEqual(found?.repositories.map(({ name }) => name).toSorted(), ["left out", "service"]);
  const takes = { is: "list", repositories: [service.id as RepositoryId] } as const;
  const created = await createInstance(house.app, { draft: checked.draft, name: "Cellar", takes, by: "anna" });
  assert(created.is === "created");
  instance = created.instance;
  await house.quiet();
  const row = await getInstance(house.app.db, instance);
  assert.deepEqual([row?.state, row?.reasons], ["connected", []]);
  assert.deepEqual(await issueLines(house, service), ["open first.env"]);
  assert.deepEqual(new Set(house.organization.subscriptions.map(({ status }) => status)), new Set(["enabled"]));
  assert.equal(house.organization.subscriptions.length, 7);
});

test("a push tells of itself, a pull request with a key is answered, a build is on record", async () => {
  const { world } = house.emulator;
  const clone = await cloneRepository(`${world.baseUrl}/fabrikam/Payments/_git/service`, house.developerToken.value);
  const head = await clone.commit("push", { "second.env": `TOKEN=${plantedSecrets("second").githubToken}\n` });
  await clone.git("push", "--quiet", "origin", "main");
  await clone.remove();
  await house.quiet();
  assert.equal(await scannedCommit(house, service), head);
  assert.deepEqual(await eventLines(house), ["git.push handled"]);
  assert.deepEqual(await issueLines(house, service), ["open first.env", "open second.env"]);

  const files = { "third.env": `TOKEN=${plantedSecrets("third").githubToken}\n` };
  const change = { branch: "topic", from: "main", message: "topic", files };
  await addCommit(world, house.organization, service, house.developer, change);
  const pullRequest = await openPullRequest(house, service, "topic");
  await house.quiet();
  assert.equal(pullRequest.statuses.at(-1)?.state, "failed");
  assert.deepEqual(
    pullRequest.threads.map(({ threadContext: at, properties, status }) => [
      "sallyport.summary" in properties ? "summary" : (at as { filePath?: string } | undefined)?.filePath,
      status,
    ]),
    [
      ["/third.env", "active"],
      ["summary", "closed"],
    ],
  );

  const build = await runBuild(house, service, head);
  await house.quiet();
  const { rows } = await listBuilds(house.app.db, everything, { offset: 0, limit: 10 });
  assert.deepEqual(
    rows.map((one) => [one.buildId, one.result, one.commit, one.requestedBy, one.repositoryName]),
    [[build.id, "succeeded", head, "Dana Developer", "service"]],
  );
  assert(rows[0]?.webUrl?.startsWith(`${world.baseUrl}/fabrikam/`), rows[0]?.webUrl);
});

test("forgotten, it leaves no hook behind, and nobody but the server was ever asked", async () => {
  assert(await requestForgetting(house.app, instance, "anna"));
  await house.quiet();
  assert.deepEqual(house.organization.subscriptions, []);
  const receipt = await readReceipt(house.app, instance);
  assert.deepEqual([receipt?.organizations, receipt?.hooksRemoved, receipt?.hooksLeft], [["fabrikam"], 7, []]);
  assert.match(receipt?.as.join() ?? "", /^the personal access token of Olga Owner/);
  assert.deepEqual(await listCredentials(house.app.db, instance), []);
  assert.deepEqual([...called], ["127.0.0.1"]);
});
