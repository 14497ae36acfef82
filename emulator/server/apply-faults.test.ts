import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addProject } from "../build-world.ts";
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

  it("says when to come again as a date on its own clock, wrong as that may be", async () => {
    const { faults } = one.emulator.world;
    faults.push({ id: "6", is: "wrong-clock", milliseconds: -3_600_000, times: 1 });
    faults.push({ id: "7", is: "status", status: 429, retryAfter: 4, asDate: true, times: 1 });
    const { headers } = await one.ask("GET", "/fabrikam/_apis/projects");
    const [again, date] = [headers.get("retry-after"), headers.get("date")].map((text) => Date.parse(text ?? ""));
    assert.equal((again ?? 0) - (date ?? 0), 4000);
    assert.ok((again ?? 0) < Date.now() - 3_000_000);
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

  it("changes a list while it is read: an entry comes twice, or is skipped", async () => {
    const { world } = one.emulator;
    for (const name of ["A", "B", "C", "D"]) addProject(world, one.organization, name);
    const read = async () => {
      const names: string[] = [];
      let token = "";
      do {
        const page = await one.ask("GET", `/fabrikam/_apis/projects?$top=2&continuationToken=${token}`);
        names.push(...page.json.value.map((project: { name: string }) => project.name));
        token = page.headers.get("x-ms-continuationtoken") ?? "";
      } while (token !== "");
      return names.join(" ");
    };
    world.faults.push({ id: "6", is: "page-changes", matches: "/projects", times: 1 });
    assert.equal(await read(), "My Project A A B C D");
    world.faults.push({ id: "7", is: "page-changes", matches: "/projects", change: "removes", times: 1 });
    assert.equal(await read(), "My Project A C D");
    assert.equal(await read(), "My Project A B C D");
  });

  it("shows a wrong time, the sign-in page, or half an answer", async () => {
    const { faults } = one.emulator.world;
    faults.push({ id: "8", is: "wrong-clock", milliseconds: -3_600_000, times: 1 });
    const late = await one.ask("GET", "/fabrikam/_apis/projects");
    const off = Date.now() - Date.parse(late.headers.get("date") ?? "");
    assert.ok(Math.abs(off - 3_600_000) < 10_000, String(off));
    faults.push({ id: "9", is: "unauthorized-pages", matches: "/projects", times: 1 });
    const page = await one.ask("GET", "/fabrikam/_apis/projects");
    assert.deepEqual([page.status, page.headers.get("content-type")], [203, "text/html; charset=utf-8"]);
    faults.push({ id: "10", is: "drop-connection", matches: "/projects", times: 1 });
    await assert.rejects(one.ask("GET", "/fabrikam/_apis/projects"), /terminated/);
    assert.equal((await one.ask("GET", "/fabrikam/_apis/projects")).status, 200);
  });

  it("keeps a budget per person: tells what is left, delays, blocks, and forgets with time", async () => {
    const { world, clock, url } = one.emulator;
    const set = await fetch(`${url}/_emulator/switches`, {
      method: "PATCH",
      body: JSON.stringify({ rateBudget: { limit: 10, window: 60 } }),
    });
    assert.equal(set.status, 200);
    const call = () => one.ask("GET", "/fabrikam/_apis/projects");
    for (let spent = 1; spent <= 8; spent += 1)
      assert.equal((await call()).headers.get("x-ratelimit-limit"), null, String(spent));
    const warned = await call();
    assert.deepEqual(
      ["x-ratelimit-limit", "x-ratelimit-remaining", "retry-after"].map((name) => warned.headers.get(name)),
      ["10", "1", null],
    );
    await call();
    const delayed = await call();
    assert.equal(delayed.status, 200);
    assert.ok(Number(delayed.headers.get("retry-after")) > 50);
    await call();
    const blocked = await call();
    assert.deepEqual([blocked.status, blocked.headers.get("x-ratelimit-remaining")], [429, "0"]);
    assert.match(blocked.json.message, /^TF400733/);
    assert.equal((await one.ask("GET", "/fabrikam/_apis/projects", { token: one.tokens.reader })).status, 200);
    await clock.advance(Number(blocked.headers.get("retry-after")) * 1000);
    assert.equal((await call()).status, 200);
    world.switches.rateBudget = null;
    assert.equal((await call()).headers.get("x-ratelimit-limit"), null);
  });
});
