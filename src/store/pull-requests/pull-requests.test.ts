import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ScanId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import { newId } from "../new-id.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { type SampleWorld, sampleFinding, sampleTime, sampleWorld } from "../testing/sample-world.ts";
import { setPostedStatus } from "./posted-statuses.ts";
import { applyPullRequestFindings, listPullRequestFindings, setFindingThread } from "./pull-request-findings.ts";
import {
  deletePullRequest,
  getPullRequest,
  getPullRequestOverview,
  listPullRequests,
  setPullRequestScan,
  upsertPullRequest,
} from "./pull-requests.ts";

const everything: Scope = { is: "everything" };

describe("pull requests", () => {
  let database: FreshDatabase;
  let world: SampleWorld;
  before(async () => {
    database = await freshDatabase();
    world = await sampleWorld(database.store.db);
    await upsertPullRequest(database.store.db, pullRequest({ sourceCommit: "1", iteration: 1 }));
  });
  after(() => database.drop());

  const pullRequest = (change: object = {}) => ({
    repositoryId: world.repositoryId,
    number: 7,
    instanceId: world.instanceId,
    title: "Add a key",
    author: "Ada",
    state: "active" as const,
    isDraft: false,
    sourceRef: "refs/heads/feature",
    targetRef: "refs/heads/main",
    webUrl: "https://dev.azure.com/o/p/_git/web/pullrequest/7",
    ...change,
  });

  test("what is not told keeps its value", async () => {
    const { db } = database.store;
    await upsertPullRequest(db, pullRequest({ title: "Add two keys" }));
    const row = await getPullRequest(db, world.repositoryId, 7);
    assert.deepEqual([row?.title, row?.sourceCommit, row?.iteration], ["Add two keys", "1", 1]);
    assert.equal(await getPullRequest(db, world.repositoryId, 8), undefined);
  });

  test("a scan of an older iteration does not replace a newer one's", async () => {
    const { db } = database.store;
    const scan = (iteration: number) =>
      setPullRequestScan(db, world.repositoryId, 7, {
        scanId: newId<ScanId>(),
        iteration,
        commit: String(iteration),
        outcome: "complete",
      });
    assert.deepEqual([await scan(2), await scan(1), await scan(2)], [true, false, true]);
    assert.equal((await getPullRequest(db, world.repositoryId, 7))?.scannedCommit, "2");
  });

  test("findings open, are fixed and return with the thread they had", async () => {
    const { db } = database.store;
    const { repositoryId } = world;
    const apply = (findings: readonly string[]) =>
      applyPullRequestFindings(db, {
        repositoryId,
        number: 7,
        findings: findings.map((fingerprint) => sampleFinding(fingerprint)),
        at: sampleTime,
      });
    const first = await apply(["one", "two", "one"]);
    assert.deepEqual(
      first.appeared.map((finding) => finding.fingerprint),
      ["one", "two"],
    );
    await setFindingThread(db, repositoryId, 7, ["one"], { id: 41, postedState: "active" });
    const second = await apply(["two"]);
    assert.deepEqual([second.gone, second.stayed.length, second.appeared.length], [["one"], 1, 0]);
    const states = async () =>
      (await listPullRequestFindings(db, repositoryId, 7)).map(
        (row) => `${row.fingerprint} ${row.state} ${row.threadId}`,
      );
    assert.deepEqual(await states(), ["one fixed 41", "two open undefined"]);
    assert.equal((await apply(["one", "two"])).appeared.length, 1);
    assert.deepEqual(await states(), ["one open 41", "two open undefined"]);
    const overview = await getPullRequestOverview(db, everything, repositoryId, 7);
    assert.deepEqual(overview?.findings, { open: 2, fixed: 0 });
  });

  test("lists within the scope; its status is remembered; it can go", async () => {
    const { db } = database.store;
    const told = { iteration: 2, state: "failed", description: "1 new problem", remoteId: 3 } as const;
    await setPostedStatus(db, world.repositoryId, 7, { ...told, at: sampleTime });
    await setPostedStatus(db, world.repositoryId, 7, { ...told, at: new Date() });
    assert.deepEqual((await getPullRequest(db, world.repositoryId, 7))?.postedSince, sampleTime);
    const page = { offset: 0, limit: 5, search: "keys", state: "active" } as const;
    const { rows, total } = await listPullRequests(db, everything, page);
    assert.deepEqual([total, rows[0]?.postedState, rows[0]?.repositoryName], [1, "failed", "web"]);
    assert.equal((await listPullRequests(db, { is: "instances", ids: [] }, page)).total, 0);
    await deletePullRequest(db, world.repositoryId, 7);
    assert.deepEqual(await listPullRequestFindings(db, world.repositoryId, 7), []);
  });
});
