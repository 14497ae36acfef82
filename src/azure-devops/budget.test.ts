// The budget of the emulated service, spent by work of every urgency.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pino } from "pino";
import { RemoteError } from "#model/remote-error.ts";
import { secretValue } from "#model/secret-value.ts";
import { openRemote } from "./open-remote.ts";
import { path } from "./organization-client.ts";
import { emulatedOrganization } from "./testing/emulated-organization.ts";

test("work that nobody waits for stops early enough that pull requests are never held up", async (t) => {
  const { emulator, world, token, remote: other } = await emulatedOrganization(t);
  world.switches.rateBudget = { limit: 100, window: 60 };
  const { clock } = emulator;
  const remote = openRemote({
    addresses: other.addresses,
    log: pino({ level: "silent" }),
    userAgent: "sallyport/test",
    now: () => clock.now(),
    wait: (milliseconds) => clock.advance(milliseconds),
  });
  /** Calls until one is put off, a hundred at most; how many went through. */
  const spend = async (purpose: Parameters<typeof remote.organization>[2], most = 100) => {
    const client = remote.organization("contoso", { is: "pat", value: secretValue(token.value) }, purpose);
    for (let calls = 0; calls < most; calls += 1) {
      try {
        await client.request({ path: path`/_apis/projects` });
      } catch (error) {
        assert.ok(error instanceof RemoteError && error.code === "rate-limited");
        assert.ok(Number(error.retryAfter) > 30_000);
        return calls;
      }
    }
    return most;
  };
  const backfill = await spend("backfill");
  const sync = await spend("sync");
  const push = await spend("push");
  const urgent = await spend("pull-request", 4);
  assert.deepEqual({ backfill, sync, push, urgent }, { backfill: 81, sync: 5, push: 10, urgent: 4 });
  assert.equal(
    remote.takeSpend().every(({ refused, delayedMilliseconds }) => refused === 0 && delayedMilliseconds <= 100),
    true,
  );
  await clock.advance(61_000);
  assert.equal(await spend("backfill", 10), 10);
});
