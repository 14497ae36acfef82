import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { ScanTarget } from "#model/scan.ts";
import type { Scope } from "#model/scope.ts";
import { deleteInstance } from "../instances/instances.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { type SampleWorld, sampleFinding, sampleTime, sampleWorld } from "../testing/sample-world.ts";
import { deleteOldBlobResults, findBlobResults, insertBlobResults } from "./blob-results.ts";
import {
  closeAbandonedScans,
  countScans,
  failScan,
  finishScan,
  getScan,
  insertScan,
  listScans,
  recordFailedScan,
} from "./scans.ts";

const everything: Scope = { is: "everything" };
const stats = { files: 1, bytes: 2, milliseconds: 3, cache: { hits: 4, misses: 5 } };

describe("scans and what they remember", () => {
  let database: FreshDatabase;
  let world: SampleWorld;
  before(async () => {
    database = await freshDatabase();
    world = await sampleWorld(database.store.db);
  });
  after(() => database.drop());

  const scanOf = (target: ScanTarget) => ({
    instanceId: world.instanceId,
    repositoryId: world.repositoryId,
    target,
    commit: "1".repeat(40),
    because: { is: "schedule" } as const,
  });
  const begin = (target: ScanTarget, started = sampleTime) =>
    insertScan(database.store.db, { ...scanOf(target), started });

  test("a scan that never ended is closed by the next of its target only", async () => {
    const { db } = database.store;
    const main: ScanTarget = { is: "branch", ref: "refs/heads/main" };
    const lost = await begin(main);
    const first = await begin({ is: "pull-request", number: 7, iteration: 1 });
    const again = await begin(main);
    assert.equal((await getScan(db, everything, lost))?.outcome, "superseded");
    assert.equal((await getScan(db, everything, first))?.outcome, undefined);
    const second = await begin({ is: "pull-request", number: 7, iteration: 2 });
    assert.equal((await getScan(db, everything, first))?.outcome, "superseded");
    assert.equal(await finishScan(db, lost, { outcome: "complete", stats, problems: [] }), false);
    const problems = [{ scanner: "secrets", code: "too-large", message: "3 MB", path: "a" }] as const;
    assert.equal(await finishScan(db, again, { outcome: "partial", stats, problems, at: sampleTime }), true);
    const done = await getScan(db, everything, again);
    assert.deepEqual([done?.stats, done?.problems, done?.finished], [stats, problems, sampleTime]);
    await failScan(db, second, "no access", sampleTime);
    const page = { offset: 0, limit: 10 };
    assert.equal((await listScans(db, everything, { ...page, state: "failed" })).total, 1);
    assert.equal((await listScans(db, everything, { ...page, state: "running" })).total, 0);
    assert.equal((await listScans(db, { is: "instances", ids: [] }, page)).total, 0);
    assert.deepEqual(await countScans(db, everything, sampleTime), {
      running: 0,
      complete: 0,
      partial: 1,
      failed: 1,
      superseded: 2,
    });
    const fail = (target: ScanTarget, message: string) =>
      recordFailedScan(db, { ...scanOf(target), started: sampleTime }, message);
    const never = await fail({ is: "pull-request", number: 8, iteration: 1 }, "no such repository");
    assert.equal((await getScan(db, everything, never))?.error, "no such repository");
    assert.equal(await fail({ is: "pull-request", number: 8, iteration: 1 }, "no such repository"), never);
    assert.notEqual(await fail({ is: "pull-request", number: 8, iteration: 1 }, "another"), never);
    const cut = await begin({ is: "pull-request", number: 9, iteration: 1 });
    assert.equal(await fail({ is: "pull-request", number: 9, iteration: 1 }, "the worker ended"), cut);
    await begin(main);
    assert.equal(await closeAbandonedScans(db, new Date(sampleTime.getTime() + 1)), 1);
  });

  test("fifty thousand results of blobs are written and found at once", async () => {
    const { db } = database.store;
    const rows = Array.from({ length: 50_000 }, (_, n) => ({
      key: createHash("sha256").update(String(n)).digest(),
      findings: n % 1_000 === 0 ? [sampleFinding(String(n))] : [],
      problems: [],
      silenced: [],
    }));
    const [one, two] = [rows.slice(0, 30_000), rows.slice(20_000).reverse()];
    // Two scans that overlap.
    await Promise.all([insertBlobResults(db, world.instanceId, one), insertBlobResults(db, world.instanceId, two)]);
    const keys = rows.map((row) => row.key);
    const found = await findBlobResults(db, world.instanceId, [...keys, Buffer.alloc(32)]);
    assert.equal(found.size, 50_000);
    assert.equal(found.get(keys[2_000]!.toString("hex"))?.findings[0]?.fingerprint, "2000");
    assert.deepEqual(found.get(keys[2_001]!.toString("hex")), { findings: [], problems: [], silenced: [] });
    const other = await sampleWorld(db, "other");
    assert.equal((await findBlobResults(db, other.instanceId, keys)).size, 0);
    assert.equal(await deleteOldBlobResults(db, new Date(0)), 0);
    await deleteInstance(db, other.instanceId);
    await insertBlobResults(db, other.instanceId, rows.slice(0, 5));
    assert.equal((await findBlobResults(db, other.instanceId, keys.slice(0, 5))).size, 0);
  });
});
