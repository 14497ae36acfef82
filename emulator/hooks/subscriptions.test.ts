import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addRepository, addToken } from "../build-world.ts";
import { openReceiver, openTryWorld, type Receiver, type TryWorld } from "../try-world.ts";
import type { RepositoryState } from "../world.ts";

describe("subscriptions", () => {
  let one: TryWorld;
  let receiver: Receiver;
  let repository: RepositoryState;
  const root = "/fabrikam/_apis/hooks/subscriptions";
  before(async () => {
    one = await openTryWorld();
    receiver = await openReceiver();
    repository = await addRepository(one.emulator.world, one.organization, one.project, "app");
  });
  after(async () => {
    await one.close();
    await receiver.close();
  });

  const wanted = (changes: Record<string, unknown> = {}) => ({
    publisherId: "tfs",
    eventType: "git.pullrequest.updated",
    resourceVersion: "1.0",
    consumerId: "webHooks",
    consumerActionId: "httpRequest",
    publisherInputs: { projectId: one.project.id, repository: repository.id },
    consumerInputs: {
      url: receiver.url,
      basicAuthUsername: "u",
      basicAuthPassword: "hidden-word",
      httpHeaders: "X-Key:hidden-too",
    },
    ...changes,
  });
  const create = (changes: Record<string, unknown> = {}, token = one.tokens.admin) =>
    one.ask("POST", root, { body: wanted(changes), token });

  it("come back with what the service adds and without secrets", async () => {
    const { status, json, text } = await create();
    assert.equal(status, 200);
    assert.equal(json.status, "enabled");
    assert.equal(json.subscriber, null);
    assert.equal(json.probationRetries, 0);
    assert.equal(json.consumerInputs.basicAuthPassword, "********");
    assert.ok(!text.includes("hidden"));
    assert.match(json.publisherInputs.tfsSubscriptionId, /^[0-9a-f-]{36}$/);
    assert.equal(json.publisherInputs.notificationType, "");
    assert.equal(json.eventDescription, "Repository app");
    assert.match(json.actionDescription, /^To host 127\.0\.0\.1/);
    const read = await one.ask("GET", `${root}/${json.id}`);
    assert.deepEqual(read.json, json);
  });

  it("may be doubled, and are found by the address they post to", async () => {
    const url = `${receiver.url}/own-address`;
    const inputs = { consumerInputs: { url } };
    await create(inputs);
    await create(inputs);
    const query = {
      publisherId: "tfs",
      consumerId: "webHooks",
      consumerInputFilters: [{ conditions: [{ inputId: "url", operator: "equals", inputValue: url }] }],
    };
    const found = await one.ask("POST", "/fabrikam/_apis/hooks/subscriptionsquery", { body: query });
    assert.equal(found.json.results.length, 2);
    assert.equal(found.json.publisherId, "tfs");
    const listed = await one.ask("GET", `${root}?publisherId=tfs&eventType=git.push`);
    assert.equal(listed.json.count, 0);
  });

  it("need a project administrator, and for the whole organization a collection administrator", async () => {
    const refused = await create({}, one.tokens.contributor);
    assert.equal(refused.status, 403);
    assert.ok(
      refused.json.message.includes(`PublisherSecurity/${one.project.id} to perform this action: Edit Subscription`),
    );
    one.emulator.world.switches.hookRefusalStatus = 400;
    assert.equal((await create({}, one.tokens.contributor)).status, 400);
    one.emulator.world.switches.hookRefusalStatus = 403;
    const everywhere = { publisherInputs: {} };
    assert.equal((await create(everywhere)).status, 403);
    const made = await create(everywhere, one.tokens.collection);
    assert.equal(made.status, 200);
    assert.equal((await one.ask("GET", `${root}/${made.json.id}`)).status, 403);
    const repositories = await create({ ...everywhere, eventType: "git.repo.created" }, one.tokens.collection);
    assert.equal(repositories.status, 400);
    assert.equal((await one.ask("GET", root, { token: one.tokens.reader })).json.count, 0);
    const scoped = addToken(one.emulator.world, one.people.admin, { scopes: ["code"] });
    assert.equal((await create({}, scoped)).status, 200);
    const graph = addToken(one.emulator.world, one.people.admin, { scopes: ["graph"] });
    assert.equal((await create({}, graph)).status, 401);
  });

  it("are refused with inputs that the service refuses", async () => {
    const withInput = (name: string, value: string) => create({ consumerInputs: { url: receiver.url, [name]: value } });
    const bad = [
      await create({ eventType: "git.unknown" }),
      await create({ resourceVersion: "9.0" }),
      await create({ publisherInputs: { projectId: "nobody" } }),
      await create({ publisherInputs: { projectId: one.project.id, repository: "nobody" } }),
      await create({ publisherInputs: { projectId: one.project.id, notificationType: "Everything" } }),
      await create({ consumerInputs: {} }),
      await create({ consumerInputs: { url: "ftp://example.com" } }),
      await withInput("httpHeaders", "Authorization:Basic abc"),
      await withInput("basicAuthPassword", "two words"),
      await withInput("basicAuthPassword", "x".repeat(257)),
      await withInput("resourceDetailsToSend", "some"),
      await create({ consumerInputs: { url: "http://example.com", basicAuthPassword: "x" } }),
    ];
    assert.deepEqual(
      bad.map((reply) => reply.status),
      bad.map(() => 400),
    );
    one.emulator.world.allowPrivateTargets = false;
    for (const url of [receiver.url, "https://localhost/x", "https://[::1]/x", "https://10.1.2.3/x"])
      assert.equal((await create({ consumerInputs: { url } })).status, 400, url);
    assert.equal((await create({ consumerInputs: { url: "https://example.com/x" } })).status, 200);
    one.emulator.world.allowPrivateTargets = true;
    one.emulator.world.switches.maximumSubscriptions = 1;
    assert.equal((await create()).status, 400);
    one.emulator.world.switches.maximumSubscriptions = 100_000;
  });

  it("are replaced as a whole; an echoed mask is kept or stored as the switch says", async () => {
    const { json } = await create();
    const stored = () => one.organization.subscriptions.find((candidate) => candidate.id === json.id);
    const put = (changes: Record<string, unknown>) =>
      one.ask("PUT", `${root}/${json.id}`, { body: { ...json, ...changes } });
    one.emulator.world.switches.maskedPassword = "keeps";
    assert.equal((await put({})).status, 200);
    assert.equal(stored()?.consumerInputs.basicAuthPassword, "hidden-word");
    one.emulator.world.switches.maskedPassword = "overwrites";
    await put({});
    assert.equal(stored()?.consumerInputs.basicAuthPassword, "********");
    assert.equal((await put({ consumerId: "slack" })).status, 400);
    const subscription = stored();
    assert.ok(subscription);
    subscription.status = "disabledBySystem";
    assert.equal((await put({ status: "enabled" })).json.status, "enabled");
    assert.equal((await put({ status: "onProbation" })).status, 400);
    assert.equal((await one.ask("DELETE", `${root}/${json.id}`)).status, 204);
    assert.equal((await one.ask("GET", `${root}/${json.id}`)).status, 404);
  });

  it("describe themselves: publishers, events, consumers, possible values, tracing", async () => {
    const types = await one.ask("GET", "/fabrikam/_apis/hooks/publishers/tfs/eventtypes");
    const build = types.json.value.find((type: { id: string }) => type.id === "build.complete");
    assert.deepEqual(build.supportedResourceVersions, ["2.0", "1.0"]);
    const action = await one.ask("GET", "/fabrikam/_apis/hooks/consumers/webHooks/actions/httpRequest");
    assert.ok(action.json.inputDescriptors.some((input: { isConfidential: boolean }) => input.isConfidential));
    const values = await one.ask("POST", "/fabrikam/_apis/hooks/publishers/tfs/inputValuesQuery", {
      body: { currentValues: { projectId: one.project.id }, inputValues: [{ inputId: "repository" }] },
    });
    assert.equal(values.json.inputValues[0].possibleValues[1].displayValue, "app");
    const { json } = await create();
    const body = { deliveryTracing: { enabled: true } };
    const traced = await one.ask("PUT", `${root}/${json.id}/diagnostics`, { body });
    assert.equal(traced.json.deliveryTracing.maxTracedEntries, 25);
    assert.deepEqual((await one.ask("GET", `${root}/${json.id}/diagnostics`)).json, traced.json);
  });

  it("can be tested before they are saved, with sample data of nobody", async () => {
    receiver.received.length = 0;
    const { id: _id, ...details } = wanted({ eventType: "git.push" }) as Record<string, unknown>;
    const test = await one.ask("POST", "/fabrikam/_apis/hooks/testnotifications", { body: { details } });
    assert.equal(test.status, 200);
    assert.equal(test.json.subscriptionId, "00000000-0000-0000-0000-000000000000");
    assert.equal(test.json.result, "pending");
    assert.equal(test.json.details.event, undefined);
    await one.emulator.settled();
    const [delivery] = receiver.received;
    assert.equal(delivery?.body.resource.repository.name, "Fabrikam-Fiber-Git");
    assert.notEqual(delivery?.body.resourceContainers.project.id, one.project.id);
    const done = await one.ask("GET", `${root}/${test.json.subscriptionId}/notifications/${test.json.id}`);
    assert.equal(done.json.result, "succeeded");
    assert.equal(done.json.details.event.id, delivery?.body.id);
  });
});
