import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { findSubscriptionByKey } from "#store/hooks/hook-subscriptions.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { openApi, type TestApi } from "../testing/open-api.ts";

describe("the receiver of hooks", () => {
  let api: TestApi;
  let added: Added;
  before(async () => {
    api = await openApi();
    added = await addInstance(api.app, "one");
  });
  after(() => api.close());

  const deliver = (
    body: string | Buffer,
    { key = added.hook.key, secret = added.hook.secret, type = "application/json" } = {},
  ) => {
    const authorization = `Basic ${Buffer.from(`sallyport:${secret}`).toString("base64")}`;
    return api.server.inject({
      method: "POST",
      url: `/hooks/${key}`,
      headers: { authorization, "content-type": type },
      payload: body,
    });
  };
  const push = (id: string) => JSON.stringify({ id, eventType: "git.push", notificationId: 1, resource: {} });
  const stored = async () => (await api.store.db.selectFrom("hookEvents").select("id").execute()).length;
  const counted = async () => {
    const row = await findSubscriptionByKey(api.app.db, added.hook.key);
    return [row?.accepted, row?.duplicate, row?.refused];
  };

  it("stores a delivery before it answers, and knows a replay", async () => {
    const before = await stored();
    assert.equal((await deliver(push("11111111-0000-4000-8000-000000000001"))).statusCode, 200);
    assert.equal(await stored(), before + 1);
    assert.equal((await deliver(push("11111111-0000-4000-8000-000000000001"))).statusCode, 200);
    assert.equal(await stored(), before + 1);
    assert.deepEqual(await counted(), [1, 1, 0]);
  });

  it("refuses a wrong secret and counts it; an unknown address is nothing", async () => {
    const before = await stored();
    const refused = await deliver(push("11111111-0000-4000-8000-000000000002"), { secret: "wrong" });
    assert.equal(refused.statusCode, 401);
    assert.match(String(refused.headers["www-authenticate"]), /^Basic/);
    assert.equal((await deliver("{}", { key: "unknown" })).statusCode, 404);
    const bare = await api.server.inject({ method: "POST", url: `/hooks/${added.hook.key}`, payload: "{}" });
    assert.equal(bare.statusCode, 401);
    assert.equal(await stored(), before);
    assert.equal((await counted())[2], 2);
  });

  it("keeps what is no JSON, whatever its type, up to 5 MB", async () => {
    const before = await stored();
    assert.equal((await deliver("no json at all", { type: "text/csv" })).statusCode, 200);
    assert.equal((await deliver(Buffer.alloc(4 * 1024 * 1024, "a"))).statusCode, 200);
    assert.equal(await stored(), before + 2);
    assert.equal((await deliver(Buffer.alloc(5 * 1024 * 1024 + 1, "a"))).statusCode, 413);
  });

  it("stores what arrives beside a body that the database refuses, and control characters as they came", async () => {
    const depth = 50_000;
    const deep = `{"id":"deep","eventType":"git.push","resource":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    const control = [`{"id":"one","eventType":"a\\u001eb","resource":{}}`, "no \u001e json", "", `"\u001e"`];
    const answers = await Promise.all(
      [push("33333333-0000-4000-8000-000000000001"), deep, ...control].map((body) => deliver(body)),
    );
    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [200, 503, 200, 200, 200, 200],
    );
    const rows = await api.store.db.selectFrom("hookEvents").select("body").orderBy("id", "desc").limit(4).execute();
    const bodies = new Set(rows.map(({ body }) => JSON.stringify(body)));
    const kept = control.map((text, n) => (n === 0 ? text : JSON.stringify({ unreadable: text })));
    assert.deepEqual(bodies, new Set(kept));
  });

  it("needs no session, sets no cookie, and is not limited in number", async () => {
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, n) => deliver(push(`22222222-0000-4000-8000-${String(n).padStart(12, "0")}`))),
    );
    assert.ok(answers.every(({ statusCode }) => statusCode === 200));
    assert.ok(
      answers.every(({ cookies, headers }) => cookies.length === 0 && headers["x-ratelimit-limit"] === undefined),
    );
    const metrics = await api.server.inject({ url: "/metrics" });
    assert.match(metrics.body, /sallyport_deliveries_total\{outcome="accepted"\} 30\d/);
  });
});
