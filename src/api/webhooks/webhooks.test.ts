import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { DeliveryId } from "#model/webhook.ts";
import { recordAttempt } from "#store/webhooks/webhook-deliveries.ts";
import type { Audit } from "../audit/contract.ts";
import type { ProblemDetails } from "../shapes/problem-details.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { Deliveries, DeliveryRow, WebhookRow, Webhooks, WebhookWithSecret } from "./contract.ts";

describe("webhooks", () => {
  let api: TestApi;
  let one: Added;
  let anna: Browser;
  let made: WebhookWithSecret;
  const wish = { name: "Chat", address: "https://chat.example/a-token", events: ["digest"], enabled: true };
  const path = () => `/api/instances/${one.instance}/webhooks`;
  before(async () => {
    api = await openApi();
    one = await addInstance(api.app, "one");
    await api.addUser("anna", "administrator");
    await api.addUser("mia", "member");
    anna = await api.browser("anna");
    made = (await anna.call("POST", path(), wish)).json<WebhookWithSecret>();
  });
  after(() => api.close());

  it("are made by administrators; the secret is shown once, and no token is in the audit log", async () => {
    assert.match(made.secret, /^[\w-]{43}$/);
    const { rows } = (await anna.call("GET", path())).json<Webhooks>();
    assert.deepEqual(
      rows.map((row) => [row.name, "secret" in row]),
      [["Chat", false]],
    );
    const again = (await anna.call("POST", `/api/webhooks/${made.id}/secret`, {})).json<WebhookWithSecret>();
    assert.notEqual(again.secret, made.secret);
    const mia = await api.browser("mia");
    assert.equal((await mia.call("GET", path())).statusCode, 403);
    const audit = (await anna.call("GET", "/api/audit")).body;
    assert.match(audit, /webhook-created/);
    assert.doesNotMatch(audit, /a-token/);
  });

  it("are refused where only this server could go", async () => {
    const refused = [
      "http://chat.example/",
      "https://10.0.0.1/",
      "https://[::1]/",
      "https://localhost/",
      "https://u:p@chat.example/",
      "ftp://a.example/",
      "https://2130706433/",
    ];
    for (const address of refused) {
      const answer = await anna.call("POST", path(), { ...wish, address });
      assert.equal(answer.statusCode, 422, address);
      const { errors, detail } = answer.json<ProblemDetails>();
      assert.deepEqual([errors?.[0]?.pointer, detail], ["#/address", errors?.[0]?.message]);
    }
  });

  it("are tried, and what they were told is sent again", async () => {
    const ping = (await anna.call("POST", `/api/webhooks/${made.id}/try`, {})).json<DeliveryRow>();
    assert.deepEqual([ping.event, ping.state, JSON.parse(ping.body).by], ["ping", "waiting", "anna"]);
    const at = api.app.now();
    const failed = { state: "failed", nextTry: null, lastStatus: 500, lastAnswer: "out of order", at } as const;
    await recordAttempt(api.app.db, ping.id as DeliveryId, failed);
    const { rows, total } = (await anna.call("GET", `/api/webhooks/${made.id}/deliveries`)).json<Deliveries>();
    assert.deepEqual([total, rows[0]?.state, rows[0]?.lastStatus, rows[0]?.tries], [1, "failed", 500, 1]);
    const again = (await anna.call("POST", `/api/webhook-deliveries/${ping.id}/redeliver`, {})).json<DeliveryRow>();
    assert.deepEqual([again.state, again.tries, again.body], ["waiting", 0, ping.body]);
    const off = { ...wish, enabled: false };
    assert.equal((await anna.call("PUT", `/api/webhooks/${made.id}`, off)).json<WebhookRow>().enabled, false);
    assert.equal((await anna.call("POST", `/api/webhooks/${made.id}/try`, {})).statusCode, 409);
    assert.equal((await anna.call("DELETE", `/api/webhooks/${made.id}`)).statusCode, 200);
    assert.equal((await anna.call("GET", `/api/webhooks/${made.id}/deliveries`)).statusCode, 404);
    const { rows: log } = (await anna.call("GET", "/api/audit")).json<Audit>();
    assert(log.some(({ action }) => action === "webhook-deleted"));
  });
});
