/** What the schedule asks for: one thing that fails keeps nothing else from being asked, and is asked again soon. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { App } from "#flows/app.ts";
import { startSchedule } from "#flows/jobs/schedule.ts";
import { connect } from "./connect.ts";
import { type House, openHouse } from "./house.ts";

let house: House;

before(async () => {
  house = await openHouse();
  await connect(house);
  await house.quiet();
});

after(() => house.close());

test("what fails is asked again with the next turn, though it is due once a day", async () => {
  let refreshed = 0;
  const refreshing: App["refreshing"] = {
    ...house.app.refreshing,
    start() {
      refreshed += 1;
      if (refreshed === 1) throw new Error("The disk is full.");
      return true;
    },
  };
  const asked = new Set<string>();
  const enqueue = async (_tx: unknown, name: string) => void asked.add(name);
  const jobs = { ...house.app.jobs, enqueue } as App["jobs"];
  const schedule = await startSchedule({ ...house.app, refreshing, jobs });
  assert(asked.has("maintenance"), [...asked].join());
  assert.equal(refreshed, 1);
  for (const seconds of [30, 30, 30]) {
    await house.emulator.clock.advance(seconds * 1000);
    await schedule.tick();
  }
  schedule.stop();
  // Once more soon after the first time, as everything at a start.
  assert.equal(refreshed, 3);
});
