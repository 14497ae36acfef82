import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { getInstance } from "#store/instances/instances.ts";
import { useOwnServer } from "#store/testing/fresh-database.ts";
import { keepsWhatItConfirms, killDatabase, severConnections } from "#store/testing/trouble-database.ts";
import { type Burst, prepareBurst } from "../chaos/burst.ts";
import { verify } from "../chaos/verify.ts";
import { connect } from "./connect.ts";
import { type House, openHouse } from "./house.ts";
import { until } from "./until.ts";

let house: House;
let burst: Burst;

before(async () => {
  useOwnServer();
  const opened = await openHouse();
  burst = await prepareBurst(opened.emulator, 6);
  house = { ...opened, organization: burst.organization, ownerToken: burst.ownerToken };
  await keepsWhatItConfirms(house.app.db);
});

after(() => house.close());

async function nothingIsMissing(): Promise<void> {
  const { app, emulator } = house;
  const look = async () => {
    await emulator.settled();
    // Clearing away is tried again after a minute, and nobody waits for it.
    const pending = (await app.jobs.pending()).filter(({ queue }) => queue !== "maintenance");
    if (pending.some(({ waiting, delayed, active }) => waiting + delayed + active > 0)) return undefined;
    const verdict = await verify(app.db, app.jobs, emulator.world, burst);
    return verdict.lost.length === 0 ? verdict : undefined;
  };
  // While it is down nobody can ask it how things stand.
  const { doubled } = await until("everything scanned", () => look().catch(() => undefined), {
    within: 60_000,
    detail: async () => ({
      verdict: await verify(app.db, app.jobs, emulator.world, burst),
      pending: await app.jobs.pending(),
    }),
  });
  assert.deepEqual(doubled, []);
}

async function pushMany(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await burst.push();
}

test("the database is killed while an organization is read for the first time: it is read in the end, with one hook each", async () => {
  const instance = await connect(house);
  await until("the first hook", async () => burst.organization.subscriptions.length > 0);
  await killDatabase(house.app.db);
  await nothingIsMissing();
  assert.equal((await getInstance(house.app.db, instance))?.state, "connected");
  const hooks = burst.organization.subscriptions.map(({ eventType, publisherInputs }) => [
    eventType,
    publisherInputs.projectId,
  ]);
  assert.equal(new Set(hooks.map(String)).size, hooks.length);
});

test("the database is killed in the middle of deliveries and scans, and then its connections end again and again", async () => {
  await pushMany(8);
  await Promise.all([pushMany(20), killDatabase(house.app.db)]);
  const pushing = pushMany(16);
  for (let time = 0; time < 4; time++) {
    await pushMany(2);
    await severConnections(house.app.db);
  }
  await pushing;
  await nothingIsMissing();
});
