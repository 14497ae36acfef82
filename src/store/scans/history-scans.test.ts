/** What people are told of a history that could not be read to its end. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Scope } from "#model/scope.ts";
import { getRepositoryOverview } from "../instances/repositories.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { type SampleWorld, sampleTime, sampleWorld } from "../testing/sample-world.ts";
import { forgetHistoryScans, recordHistoryScan } from "./history-scans.ts";
import { listUnreadHistories, setHistoryVersion, unfinished } from "./read-histories.ts";
import { findScanOfCommit, finishScan, insertScan, listScans, recordFailedScan } from "./scans.ts";

const everything: Scope = { is: "everything" };
const stats = { files: 1, bytes: 2, milliseconds: 3, cache: { hits: 4, misses: 5 } };
const missing = [{ scanner: "git", code: "missing", message: "2 versions are not there" }] as const;

let database: FreshDatabase;
let world: SampleWorld;
before(async () => {
  database = await freshDatabase();
  world = await sampleWorld(database.store.db);
});
after(() => database.drop());

const later = (seconds: number) => new Date(sampleTime.getTime() + seconds * 1000);
const scanOf = (started: Date) => ({
  ...{ instanceId: world.instanceId, repositoryId: world.repositoryId, commit: "1".repeat(40), started },
  because: { is: "schedule" } as const,
});

async function told(): Promise<readonly string[]> {
  const { rows } = await listScans(database.store.db, everything, { offset: 0, limit: 10 });
  return rows.map(({ target, outcome, problems }) => `${target.is} ${outcome} ${problems.length}`);
}

test("one scan tells of the last look, is the repository's last one, and goes when there is nothing to tell", async () => {
  const { db } = database.store;
  const history = { is: "history" } as const;
  const failed = await recordFailedScan(db, { ...scanOf(later(1)), target: history }, "no room on the disk");
  await recordHistoryScan(db, scanOf(later(2)), { outcome: "partial", stats, problems: missing });
  const second = await recordHistoryScan(db, scanOf(later(3)), { outcome: "partial", stats, problems: missing });
  assert.notEqual(failed, second);
  assert.deepEqual(await told(), ["history partial 1"]);
  const overview = await getRepositoryOverview(db, everything, world.repositoryId);
  assert.deepEqual([overview?.lastScan?.id, overview?.lastScan?.outcome], [second, "partial"]);
  assert.equal(await findScanOfCommit(db, world.repositoryId, "1".repeat(40)), undefined, "its files were not scanned");
  const branch = await insertScan(db, { ...scanOf(later(4)), target: { is: "branch", ref: "refs/heads/main" } });
  await finishScan(db, branch, { outcome: "complete", stats, problems: [] });
  assert.deepEqual(await forgetHistoryScans(db, world.repositoryId), [second]);
  assert.deepEqual(await told(), ["branch complete 0"]);
  assert.deepEqual(await forgetHistoryScans(db, world.repositoryId), []);
});

test("what could not be read to its end counts as unread", async () => {
  const { db } = database.store;
  const { repositoryId } = world;
  await db
    .updateTable("repositories")
    .set({ chosen: true, scannedCommit: "1".repeat(40) })
    .where("id", "=", repositoryId)
    .execute();
  const isUnread = async () => (await listUnreadHistories(db, "v1")).some(({ id }) => id === repositoryId);
  const versions = ["v1 abc", `v1 abc${unfinished}`, "v0 abc"];
  const said: boolean[] = [await isUnread()];
  for (const version of versions) {
    await setHistoryVersion(db, repositoryId, version);
    said.push(await isUnread());
  }
  assert.deepEqual(said, [true, false, true, true]);
});
