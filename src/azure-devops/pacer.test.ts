import assert from "node:assert/strict";
import { test } from "node:test";
import { type Purpose, purposes } from "#model/purpose.ts";
import { RemoteError } from "#model/remote-error.ts";
import { createPacer } from "./pacer.ts";

/** A pacer on a clock that only waiting turns; calls end when the test says so. */
function paced(options: { callsAtOnce?: number; longestPause?: number } = {}) {
  let time = Date.parse("2026-03-01T12:00:00Z");
  const alarms: { at: number; ring: () => void }[] = [];
  const { callsAtOnce = 1, longestPause = 30_000 } = options;
  const pacer = createPacer({
    callsAtOnce,
    longestPause,
    now: () => new Date(time),
    wait: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        alarms.push({ at: time + milliseconds, ring: resolve });
        signal?.addEventListener("abort", () => reject(signal.reason));
      }),
  });
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const refused: RemoteError[] = [];
  const run = (purpose: Purpose, name: string = purpose, signal?: AbortSignal) => {
    const call = () => {
      started.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    };
    return pacer
      .run(call, { purpose, ...(signal && { signal }) })
      .catch((error: RemoteError) => void refused.push(error));
  };
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return {
    pacer,
    started,
    refused,
    run,
    settle,
    end: async (name: string) => {
      ends.get(name)?.();
      await settle();
    },
    pass: async (milliseconds: number) => {
      time += milliseconds;
      for (const alarm of alarms.splice(0))
        if (alarm.at <= time) alarm.ring();
        else alarms.push(alarm);
      await settle();
    },
    budget: (remaining: number, seconds = 20) =>
      pacer.heed({
        budget: { resource: "Core", limit: 200, remaining, resetAt: new Date(time + seconds * 1000) },
      }),
  };
}

test("what people wait for goes first; among equals who came first", async () => {
  const { run, started, settle, end } = paced();
  void run("backfill", "first");
  for (const purpose of purposes.toReversed()) void run(purpose);
  void run("person", "person again");
  await settle();
  const order = ["first", ...purposes.flatMap((one) => (one === "person" ? [one, "person again"] : [one]))];
  for (const name of order) await end(name);
  assert.deepEqual(started, order);
});

test("who waited for a minute goes in turn", async () => {
  const { run, started, pass, end, settle } = paced();
  void run("push", "busy");
  void run("backfill");
  await pass(61_000);
  void run("person");
  await settle();
  await end("busy");
  assert.deepEqual(started, ["busy", "backfill"]);
});

test("a budget that runs short holds back the less urgent until its reset, and no longer than may be waited", async () => {
  const one = paced({ callsAtOnce: 100 });
  one.budget(40);
  for (const purpose of purposes) void one.run(purpose);
  await one.settle();
  assert.deepEqual(one.started, ["person", "pull-request", "push", "hooks", "sync"]);
  one.budget(20);
  for (const purpose of ["sync", "hooks", "push"] as const) void one.run(purpose, `${purpose} 2`);
  one.budget(4);
  for (const purpose of ["push", "pull-request", "person"] as const) void one.run(purpose, `${purpose} 3`);
  await one.settle();
  assert.deepEqual(one.started.slice(5), ["push 2", "pull-request 3", "person 3"]);
  assert.equal(one.pacer.state().waiting, 6);
  await one.pass(20_000);
  assert.deepEqual(
    one.started.slice(8).toSorted(),
    ["backfill", "hooks 2", "posture", "preflight", "push 3", "sync 2"].toSorted(),
  );
  assert.equal(one.pacer.state().limit, undefined, "what is full again is no limit");
  one.budget(4, 300);
  await one.run("backfill", "too long");
  const [error] = one.refused;
  assert.deepEqual([error?.code, error?.retryAfter], ["rate-limited", 300_000]);
  assert.match(error?.message ?? "", /4 of 200 left/);
});

test("a pause holds everything, is counted for who waited, and those who cancel leave", async () => {
  const { pacer, run, started, settle, pass, refused } = paced();
  pacer.heed({ pause: 10_000 });
  const waits: number[] = [];
  const counted = pacer.run(async () => started.push("counted"), {
    purpose: "person",
    waited: (milliseconds) => waits.push(milliseconds),
  });
  const stop = new AbortController();
  void run("push", "cancelled", stop.signal);
  await settle();
  stop.abort(new RemoteError("timed-out", "cancelled"));
  await settle();
  assert.deepEqual([refused.length, pacer.state().waiting], [1, 1]);
  pacer.heed({ pause: 5_000 });
  await pass(5_000);
  assert.deepEqual(started, [], "a shorter pause ends no longer one");
  await pass(5_000);
  await counted;
  assert.deepEqual([started, waits], [["counted"], [10_000]]);
});

test("a clock that is put back makes no pause longer than the service may ask for", async () => {
  const { pacer, run, refused, pass, started, budget } = paced();
  pacer.heed({ pause: 20_000 });
  budget(2);
  await pass(-2 * 60 * 60_000);
  await run("person");
  assert((refused[0]?.retryAfter ?? 0) <= 15 * 60_000, `${refused[0]?.retryAfter}`);
  await pass(15 * 60_000);
  void run("sync");
  await pass(0);
  assert.deepEqual(started, ["sync"]);
});
