import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Scope } from "#model/scope.ts";
import {
  findSubscriptionByKey,
  insertSubscription,
  markSubscriptionsChecked,
  replaceSubscriptionSecret,
} from "../hooks/hook-subscriptions.ts";
import { applyBranchFindings } from "../issues/apply-branch-findings.ts";
import { archiveIssues, countLiveIssues, deleteUnwatched } from "../issues/archive-issues.ts";
import { listIssues } from "../issues/list-issues.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { sampleFinding, sampleTime, sampleWorld } from "../testing/sample-world.ts";
import { getInstanceOverview } from "./instances.ts";
import { listProjects, upsertProjects } from "./projects.ts";
import { addSpend, deleteOldSpend, listSpend } from "./remote-spend.ts";
import { getRepository, setChosen, setScannedCommit } from "./repositories.ts";
import { listLags, setHeads } from "./repository-heads.ts";

const everything: Scope = { is: "everything" };
const page = { offset: 0, limit: 10 };
const later = new Date(sampleTime.getTime() + 60_000);

describe("what is watched", () => {
  let database: FreshDatabase;
  before(async () => {
    database = await freshDatabase();
  });
  after(() => database.drop());

  test("heads prove that nothing was missed, and say what was", async () => {
    const { db } = database.store;
    const { instanceId, repositories } = await sampleWorld(db, "heads", ["a", "b"]);
    const [a, b] = repositories.map(({ id }) => id);
    assert(a && b);
    const proof = async () => (await getInstanceOverview(db, everything, instanceId))?.heads;
    assert.deepEqual(await proof(), { unscanned: 0, unchecked: 2 });
    await setHeads(db, [{ id: a, commit: "1".repeat(40) }, { id: b }], sampleTime);
    assert.deepEqual(Object.entries((await proof()) ?? {}).slice(0, 2), [
      ["unchecked", 0],
      ["unscanned", 1],
    ]);
    const scanned = { ref: "refs/heads/main", commit: "1".repeat(40), scannersVersion: "v1", at: later };
    await setScannedCommit(db, a, scanned);
    assert.equal((await proof())?.unscanned, 0);
    await setHeads(db, [{ id: a, commit: "0".repeat(40) }], sampleTime);
    assert.equal((await proof())?.unscanned, 0, "an older look does not hide a newer one");
    const ahead = new Date(later.getTime() + 2 * 60 * 60_000);
    await setHeads(db, [{ id: a, commit: "2".repeat(40) }], ahead);
    await setHeads(db, [{ id: a, commit: "1".repeat(40) }], later);
    assert.deepEqual((await getRepository(db, a))?.headCheckedAt, later, "a clock that was put back");
    await db.updateTable("repositories").set({ defaultBranch: "refs/heads/next" }).where("id", "=", a).execute();
    assert.equal((await proof())?.unscanned, 1, "what was scanned is not the default branch any more");
    await db.updateTable("repositories").set({ defaultBranch: "refs/heads/main" }).where("id", "=", a).execute();
    assert.deepEqual(
      (await listLags(db, instanceId, 5)).map(({ name }) => name),
      ["b", "a"],
    );
  });

  test("issues of a repository that is no longer watched are archived, and come back with it", async () => {
    const { db } = database.store;
    const { instanceId, repositoryId, repositories } = await sampleWorld(db, "archive", ["a", "b"]);
    const branch = { instanceId, repositoryId, branch: "refs/heads/main" };
    await applyBranchFindings(db, { ...branch, at: sampleTime, replaced: "all", findings: [sampleFinding("x")] });
    const listed = async (archived: boolean) =>
      (await listIssues(db, everything, { ...page, instanceId, archived })).total;
    assert.equal(await countLiveIssues(db, instanceId, [repositoryId]), 1);
    await setChosen(db, instanceId, { is: "list", repositories: [repositories[1]!.id] });
    await archiveIssues(db, instanceId);
    assert.deepEqual([await listed(false), await listed(true)], [0, 1]);
    await setChosen(db, instanceId, { is: "list", repositories: repositories.map(({ id }) => id) });
    await archiveIssues(db, instanceId);
    assert.deepEqual([await listed(false), await listed(true)], [1, 0]);
    await deleteUnwatched(db, instanceId, [repositoryId]);
    assert.equal(await listed(false), 1, "a watched repository keeps what it has");
    await setChosen(db, instanceId, { is: "list", repositories: [] });
    await deleteUnwatched(db, instanceId, [repositoryId]);
    await archiveIssues(db, instanceId);
    assert.deepEqual([await listed(false), await listed(true)], [0, 0]);
    assert.equal((await getRepository(db, repositoryId))?.scannedCommit, undefined);
  });

  test("one hook of an event for the whole organization; a former secret stays known for its time", async () => {
    const { db } = database.store;
    const { instanceId, organizationId, projectId } = await sampleWorld(db, "wide");
    const wanted = { instanceId, organizationId, eventType: "build.complete", secretSealed: Buffer.from("one") };
    await insertSubscription(db, { ...wanted, key: "wide" });
    assert.equal((await insertSubscription(db, { ...wanted, key: "again" })).key, "wide");
    assert.equal((await insertSubscription(db, { ...wanted, key: "narrow", projectId })).key, "narrow");
    await replaceSubscriptionSecret(db, "wide", { sealed: Buffer.from("two"), madeAt: later, previousUntil: later });
    await markSubscriptionsChecked(db, [{ key: "wide", refused: 3 }], later);
    const row = await findSubscriptionByKey(db, "wide");
    assert.deepEqual(
      [row?.projectId, String(row?.secretSealed), String(row?.previousSecretSealed), row?.checkedAt, row?.refusedSeen],
      [undefined, "two", "one", later, 3],
    );
  });

  test("projects that are gone are not listed; spend adds up by the hour", async () => {
    const { db } = database.store;
    const { instanceId, organizationId, projectId } = await sampleWorld(db, "spend");
    const organization = { id: organizationId, instanceId };
    await upsertProjects(db, organization, [{ id: projectId, name: "now tfvc", sourceControl: "tfvc" }], later);
    assert.deepEqual(
      (await listProjects(db, instanceId)).map(({ name, sourceControl }) => [name, sourceControl]),
      [["now tfvc", "tfvc"]],
    );
    await upsertProjects(db, organization, [], later);
    assert.deepEqual(await listProjects(db, instanceId), []);
    const spent = {
      organizationId,
      purpose: "push",
      calls: 2,
      refused: 1,
      failed: 0,
      delayedMilliseconds: 10.6,
    } as const;
    await addSpend(db, [spent, { ...spent, organizationId: instanceId as never }], sampleTime);
    await addSpend(db, [spent], sampleTime);
    const total = { ...spent, calls: 4, refused: 2, delayedMilliseconds: 22 };
    assert.deepEqual(await listSpend(db, instanceId, sampleTime), [total]);
    await deleteOldSpend(db, later);
    assert.deepEqual(await listSpend(db, instanceId, sampleTime), []);
  });
});
