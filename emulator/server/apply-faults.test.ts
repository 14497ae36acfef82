import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openTryWorld, type TryWorld } from "../try-world.ts";

describe("faults of requests", () => {
  let one: TryWorld;
  before(async () => {
    one = await openTryWorld();
  });
  after(() => one.close());

  it("blocks with 429 as often as told, and only where it matches", async () => {
    one.emulator.world.faults.push({
      id: "1",
      is: "status",
      status: 429,
      retryAfter: 7,
      matches: "/projects",
      times: 2,
    });
    assert.equal((await one.ask("GET", "/fabrikam/_apis/git/repositories")).status, 200);
    const blocked = await one.ask("GET", "/fabrikam/_apis/projects");
    assert.equal(blocked.status, 429);
    assert.equal(blocked.headers.get("retry-after"), "7");
    assert.equal(blocked.headers.get("x-ratelimit-remaining"), "0");
    assert.match(blocked.json.message, /^TF400733/);
    assert.equal((await one.ask("GET", "/fabrikam/_apis/projects")).status, 429);
    assert.equal((await one.ask("GET", "/fabrikam/_apis/projects")).status, 200);
  });

  it("breaks with a 5xx, and delays as a 200 that says when to come again", async () => {
    one.emulator.world.faults.push({ id: "2", is: "status", status: 502, times: 1 });
    assert.equal((await one.ask("GET", "/fabrikam/_apis/projects")).status, 502);
    one.emulator.world.faults.push({ id: "3", is: "rate-limit-delay", milliseconds: 5, retryAfter: 3, times: 1 });
    const delayed = await one.ask("GET", "/fabrikam/_apis/projects");
    assert.equal(delayed.status, 200);
    assert.equal(delayed.headers.get("retry-after"), "3");
    assert.equal(delayed.headers.get("x-ratelimit-delay"), "0.005");
  });

  it("leaves the rate headers out on hooks when told to", async () => {
    const { world } = one.emulator;
    const blocked = async () => {
      world.faults.push({ id: "4", is: "status", status: 429, times: 1 });
      return (await one.ask("GET", "/fabrikam/_apis/hooks/subscriptions")).headers.get("retry-after");
    };
    assert.equal(await blocked(), "1");
    world.switches.rateLimitHeadersOnHooks = false;
    assert.equal(await blocked(), null);
    world.switches.rateLimitHeadersOnHooks = true;
  });

  it("waits", async () => {
    one.emulator.world.faults.push({ id: "5", is: "latency", milliseconds: 60, times: 1 });
    const started = performance.now();
    await one.ask("GET", "/fabrikam/_apis/projects");
    assert.ok(performance.now() - started >= 55);
  });
});
