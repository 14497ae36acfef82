import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { secretValue } from "#model/secret-value.ts";
import type { DeliveryId } from "#model/webhook.ts";
import { lastDigestTime } from "./ask-for-digests.ts";
import { openWebhookSender } from "./open-webhook-sender.ts";
import { headersOf } from "./sign-webhook.ts";

test("a delivery is signed over its time and its body", () => {
  const delivery = { id: "1" as DeliveryId, event: "ping", body: '{"a":1}' } as const;
  const headers = headersOf(delivery, secretValue("key"), new Date(1_700_000_000_999));
  assert.equal(headers["X-Sallyport-Timestamp"], "1700000000");
  // printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac key
  assert.equal(
    headers["X-Sallyport-Signature"],
    "sha256=a438e398bfafc57e4396bb7fc2304422f0f768e965d073ca313cb52e22e6ad03",
  );
});

test("answers are cut, redirects are not followed, and a name that leads inside is refused", async (t) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    if (request.url === "/long") response.end("x".repeat(100_000));
    else response.writeHead(302, { location: "/elsewhere" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const open = openWebhookSender({ allowsPrivate: true, environment: {} });
  const send = (path: string) => open.send({ address: `http://127.0.0.1:${port}${path}`, headers: {}, body: "{}" });
  const long = await send("/long");
  assert(long.is === "answer" && long.text.length === 4096);
  const moved = await send("/moved");
  assert(moved.is === "answer" && moved.status === 302);
  assert.deepEqual(asked, ["/long", "/moved"]);
  const closed = openWebhookSender({ allowsPrivate: false, environment: {} });
  const refused = await closed.send({ address: `https://127.0.0.1:${port}/`, headers: {}, body: "{}" });
  assert(refused.is === "failed");
  assert.match(refused.reason, /private address/);
  const nobody = await open.send({ address: "http://127.0.0.1:1/", headers: {}, body: "{}" });
  assert(nobody.is === "failed");
  assert.match(nobody.reason, /^127\.0\.0\.1:1 cannot be reached/);
});

test("a digest's week ends on Monday at six", () => {
  for (const [now, expected] of [
    ["2026-11-23T05:59:59Z", "2026-11-16T06:00:00.000Z"],
    ["2026-11-23T06:00:00Z", "2026-11-23T06:00:00.000Z"],
    ["2026-11-29T23:00:00Z", "2026-11-23T06:00:00.000Z"],
  ] as const) {
    assert.equal(lastDigestTime(new Date(now)).toISOString(), expected);
  }
});
