import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { RepositoryId } from "#model/ids.ts";
import { nothingNarrowed } from "#model/narrowing.ts";
import type { Scope } from "#model/scope.ts";
import { everyFeature } from "#model/scopes.ts";
import { applyBranchFindings } from "../issues/apply-branch-findings.ts";
import { insertCredential } from "../people/credentials.ts";
import { insertScan, listScans } from "../scans/scans.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { sampleFinding, sampleRepository, sampleTime, sampleWorld } from "../testing/sample-world.ts";
import { deleteInstance, getInstanceOverview, listInstances, setInstanceState, updateInstance } from "./instances.ts";
import { listOrganizations, markOrganizationSynced, upsertOrganization } from "./organizations.ts";
import {
  getRepository,
  getRepositoryOverview,
  listChosenRepositories,
  listRepositories,
  setChosen,
  setScannedCommit,
  upsertRepositories,
} from "./repositories.ts";

const everything: Scope = { is: "everything" };

describe("instances, organizations and repositories", () => {
  let database: FreshDatabase;
  before(async () => {
    database = await freshDatabase();
  });
  after(() => database.drop());

  test("repositories appear, are renamed, go and come back", async () => {
    const { db } = database.store;
    const world = await sampleWorld(db, "sync", ["web"]);
    const [web] = world.repositories;
    assert(web);
    const added = sampleRepository(world.projectId, "späte Ergänzung");
    const changes = await upsertRepositories(
      db,
      world.organizationId,
      [{ ...web, name: "web renamed" }, added],
      sampleTime,
    );
    assert.deepEqual(changes, { added: [added.id], gone: [] });
    assert.equal((await getRepository(db, web.id))?.name, "web renamed");
    assert.deepEqual(await upsertRepositories(db, world.organizationId, [added], sampleTime), {
      added: [],
      gone: [web.id],
    });
    assert.deepEqual((await getRepository(db, web.id))?.goneAt, sampleTime);
    assert.equal(
      (await listRepositories(db, everything, { instanceId: world.instanceId, offset: 0, limit: 9 })).total,
      1,
    );
    assert.deepEqual(await upsertRepositories(db, world.organizationId, [added, web], sampleTime), {
      added: [web.id],
      gone: [],
    });
    assert.equal((await getRepository(db, web.id))?.goneAt, undefined);
    // `added` never was chosen: the sync's flow decides, by the instance's `takes`.
    assert.deepEqual(
      (await listChosenRepositories(db, world.instanceId)).map((repository) => repository.id),
      [web.id],
    );
  });

  test("a thousand repositories with paging", async () => {
    const { db } = database.store;
    const world = await sampleWorld(db, "many", ["old"]);
    const many = Array.from({ length: 1_200 }, (_, n) =>
      sampleRepository(world.projectId, `r${String(n).padStart(4, "0")}`),
    );
    assert.equal((await upsertRepositories(db, world.organizationId, many, sampleTime)).added.length, 1_200);
    const filter = { instanceId: world.instanceId, offset: 1_190, limit: 50 };
    const page = await listRepositories(db, everything, filter);
    assert.equal(page.total, 1_200);
    assert.deepEqual([page.rows.length, page.rows[0]?.name], [10, "r1190"]);
    assert.equal((await listRepositories(db, everything, { ...filter, search: "R119", offset: 0 })).total, 10);
  });

  test("what an instance takes decides which are chosen", async () => {
    const { db } = database.store;
    const { instanceId, repositories } = await sampleWorld(db, "choice", ["a", "b", "c"]);
    const chosen = async () => (await listChosenRepositories(db, instanceId)).map((repository) => repository.name);
    assert.deepEqual(await chosen(), ["a", "b", "c"]);
    await setChosen(db, instanceId, { is: "list", repositories: [repositories[1]?.id ?? ("" as RepositoryId)] });
    assert.deepEqual(await chosen(), ["b"]);
    await setChosen(db, instanceId, { is: "existing" });
    assert.deepEqual(await chosen(), ["b"]);
    await setChosen(db, instanceId, { is: "existing" }, { choosing: "everywhere" });
    assert.deepEqual(await chosen(), ["a", "b", "c"]);
    const narrowing = { ...nothingNarrowed, exclude: ["b"] };
    await setChosen(db, instanceId, { is: "existing-and-future", narrowing });
    assert.deepEqual(await chosen(), ["a", "c"]);
  });

  test("an organization belongs to one instance", async () => {
    const { db } = database.store;
    const [one, two] = [await sampleWorld(db, "one"), await sampleWorld(db, "two")];
    const organization = { id: one.organizationId, name: "renamed" };
    assert.equal(await upsertOrganization(db, { ...organization, instanceId: two.instanceId }), false);
    assert.equal(await upsertOrganization(db, { ...organization, instanceId: one.instanceId }), true);
    await markOrganizationSynced(db, one.organizationId, sampleTime);
    assert.deepEqual(await listOrganizations(db, one.instanceId), [
      { ...organization, instanceId: one.instanceId, syncedAt: sampleTime },
    ]);
  });

  test("the grid of instances shows what belongs to each", async () => {
    const { db } = database.store;
    const world = await sampleWorld(db, "Überblick", ["a", "b"]);
    const { instanceId, organizationId, repositoryId } = world;
    const token = {
      method: "pat",
      sealed: Buffer.from("x"),
      valueHash: Buffer.from("x"),
      allOrganizations: false,
    } as const;
    const owner = { instanceId, organizationId, accountId: "1", accountName: "Ada" };
    await insertCredential(db, { ...owner, ...token, expires: sampleTime }, sampleTime);
    const reasons = [
      {
        code: "expires",
        level: "warning",
        since: sampleTime.toISOString(),
        cause: "The token expires soon.",
        affects: "Everything, from then on.",
        remedy: "Give a new one.",
      },
    ] as const;
    assert.equal(await setInstanceState(db, instanceId, "warning", reasons), true);
    assert.equal(await setInstanceState(db, instanceId, "warning", reasons), false);
    await updateInstance(db, instanceId, { name: "renamed" });
    const branch = { instanceId, repositoryId, branch: "refs/heads/main" };
    await applyBranchFindings(db, { ...branch, at: sampleTime, replaced: "all", findings: [sampleFinding("x")] });
    const row = await getInstanceOverview(db, { is: "instances", ids: [instanceId] }, instanceId);
    assert(row);
    const { id: _id, createdAt: _at, ...rest } = row;
    assert.deepEqual(rest, {
      name: "renamed",
      vendor: "azure-devops",
      takes: { is: "existing-and-future" },
      state: "warning",
      reasons,
      createdBy: "ada",
      features: everyFeature,
      pausedAt: null,
      pausedBy: null,
      signIn: { is: "pat", account: "Ada", expires: sampleTime },
      credentials: { good: 1, total: 1 },
      heads: { unscanned: 0, unchecked: 2 },
      organizations: [{ id: organizationId, name: "Überblick-organization" }],
      repositories: { chosen: 2, total: 2 },
      hooks: { healthy: 0, total: 0 },
      issues: 1,
    });
    assert.equal(await getInstanceOverview(db, { is: "instances", ids: [] }, instanceId), undefined);
    assert.deepEqual(await listInstances(db, { is: "instances", ids: [] }), []);
    const scanned = { ref: "refs/heads/main", commit: "1".repeat(40), scannersVersion: "v1" };
    await setScannedCommit(db, repositoryId, { ...scanned, at: sampleTime });
    const { scannedRef, scannedCommit, scannersVersion } = (await getRepository(db, repositoryId)) ?? {};
    assert.deepEqual({ ref: scannedRef, commit: scannedCommit, scannersVersion }, scanned);
    const overview = await getRepositoryOverview(db, everything, repositoryId);
    assert.equal(overview?.scannedCommit, "1".repeat(40));
    assert.deepEqual(overview?.openIssues, { critical: 0, high: 1, medium: 0, low: 0, total: 1 });
  });

  test("deleting an instance deletes all that is its, and nothing else", async () => {
    const { db } = database.store;
    const [gone, stays] = [await sampleWorld(db, "gone"), await sampleWorld(db, "stays")];
    for (const { instanceId, repositoryId } of [gone, stays]) {
      await insertScan(db, {
        instanceId,
        repositoryId,
        target: { is: "branch", ref: "refs/heads/main" },
        commit: "1",
        because: { is: "connected" },
        started: sampleTime,
      });
    }
    assert.equal(await deleteInstance(db, gone.instanceId), true);
    assert.equal(await deleteInstance(db, gone.instanceId), false);
    assert.equal(await getRepository(db, gone.repositoryId), undefined);
    const page = { offset: 0, limit: 9 };
    assert.equal((await listScans(db, everything, { ...page, instanceId: gone.instanceId })).total, 0);
    assert.equal((await listScans(db, everything, { ...page, instanceId: stays.instanceId })).total, 1);
  });
});
