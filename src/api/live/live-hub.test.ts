import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import { after, describe, it } from "node:test";
import type { InstanceId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import { createLiveHub } from "./live-hub.ts";

const one = "00000000-0000-7000-8000-000000000001" as InstanceId;
const two = "00000000-0000-7000-8000-000000000002" as InstanceId;

describe("live hub", () => {
  const open: (() => void)[] = [];
  after(() => {
    for (const close of open) close();
  });

  /** A real connection: the hub on one side, a reader on the other. */
  async function connect(
    hub: ReturnType<typeof createLiveHub>,
    scope: Scope,
    scopeNow: () => Promise<Scope | undefined> = async () => scope,
  ): Promise<{ readonly incoming: IncomingMessage; readonly outgoing: ServerResponse }> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    open.push(() => server.close());
    const address = server.address();
    assert.ok(address && typeof address === "object");
    const requested = once(server, "request") as Promise<[IncomingMessage, ServerResponse]>;
    const answered = new Promise<IncomingMessage>((done) => get({ port: address.port, host: "127.0.0.1" }, done));
    const [, outgoing] = await requested;
    hub.connect(outgoing, scope, scopeNow);
    return { incoming: await answered, outgoing };
  }

  async function readUntil(incoming: IncomingMessage, text: string): Promise<string> {
    let all = "";
    for await (const chunk of incoming) {
      all += String(chunk);
      if (all.includes(text)) break;
    }
    return all;
  }

  it("tells each reader what they may see, after a hello", async () => {
    const hub = createLiveHub();
    const { incoming } = await connect(hub, { is: "instances", ids: [two] });
    hub.publish({ is: "instance-changed", instanceId: one });
    hub.publish({ is: "instance-changed", instanceId: two });
    const text = await readUntil(incoming, two);
    assert.match(text, /^event: hello\n/);
    assert.ok(!text.includes(one));
    hub.close();
  });

  it("ends when closed, and when the reader may not see anything any more", async () => {
    const hub = createLiveHub({ heartbeat: 5 });
    const { incoming } = await connect(hub, { is: "everything" }, async () => undefined);
    incoming.resume();
    await once(incoming, "end");
    const other = await connect(hub, { is: "everything" });
    hub.close();
    other.incoming.resume();
    await once(other.incoming, "end");
    assert.equal(hub.connections, 0);
  });

  it("does not buffer for a reader that does not read, and says hello when it does again", async () => {
    const hub = createLiveHub();
    const { incoming, outgoing } = await connect(hub, { is: "everything" });
    const before = hub.connections;
    assert.equal(before, 1);
    for (let n = 0; n < 200_000; n += 1) hub.publish({ is: "instance-changed", instanceId: one });
    assert.ok(outgoing.writableLength < 1024 * 1024, `${outgoing.writableLength} bytes wait`);
    let hellos = 0;
    for await (const chunk of incoming) {
      hellos += String(chunk).split("event: hello").length - 1;
      if (hellos > 1) break;
    }
    assert.ok(hellos > 1);
    hub.close();
  });
});
