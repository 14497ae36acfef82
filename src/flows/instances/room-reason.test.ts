import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { gitFailure } from "#git/git-failure.ts";
import type { InstanceOverview } from "#store/instances/instances.ts";
import { type FreshDatabase, freshDatabase } from "#store/testing/fresh-database.ts";
import type { App } from "../app.ts";
import { reasonOf } from "../jobs/reason-of.ts";
import { noteFullDisk, roomReason, withReason } from "./room-reason.ts";

let database: FreshDatabase;
before(async () => {
  database = await freshDatabase();
});
after(() => database.drop());

/** Each looks for itself: what one ran into is not what the other remembers. */
function looker() {
  const clock = { time: Date.parse("2026-01-31T12:00:00Z") };
  const db = {};
  return { clock, app: { db, knowledge: { folder: "/" }, now: () => new Date(clock.time) } as unknown as App };
}

const plenty = async () => 10 * 1024 ** 3;

test("little room in the data folder is told while it lasts, with what to do", async () => {
  const { app } = looker();
  assert.equal(await roomReason(app, plenty), undefined);
  const reason = await roomReason(app, async () => 3 * 1024 ** 2);
  assert.deepEqual([reason?.code, reason?.level], ["no-room", "error"]);
  assert.match(reason?.cause ?? "", /data folder \(3 MB\)/);
  assert.match(reason?.remedy ?? "", /Free some space/);
  const told = withReason({ state: "connected", reasons: [] } as unknown as InstanceOverview, reason);
  assert.deepEqual([told.state, told.reasons], ["error", [reason]]);
  assert.equal(await roomReason(app, () => Promise.reject(new Error("nowhere"))), undefined);
});

test("what a job ran into is told for a while, of the database and of git", async () => {
  const { app, clock } = looker();
  const refused = await sql`do $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`
    .execute(database.store.db)
    .catch((error: unknown) => error);
  noteFullDisk(app, refused);
  assert.match((await roomReason(app, plenty))?.cause ?? "", /disk of the database/);
  assert.equal(reasonOf(refused), "No room is left on the disk of the database.");
  clock.time += 20 * 60_000;
  assert.equal(await roomReason(app, plenty), undefined);
  const failure = gitFailure("fetch", "fatal: write error: No space left on device\nfatal: early EOF", 128, []);
  noteFullDisk(app, failure);
  assert.match((await roomReason(app, plenty))?.cause ?? "", /data folder/);
  assert.equal(failure.message, "No room is left on the disk of the data folder.");
  noteFullDisk(app, new Error("something else"));
});
