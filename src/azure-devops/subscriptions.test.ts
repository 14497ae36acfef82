import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { RemoteError } from "#model/remote-error.ts";
import { secretValue } from "#model/secret-value.ts";
import { addCommit, addToken, addUser } from "../../emulator/build-world.ts";
import { createSubscription, findSubscriptions, listNotifications, sendTestNotification } from "./subscriptions.ts";
import { emulatedOrganization } from "./testing/emulated-organization.ts";

/** Keeps what deliveries say; accepts the first and fails afterwards. */
async function receiver(t: TestContext) {
  const deliveries: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    request.on("end", () => {
      deliveries.push(JSON.parse(text));
      response.writeHead(deliveries.length === 1 ? 200 : 500).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close().closeAllConnections());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/key`;
  return { url, deliveries };
}

test("a test notification arrives with the id of its event, and the history tells of deliveries", async (t) => {
  const { client, emulator, world, organization, repository, user, projectId } = await emulatedOrganization(t);
  const { url, deliveries } = await receiver(t);
  const password = secretValue(["pass", "word"].join(""));
  const inputs = { projectId, eventType: "git.push", url, username: "sallyport", password } as const;
  const { id } = await createSubscription(client, inputs);
  const sent = await sendTestNotification(client, inputs, id);
  await emulator.settled();
  assert.deepEqual(
    deliveries.map((delivery) => [delivery.id, delivery.subscriptionId, delivery.eventType]),
    [[sent.eventId, id, "git.push"]],
  );
  assert.deepEqual(await listNotifications(client, id, { maxResults: 5 }), [], "tests are no deliveries of it");
  await addCommit(world, organization, repository, user, { branch: "main", message: "m", files: { "b.ts": "b" } });
  await emulator.settled();
  const [delivery] = await listNotifications(client, id, { maxResults: 5 });
  assert.deepEqual([delivery?.eventId, delivery?.result], [deliveries[1]?.id, "failed"]);
  assert.match(delivery?.errorMessage ?? "", /500/);
  await sendTestNotification(client, inputs);
  await emulator.settled();
  assert.equal(deliveries[2]?.subscriptionId, "00000000-0000-0000-0000-000000000000");
});

test("a subscription to the whole organization takes a collection administrator", async (t) => {
  const { client, clientOf, world, organization } = await emulatedOrganization(t);
  const url = "https://sallyport.example/hooks/key";
  const password = secretValue(["pass", "word"].join(""));
  const inputs = { eventType: "build.complete", url, username: "sallyport", password } as const;
  for (const hookRefusalStatus of [400, 403] as const) {
    world.switches.hookRefusalStatus = hookRefusalStatus;
    await assert.rejects(createSubscription(client, inputs), (error) => {
      assert.ok(error instanceof RemoteError);
      assert.deepEqual([error.code, error.details.missing], ["forbidden", { right: "Edit subscriptions" }]);
      return true;
    });
  }
  const administrator = addUser(world, "Grace Hopper", { organization, group: "collection administrators" });
  const above = clientOf(addToken(world, administrator));
  const made = await createSubscription(above, inputs);
  assert.deepEqual([made.projectId, made.eventType], [undefined, "build.complete"]);
  assert.deepEqual(await findSubscriptions(above, url), [made]);
});
