import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener, request } from "node:http";
import type { AddressInfo } from "node:net";
import { after, describe, it } from "node:test";
import { inspect } from "node:util";
import { secretValue } from "#model/secret-value.ts";
import { findLiveCheck } from "#scan/secrets/live/find-live-check.ts";
import { isSpecialAddress } from "../special-addresses.ts";
import { createLiveAsker, type LiveAsker } from "./open-live-asker.ts";
import { sendVia, type Transport } from "./send-live-request.ts";

const value = `ghp_${"k3Y".repeat(12)}`;
const closing: (() => void)[] = [];
after(() => {
  for (const close of closing) close();
});

/** A stand-in for every provider, without TLS; the clock only goes on when somebody waits. */
async function standIn(answer: RequestListener, changed: Partial<Transport> = {}) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const send = sendVia({
    resolve: async () => [{ address: "127.0.0.1", family: 4 }],
    refuses: () => false,
    request: request as Transport["request"],
    options: { port: (server.address() as AddressInfo).port },
    timeLimit: 5000,
    ...changed,
  });
  let time = Date.UTC(2026, 0, 1);
  const waits: number[] = [];
  const asker = createLiveAsker(send, {
    now: () => new Date(time),
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      time += milliseconds;
    },
  });
  return { asker, waits, pass: (milliseconds: number) => (time += milliseconds) };
}

function ask(asker: LiveAsker, secret = value) {
  const found = findLiveCheck("secrets/github-token", secret);
  assert.ok(found);
  return asker.ask({ ...found, value: secretValue(secret), companion: undefined });
}

function answering(status: number, body: string, headers: Readonly<Record<string, string>> = {}): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
  };
}

const user = JSON.stringify({ login: "ada", id: 1 });

describe("asking a provider", () => {
  it("sends one request to the provider's host, and believes its own mark", async () => {
    const seen: unknown[] = [];
    const { asker } = await standIn((incoming, response) => {
      const { host, authorization } = incoming.headers;
      seen.push([incoming.method, incoming.url, host, authorization, incoming.headers["user-agent"]]);
      answering(200, user)(incoming, response);
    });
    assert.equal((await ask(asker)).verdict, "live");
    assert.deepEqual(seen, [["GET", "/user", "api.github.com", `Bearer ${value}`, "Sallyport"]]);
  });

  const dead = JSON.stringify({ message: "Bad credentials" });
  const cases: readonly (readonly [string, RequestListener, string, RegExp])[] = [
    ["the documented refusal", answering(401, dead), "not-live", /does not take/],
    ["a page of a firewall", answering(403, "<html>no</html>", { "content-type": "text/html" }), "unknown", /403/],
    ["a page that says yes", answering(200, user, { "content-type": "text/html" }), "unknown", /without JSON/],
    ["JSON without the mark", answering(200, "{}"), "unknown", /proves nothing/],
    ["another refusal", answering(401, '{"message":"Requires authentication"}'), "unknown", /proves nothing/],
    ["a redirect", answering(302, user, { location: "http://127.0.0.1/" }), "unknown", /nobody follows/],
    ["trouble", answering(500, user), "unknown", /trouble of its own/],
    ["a huge answer", answering(200, `${" ".repeat(200_000)}${user}`), "unknown", /more text than is read/],
    ["an answer that breaks off", (incoming) => incoming.socket.destroy(), "unknown", /cannot be reached/],
  ];
  for (const [name, answer, verdict, reason] of cases) {
    it(`${name} is ${verdict}`, async () => {
      const { asker } = await standIn(answer);
      const found = await ask(asker);
      assert.equal(found.verdict, verdict);
      assert.match(found.reason, reason);
    });
  }

  it("waits no longer than the limit", async () => {
    const { asker } = await standIn(() => {}, { timeLimit: 30 });
    assert.match((await ask(asker)).reason, /did not answer in time/);
  });

  it("sends nothing to a private address, whatever the name server says", async () => {
    let isAsked = false;
    const listener: RequestListener = (_request, response) => {
      isAsked = true;
      response.end();
    };
    const { asker } = await standIn(listener, { refuses: isSpecialAddress });
    assert.match((await ask(asker)).reason, /private address/);
    assert.equal(isAsked, false);
    const inside = "127.0.0.1 10.1.2.3 172.31.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 255.255.255.255";
    for (const address of [...inside.split(" "), "::1", "::", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "ff02::1"]) {
      assert.equal(isSpecialAddress(address), true, address);
    }
    // Through a gateway or a tunnel to the older internet.
    for (const address of ["64:ff9b::a9fe:a9fe", "64:ff9b::10.0.0.1", "2002:7f00:1::", "2001:0:a00:1::"]) {
      assert.equal(isSpecialAddress(address), true, address);
    }
    for (const address of ["8.8.8.8", "140.82.121.6", "2606:4700::1111", "2001:4860:4860::8888", "64:ff9b::8.8.8.8"])
      assert.equal(isSpecialAddress(address), false);
  });

  it("asks one host at most twice a second, and leaves it alone when it says so", async () => {
    let status = 200;
    let count = 0;
    const { asker, waits, pass } = await standIn((incoming, response) => {
      count += 1;
      answering(status, user, { "retry-after": "30" })(incoming, response);
    });
    for (let index = 0; index < 4; index++) await ask(asker);
    assert.deepEqual(waits, [500, 500, 500]);
    status = 429;
    assert.match((await ask(asker)).reason, /429/);
    status = 200;
    const before = count;
    assert.match((await ask(asker)).reason, /pause/);
    assert.equal(count, before);
    pass(30_001);
    assert.equal((await ask(asker)).verdict, "live");
  });

  it("repeats the secret nowhere", async () => {
    for (const answer of [
      answering(200, user),
      answering(418, JSON.stringify({ message: value })),
      answering(302, ""),
    ]) {
      const { asker } = await standIn(answer);
      assert.doesNotMatch(inspect(await ask(asker), { depth: 9 }), /k3Yk3Y/);
    }
    const { asker } = await standIn((incoming) => incoming.socket.destroy());
    assert.doesNotMatch(inspect(await ask(asker), { depth: 9 }), /k3Yk3Y/);
  });
});
