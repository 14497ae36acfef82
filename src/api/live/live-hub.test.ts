import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import { after, describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { InstanceId, UserId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import { createLiveHub } from "./live-hub.ts";

const one = "00000000-0000-7000-8000-000000000001" as InstanceId;
const two = "00000000-0000-7000-8000-000000000002" as InstanceId;
const max = "00000000-0000-7000-8000-000000000003" as UserId;
const mia = "00000000-0000-7000-8000-000000000004" as UserId;

describe("live hub", () => {
  const open: (() => void)[] = [];
  after(() => {
    for (const close of open) close();
  });

  /** A real connection: the hub on one side, a reader on the other. */
  async function connect(
    hub: ReturnType<typeof createLiveHub>,
    scopeNow: () => Promise<Scope | undefined>,
    userId = max,
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
    hub.connect(outgoing, userId, scopeNow);
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

  /** Listening all the time: what comes between two looks would be lost. */
  function follow(incoming: IncomingMessage): (text: string) => Promise<string> {
    let all = "";
    incoming.on("data", (chunk) => {
      all += String(chunk);
    });
    return async (text) => {
      while (!all.includes(text)) await once(incoming, "data");
      return all;
    };
  }

  it("tells each reader what they may see, after a hello", async () => {
    const hub = createLiveHub();
    const { incoming } = await connect(hub, async () => ({ is: "instances", ids: [two] }));
    hub.publish({ is: "instance-changed", instanceId: one });
    hub.publish({ is: "instance-changed", instanceId: two });
    const text = await readUntil(incoming, two);
    assert.match(text, /^event: hello\n/);
    assert.ok(!text.includes(one));
    hub.close();
  });

  it("ends when closed, and when the reader may not see anything any more", async () => {
    const hub = createLiveHub({ heartbeat: 5 });
    let scope: Scope | undefined = { is: "everything" };
    const { incoming } = await connect(hub, async () => scope);
    await once(incoming, "data");
    scope = undefined;
    await once(incoming.resume(), "end");
    const other = await connect(hub, async () => ({ is: "everything" }));
    hub.close();
    other.incoming.resume();
    await once(other.incoming, "end");
    assert.equal(hub.connections, 0);
  });

  it("tells nothing while it is asked what somebody may see now, then hello; others notice nothing", async () => {
    const hub = createLiveHub();
    const answers: PromiseWithResolvers<Scope | undefined>[] = [];
    let isHeld = false;
    const asked = async (): Promise<Scope | undefined> => {
      if (!isHeld) return { is: "everything" };
      const answer = Promise.withResolvers<Scope | undefined>();
      answers.push(answer);
      return answer.promise;
    };
    const reader = await connect(hub, asked);
    const other = await connect(hub, async () => ({ is: "everything" }), mia);
    const [readerUntil, otherUntil] = [follow(reader.incoming), follow(other.incoming)];
    const hello = "event: hello\ndata: {}\n\n";
    await Promise.all([readerUntil(hello), otherUntil(hello)]);
    isHeld = true;
    hub.publish({ is: "access-changed", userId: max });
    hub.publish({ is: "access-changed", userId: max });
    hub.publish({ is: "instance-changed", instanceId: one });
    const [first, second] = answers;
    assert.ok(first && second);
    // What was read before the last change comes last.
    second.resolve({ is: "instances", ids: [two] });
    await readerUntil(hello + hello);
    first.resolve({ is: "everything" });
    await setImmediate();
    hub.publish({ is: "instance-changed", instanceId: one });
    hub.publish({ is: "instance-changed", instanceId: two });
    const message = `data: {"is":"instance-changed","instanceId":"${two}"}\n\n`;
    assert.equal(await readerUntil(two), hello + hello + message);
    assert.equal((await otherUntil(two)).split(hello).length, 2);
    hub.close();
  });

  it("ends at once for who was removed, and says nothing more", async () => {
    const hub = createLiveHub();
    let scope: Scope | undefined = { is: "everything" };
    const { incoming } = await connect(hub, async () => scope);
    await once(incoming, "data");
    scope = undefined;
    hub.publish({ is: "access-changed", userId: max });
    hub.publish({ is: "instance-changed", instanceId: one });
    let news = "";
    for await (const chunk of incoming) news += String(chunk);
    assert.deepEqual([news, hub.connections], ["", 0]);
    hub.close();
  });

  it("keeps nobody who went away before being connected", async () => {
    const hub = createLiveHub();
    const { outgoing } = await connect(hub, async () => ({ is: "everything" }));
    outgoing.destroy();
    await once(outgoing, "close");
    assert.equal(hub.connections, 0);
    hub.connect(outgoing, max, async () => ({ is: "everything" }));
    assert.equal(hub.connections, 0);
    hub.close();
  });

  it("does not buffer for a reader that does not read, and says hello when it does again", async () => {
    const hub = createLiveHub();
    const { incoming, outgoing } = await connect(hub, async () => ({ is: "everything" }));
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
