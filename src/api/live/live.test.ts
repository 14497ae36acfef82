import assert from "node:assert/strict";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { notifyLive } from "#store/live.ts";
import { grantAccess } from "#store/people/instance-access.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";

describe("GET /api/live", () => {
  let api: TestApi;
  let one: Added;
  let two: Added;
  let port: number;
  before(async () => {
    api = await openApi();
    one = await addInstance(api.app, "one");
    two = await addInstance(api.app, "two");
    const max = await api.addUser("max", "member");
    await grantAccess(api.app.db, max.id, two.instance);
    await api.server.listen({ host: "127.0.0.1", port: 0 });
    ({ port } = api.server.server.address() as AddressInfo);
  });
  after(() => api.close());

  async function listen(
    browser?: Browser,
  ): Promise<{ readonly stream: IncomingMessage; until(text: string): Promise<string> }> {
    const { cookie } = browser ?? (await api.browser("max"));
    const [stream] = (await once(
      get({ host: "127.0.0.1", port, path: "/api/live", headers: { cookie } }),
      "response",
    )) as [IncomingMessage];
    // Listening all the time: what comes between two looks would be lost.
    let text = "";
    stream.on("data", (chunk) => {
      text += String(chunk);
    });
    return {
      stream,
      async until(wanted) {
        while (!text.includes(wanted)) await once(stream, "data");
        return text;
      },
    };
  }

  it("tells what happens in the database, within the reader's scope", async () => {
    const reader = await listen();
    const { stream } = reader;
    assert.equal(stream.statusCode, 200);
    assert.match(String(stream.headers["content-type"]), /^text\/event-stream/);
    assert.match(String(stream.headers["content-security-policy"]), /default-src 'none'/);
    await reader.until("event: hello");
    await notifyLive(api.app.db, { is: "instance-changed", instanceId: one.instance });
    await notifyLive(api.app.db, { is: "instance-changed", instanceId: two.instance });
    const text = await reader.until(two.instance);
    assert.ok(!text.includes(one.instance));
    stream.destroy();
  });

  it("refuses who is not signed in", async () => {
    const answer = await api.server.inject({ url: "/api/live" });
    assert.equal(answer.statusCode, 401);
  });

  it("tells no more of an instance that was taken away, and ends with the session or the person", async () => {
    await api.addUser("anna", "administrator");
    const anna = await api.browser("anna");
    const { id } = await api.addUser("mia", "member");
    const give = async (instances: readonly string[]) =>
      anna.call("PUT", `/api/users/${id}`, { role: "member", instances });
    await give([one.instance, two.instance]);
    const mia = await api.browser("mia");
    const phone = await api.browser("mia");
    const [reader, other] = [await listen(mia), await listen(phone)];
    await Promise.all([reader.until("event: hello"), other.until("event: hello")]);
    await give([two.instance]);
    await notifyLive(api.app.db, { is: "instance-changed", instanceId: one.instance });
    await reader.until("event: hello\ndata: {}\n\nevent: hello");
    await notifyLive(api.app.db, { is: "instance-changed", instanceId: one.instance });
    await notifyLive(api.app.db, { is: "instance-changed", instanceId: two.instance });
    assert.ok(!(await reader.until(two.instance)).includes(one.instance));
    const ended = once(reader.stream, "end");
    await mia.call("DELETE", "/api/session");
    await ended;
    const removed = once(other.stream, "end");
    await anna.call("DELETE", `/api/users/${id}`);
    await removed;
  });

  it("says hello again where the database could not be heard for a while", async () => {
    const reader = await listen();
    await reader.until("event: hello");
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'sallyport sallyport_live'`.execute(api.app.db);
    await reader.until("event: hello\ndata: {}\n\nevent: hello");
    reader.stream.destroy();
  });

  it("ends when the server closes, without waiting", async () => {
    const reader = await listen();
    const { stream } = reader;
    await reader.until("event: hello");
    stream.resume();
    const ended = once(stream, "end");
    await Promise.all([api.server.close(), ended]);
  });
});
