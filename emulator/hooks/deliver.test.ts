import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { addTenant } from "../build-tenants.ts";
import { addCommit, addRepository } from "../build-world.ts";
import { addAccount } from "../entra/tenants.ts";
import { openReceiver, openTryWorld, type Receiver, type TryWorld } from "../try-world.ts";
import type { RepositoryState, SubscriptionState } from "../world.ts";

const minute = 60_000;

describe("delivery of hooks", () => {
  let one: TryWorld;
  let receiver: Receiver;
  let repository: RepositoryState;
  let subscription: SubscriptionState;
  let commits = 0;

  beforeEach(async () => {
    one = await openTryWorld();
    receiver = await openReceiver();
    repository = await addRepository(one.emulator.world, one.organization, one.project, "app");
    await push();
    await subscribe();
    subscription = one.organization.subscriptions[0] as SubscriptionState;
  });
  afterEach(async () => {
    await one.close();
    await receiver.close();
  });

  async function subscribe(consumerInputs: Record<string, string> = {}, publisherInputs: Record<string, string> = {}) {
    const reply = await one.ask("POST", "/fabrikam/_apis/hooks/subscriptions", {
      body: {
        publisherId: "tfs",
        eventType: "git.push",
        consumerId: "webHooks",
        consumerActionId: "httpRequest",
        publisherInputs: { projectId: one.project.id, ...publisherInputs },
        consumerInputs: {
          url: receiver.url,
          basicAuthUsername: "sallyport",
          basicAuthPassword: "very-secret",
          ...consumerInputs,
        },
      },
    });
    assert.equal(reply.status, 200, reply.text);
    return reply.json;
  }

  async function push(branch = "main"): Promise<string> {
    commits += 1;
    const commit = await addCommit(one.emulator.world, one.organization, repository, one.people.contributor, {
      branch,
      message: `commit ${commits}`,
      files: { "count.txt": String(commits) },
    });
    await one.emulator.settled();
    return commit;
  }

  it("posts the documented envelope with basic authentication", async () => {
    const commit = await push();
    const [delivery] = receiver.received;
    assert.ok(delivery);
    assert.equal(delivery.headers["content-type"], "application/json; charset=utf-8");
    assert.equal(delivery.headers.authorization, `Basic ${Buffer.from("sallyport:very-secret").toString("base64")}`);
    assert.equal(delivery.headers["x-vss-subscriptionid"], undefined);
    const { body } = delivery;
    assert.deepEqual(Object.keys(body), [
      "subscriptionId",
      "notificationId",
      "id",
      "eventType",
      "publisherId",
      "message",
      "detailedMessage",
      "resource",
      "resourceVersion",
      "resourceContainers",
      "createdDate",
    ]);
    assert.deepEqual([body.subscriptionId, body.notificationId, body.publisherId], [subscription.id, 1, "tfs"]);
    assert.equal(body.resource.refUpdates[0].newObjectId, commit);
    assert.deepEqual(
      body.resource.commits.map((entry: { commitId: string }) => entry.commitId),
      [commit],
    );
    assert.equal(body.resource.repository.project.visibility, "unchanged");
    assert.ok(!body.resource.repository.remoteUrl.includes("@"));
    assert.equal(body.resourceContainers.project.id, one.project.id);
    assert.match(body.message.text, /^contributor person pushed updates to app:main\r\n/);
  });

  it("sends as much as was asked for", async () => {
    await subscribe({ resourceDetailsToSend: "none", messagesToSend: "none", detailedMessagesToSend: "text" });
    await subscribe({ resourceDetailsToSend: "minimal", httpHeaders: "X-Own:value\nX-Other: second" });
    one.emulator.world.switches.deliveryHeaders = "with-vss-headers";
    await push();
    const [, none, minimal] = receiver.received.toSorted(
      (left, right) => order(left.body.subscriptionId) - order(right.body.subscriptionId),
    );
    assert.deepEqual([none?.body.resource, none?.body.resourceVersion, none?.body.message], [null, null, null]);
    assert.deepEqual(Object.keys(none?.body.detailedMessage), ["text"]);
    assert.deepEqual(Object.keys(minimal?.body.resource), ["pushId", "url"]);
    assert.equal(minimal?.headers["x-own"], "value");
    assert.equal(minimal?.headers["x-other"], "second");
    assert.equal(minimal?.headers["x-vss-subscriptionid"], minimal?.body.subscriptionId);
    one.emulator.world.switches.minimalFields = "id-only";
    receiver.received.length = 0;
    await push();
    const again = receiver.received.find(({ body }) => body.subscriptionId === minimal?.body.subscriptionId);
    assert.deepEqual(Object.keys(again?.body.resource), ["pushId"]);
    // one event, three notifications
    assert.equal(new Set(receiver.received.map(({ body }) => body.id)).size, 1);
  });

  const order = (id: string) => one.organization.subscriptions.findIndex((candidate) => candidate.id === id);

  it("filters by branch, repository and person", async () => {
    subscription.publisherInputs = { ...subscription.publisherInputs, branch: "main" };
    await push("topic");
    assert.equal(receiver.received.length, 0);
    await push("main");
    assert.equal(receiver.received.length, 1);
    subscription.publisherInputs = { ...subscription.publisherInputs, pushedBy: one.people.admin.id };
    await push("main");
    assert.equal(receiver.received.length, 1);
  });

  it("cuts long lists of commits, and shows a deletion as the switch says", async () => {
    const { world } = one.emulator;
    world.switches.pushCommitsLimit = 0;
    await push();
    assert.equal(receiver.received[0]?.body.resource.commits, undefined);
    const shown: unknown[] = [];
    for (const setting of ["missing", "null", "empty"] as const) {
      world.switches.commitsOnDelete = setting;
      const created = await push(`gone-${setting}`);
      const body = [{ name: `refs/heads/gone-${setting}`, oldObjectId: created, newObjectId: "0".repeat(40) }];
      await one.ask("POST", "/fabrikam/My%20Project/_apis/git/repositories/app/refs", { body });
      await one.emulator.settled();
      shown.push(receiver.received.at(-1)?.body.resource.commits);
    }
    assert.deepEqual(shown, [undefined, null, []]);
  });

  it("tries a transient failure again after 1, 2, 4, 8, 16, 32, 60 and 60 seconds, then gives up", async () => {
    receiver.answer = () => 503;
    const { clock } = one.emulator;
    await push();
    assert.equal(receiver.received.length, 1);
    let tries = 1;
    for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
      await clock.advance(seconds * 1000 - 500);
      assert.equal(receiver.received.length, tries);
      await clock.advance(500);
      tries += 1;
      assert.equal(receiver.received.length, tries);
      assert.equal(subscription.status, tries < 9 ? "enabled" : "onProbation");
    }
    const ids = new Set(receiver.received.map(({ body }) => `${body.id} ${body.notificationId}`));
    assert.equal(ids.size, 1);
  });

  it("recovers from transient failures without a trace", async () => {
    receiver.answer = (request) => (request < 3 ? 408 : 200);
    await push();
    await one.emulator.clock.advance(10_000);
    assert.equal(receiver.received.length, 4);
    assert.deepEqual([subscription.status, subscription.probationRetries], ["enabled", 0]);
    assert.equal(subscription.notifications[0]?.result, "succeeded");
  });

  it("puts an enduring failure on probation, loses what happens meanwhile, and disables in the end", async () => {
    receiver.answer = () => 500;
    const { clock } = one.emulator;
    await push();
    assert.equal(subscription.status, "onProbation");
    await push();
    assert.equal(receiver.received.length, 1);
    assert.equal(subscription.notifications.length, 1);
    let tries = 1;
    for (const minutes of [20, 40, 80, 160, 320, 640, 900]) {
      await clock.advance(minutes * minute - 1000);
      assert.equal(receiver.received.length, tries);
      await clock.advance(1000);
      tries += 1;
      assert.equal(receiver.received.length, tries);
      assert.equal(subscription.probationRetries, tries - 1);
    }
    assert.equal(subscription.status, "disabledBySystem");
    await push();
    assert.equal(receiver.received.length, 8);
  });

  it("ends probation with the first success", async () => {
    receiver.answer = (request) => (request === 0 ? 401 : 204);
    await push();
    assert.equal(subscription.status, "onProbation");
    await one.emulator.clock.advance(20 * minute);
    assert.deepEqual([subscription.status, subscription.probationRetries], ["enabled", 1]);
    assert.ok(subscription.lastProbationRetryDate);
    await push();
    assert.equal(receiver.received.length, 3);
  });

  it("disables at once on 410, and counts no answer as a failure", async () => {
    one.emulator.world.switches.deliveryTimeout = 40;
    receiver.answer = (request) => (request === 0 ? "hang" : 410);
    await push();
    assert.equal(subscription.status, "onProbation");
    assert.equal(subscription.notifications[0]?.errorMessage, "The request timed out.");
    await one.emulator.clock.advance(20 * minute);
    assert.equal(subscription.status, "disabledBySystem");
  });

  it("disables the subscriptions of somebody who left", async () => {
    const { memberships } = one.organization;
    const index = memberships.findIndex((membership) => membership.userId === one.people.admin.id);
    memberships.splice(index, 1);
    await push();
    assert.equal(subscription.status, "disabledByInactiveIdentity");
    assert.equal(receiver.received.length, 0);
  });

  it("disables the subscriptions of somebody whose account is disabled, on demand and at the next event", async () => {
    const { world } = one.emulator;
    const tenant = addTenant(world, { id: one.organization.tenantId, name: "Fabrikam", domains: ["fabrikam.example"] });
    addAccount(one.people.admin, tenant);
    const account = tenant.accounts.get(one.people.admin.id);
    const check = () =>
      fetch(`${one.emulator.url}/_emulator/organizations/fabrikam/inactive-identities`, { method: "POST" });
    await check();
    assert.equal(subscription.status, "enabled");
    if (account) account.disabled = true;
    await check();
    assert.equal(subscription.status, "disabledByInactiveIdentity");
    subscription.status = "enabled";
    await push();
    assert.equal(subscription.status, "disabledByInactiveIdentity");
    assert.equal(receiver.received.length, 0);
  });

  it("drops, multiplies and swaps deliveries when told to", async () => {
    const { faults } = one.emulator.world;
    faults.push({ id: "1", is: "drop-delivery", times: 1 });
    await push();
    assert.equal(receiver.received.length, 0);
    faults.push({ id: "2", is: "duplicate-delivery", copies: 3, times: 1 });
    await push();
    assert.deepEqual(
      receiver.received.map(({ body }) => body.notificationId),
      [2, 2, 2],
    );
    faults.push({ id: "3", is: "reorder-deliveries", times: 1 });
    await push();
    await push();
    assert.deepEqual(
      receiver.received.slice(3).map(({ body }) => body.notificationId),
      [4, 3],
    );
  });

  it("keeps a history that shows no secret and forgets after the days of the switch", async () => {
    await push();
    const root = `/fabrikam/_apis/hooks/subscriptions/${subscription.id}/notifications`;
    const listed = await one.ask("GET", root);
    assert.equal(listed.json.count, 1);
    const single = await one.ask("GET", `${root}/1`);
    assert.equal(single.json.details.event.id, receiver.received[0]?.body.id);
    assert.match(single.json.details.request, /^Method: POST\nURI: /);
    assert.ok(!single.text.includes("very-secret"));
    const query = { subscriptionIds: [subscription.id], resultType: "succeeded", includeDetails: true };
    const found = await one.ask("POST", "/fabrikam/_apis/hooks/notificationsquery", { body: query });
    assert.equal(found.json.results[0].id, 1);
    assert.deepEqual(found.json.summary[0].results, [{ result: "succeeded", notificationCount: 1 }]);
    await one.emulator.clock.advance(8 * 24 * 60 * minute);
    assert.equal((await one.ask("GET", root)).json.count, 1);
    one.emulator.world.switches.notificationHistoryDays = 7;
    assert.equal((await one.ask("GET", root)).json.count, 0);
  });
});
