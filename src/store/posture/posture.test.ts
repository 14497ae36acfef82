import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { ProjectId } from "#model/ids.ts";
import type { AttackPath, PathNode } from "#model/posture/attack-path.ts";
import type { PipelineBill } from "#model/posture/pipeline-bill.ts";
import type { PipelineOverview } from "#model/posture/pipeline-overview.ts";
import { getInstanceOverview } from "../instances/instances.ts";
import { listProjects, upsertProjects } from "../instances/projects.ts";
import { listChosenRepositories, listRepositories, setChosen, upsertRepositories } from "../instances/repositories.ts";
import { applyBranchFindings } from "../issues/apply-branch-findings.ts";
import { archiveIssues } from "../issues/archive-issues.ts";
import { issuesById } from "../issues/issues.ts";
import { saveRuleSetting } from "../issues/rule-settings.ts";
import { json } from "../json.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { type SampleWorld, sampleFinding, sampleTime, sampleWorld } from "../testing/sample-world.ts";
import { listPathPlaces } from "./attack-path-places.ts";
import { getAttackPath, listAttackPaths, replaceAttackPaths } from "./attack-paths.ts";
import { countResults, listResults } from "./list-posture-results.ts";
import { addBills, listBills } from "./pipeline-bills.ts";
import { listPipelines, replacePipelines, setLastRun } from "./pipelines.ts";
import { listFactStates, listFacts, saveFacts } from "./posture-facts.ts";
import { addRunResults, type NewResult, replaceResults } from "./posture-results.ts";
import {
  bringPostureForward,
  insertPostureRun,
  lastPostureRun,
  listDuePosture,
  postureTrend,
  savePostureDay,
  setPostureDue,
} from "./posture-runs.ts";
import { saveSettingsPlaces, settingsBranch, settingsPlaceOf } from "./settings-places.ts";

const everything = { is: "everything" } as const;
const nobody = { is: "instances", ids: [] } as const;
const page = { offset: 0, limit: 50 };
const minute = 60_000;

const later = (minutes: number) => new Date(sampleTime.getTime() + minutes * minute);

describe("posture", () => {
  let database: FreshDatabase;
  let world: SampleWorld;
  let owner: { readonly id: SampleWorld["organizationId"]; readonly instanceId: SampleWorld["instanceId"] };
  before(async () => {
    database = await freshDatabase();
    world = await sampleWorld(database.store.db);
    owner = { id: world.organizationId, instanceId: world.instanceId };
  });
  after(() => database.drop());
  const db = () => database.store.db;

  const savePlaces = () =>
    saveSettingsPlaces(db(), {
      organization: { ...owner, name: "contoso" },
      url: "https://dev.azure.com/contoso",
      projects: [{ id: world.projectId, name: "sample-project" }],
      at: sampleTime,
    });

  it("issues about settings have places that nothing else takes for repositories or projects", async () => {
    const places = await savePlaces();
    assert.equal(places.size, 2);
    const repositoryId = settingsPlaceOf(owner.id, undefined);
    const at = { setting: "Policy", resource: "organization contoso" };
    const finding = { ...sampleFinding("f"), rule: "cicd/x", at } as const;
    const where = { instanceId: owner.instanceId, repositoryId, branch: settingsBranch };
    const found = { ...where, at: sampleTime, replaced: "all", findings: [finding] } as const;
    const { opened } = await applyBranchFindings(db(), found);
    const [issue] = await issuesById(db(), opened);
    assert.deepEqual([issue?.repositoryName, issue?.projectName], ["Settings of contoso", "contoso"]);
    // A sync lists everything anew.
    await upsertProjects(db(), owner, [{ id: world.projectId, name: "sample-project" }], sampleTime);
    const { gone } = await upsertRepositories(db(), owner.id, world.repositories, sampleTime);
    await setChosen(db(), owner.instanceId, { is: "list", repositories: [repositoryId, world.repositoryId] });
    await archiveIssues(db(), owner.instanceId);
    assert.deepEqual(gone, []);
    assert.equal((await savePlaces()).size, 2, "they are not chosen, gone or changed");
    assert.deepEqual(
      (await listProjects(db(), owner.instanceId)).map(({ id }) => id),
      [world.projectId],
    );
    assert.deepEqual((await listRepositories(db(), everything, page)).total, 2);
    assert.deepEqual(
      (await listChosenRepositories(db(), owner.instanceId)).map(({ id }) => id),
      [world.repositoryId],
    );
    const overview = await getInstanceOverview(db(), everything, owner.instanceId);
    assert.deepEqual([overview?.repositories.total, overview?.issues], [2, 1], "not archived");
  });

  it("facts that are the same are only read anew", async () => {
    const fact = (at: string, value: unknown) => json({ is: "known", at, value });
    const save = (hash: string, at: Date) =>
      saveFacts(db(), owner, [
        { projectId: world.projectId, key: "queues", fact: fact(at.toISOString(), hash), hash, readAt: at },
        {
          projectId: null,
          key: "pools",
          fact: json({ is: "unknown", why: "scope", reason: "No." }),
          hash: "u",
          readAt: at,
        },
      ]);
    await save("one", sampleTime);
    await save("one", later(10));
    const [pools, queues] = await listFacts(db(), owner.id);
    assert.deepEqual([pools?.key, queues?.key, queues?.projectId], ["pools", "queues", world.projectId]);
    assert.deepEqual([queues?.readAt, queues?.changedAt], [later(10), sampleTime]);
    await save("two", later(20));
    assert.deepEqual((await listFacts(db(), owner.id))[1]?.changedAt, later(20));
    const states = await listFactStates(db(), everything, owner.id);
    assert.deepEqual(
      states.map(({ is, reason }) => [is, reason]),
      [
        ["unknown", "No."],
        ["known", undefined],
      ],
    );
    assert.deepEqual(await listFactStates(db(), nobody, owner.id), []);
  });

  it("results say since when they are so; those of runs stay beside them", async () => {
    const result = (fingerprint: string, change: Partial<NewResult> = {}): NewResult => ({
      ...{ fingerprint, rule: "cicd/a", category: "pipeline", projectId: world.projectId, resourceKind: "pipeline" },
      ...{ resourceId: "7", resourceName: "ci", answer: "pass", evidence: [], hash: "pass", ...change },
    });
    const failed = { answer: "fail", severity: "high", reason: "is open", hash: "fail" } as const;
    await replaceResults(db(), owner, [result("a"), result("b", failed), result("c")], sampleTime);
    await addRunResults(db(), owner, [result("r", { ...failed, resourceKind: "run", resourceId: "7/11" })], sampleTime);
    await replaceResults(
      db(),
      owner,
      [result("b", failed), result("c", { ...failed, severity: "critical" })],
      later(5),
    );
    const all = await listResults(db(), everything, { organizationId: owner.id, ...page });
    assert.deepEqual(
      all.rows.map(({ fingerprint, since, severity }) => [fingerprint, since, severity]),
      [
        ["c", later(5), "critical"],
        ["b", sampleTime, "high"],
        ["r", sampleTime, "high"],
      ],
    );
    const filter = { organizationId: owner.id, ...page };
    assert.equal((await listResults(db(), nobody, filter)).total, 0);
    assert.equal((await listResults(db(), everything, { ...filter, severity: ["critical"] })).total, 1);
    assert.equal((await listResults(db(), everything, { ...filter, search: "OPEN" })).total, 3);
    const ofOrganization = { ...filter, projectId: owner.id as string as ProjectId };
    assert.equal((await listResults(db(), everything, ofOrganization)).total, 0);
    const ofPipeline = { ...filter, projectId: world.projectId, definitionId: 7 };
    assert.equal((await listResults(db(), everything, ofPipeline)).total, 3, "its runs, too");
    assert.deepEqual(
      (await countResults(db(), everything)).map(({ count }) => count).toSorted((a, b) => a - b),
      [1, 2],
    );
  });

  it("bills are kept where they differ, twenty of each pipeline", async () => {
    const bill = (revision: number): PipelineBill => ({
      ...{
        projectId: world.projectId,
        definitionId: 7,
        name: "ci",
        revision,
        url: "",
        starts: [],
        items: [],
        gaps: [],
      },
      identity: { name: "build", reach: "project" },
    });
    for (let revision = 1; revision <= 25; revision += 1) {
      await addBills(db(), owner, [{ bill: bill(revision), hash: `${revision}` }], later(revision));
    }
    await addBills(db(), owner, [{ bill: bill(25), hash: "25" }], later(30));
    const bills = await listBills(db(), everything, {
      organizationId: owner.id,
      projectId: world.projectId,
      definitionId: 7,
    });
    assert.deepEqual(
      [bills.length, bills[0]?.revision, bills[0]?.at, bills[0]?.seenAt, bills.at(-1)?.revision],
      [20, 25, later(25), later(30), 6],
    );
  });

  it("paths and pipelines are found by what leads through what", async () => {
    const pipeline: PathNode = { kind: "pipeline", id: `${world.projectId}/7`, name: "CI", projectId: world.projectId };
    const cloud: PathNode = { kind: "cloud", id: "c", name: "Production" };
    const path = (id: string): AttackPath => ({
      ...{
        id,
        rule: "cicd/path",
        entry: pipeline,
        target: cloud,
        severity: "critical",
        certainty: "run",
        alternatives: 0,
      },
      edges: [
        { is: "assumes", from: pipeline, to: cloud, says: "it does", guards: [], certainty: "run", evidence: [] },
      ],
      cut: { changes: [], isComplete: true },
    });
    const about = {
      ...{
        name: "CI",
        folder: "\\",
        url: "",
        kind: "yaml",
        isEnabled: true,
        revision: 1,
        starts: [],
        uses: [],
        gaps: [],
      },
      repository: { kind: "azure-repos", id: "r", name: "web" },
      identity: { name: "build", reach: "project" },
      exposure: {
        ...{ pullRequests: { is: "no" }, forks: { is: "unknown" }, openBranches: { is: "no" }, webhooks: { is: "no" } },
        injections: [],
      },
    } as const satisfies PipelineOverview;
    const pipelines = [7, 8].map((definitionId) => ({ projectId: world.projectId, definitionId, about }));
    await replacePipelines(db(), owner, { projects: [world.projectId], pipelines, at: sampleTime });
    await replaceAttackPaths(db(), owner, { paths: [path("one"), path("two")], at: sampleTime });
    await replaceAttackPaths(db(), owner, { paths: [path("two")], at: later(1) });
    const filter = { projectId: world.projectId, definitionId: 7, ...page };
    assert.deepEqual(
      (await listAttackPaths(db(), everything, filter)).rows.map((row) => row.path.id),
      ["two"],
    );
    assert.equal((await listAttackPaths(db(), everything, { ...filter, definitionId: 8 })).total, 0);
    assert.equal((await listAttackPaths(db(), everything, { ...page, state: "gone", search: "production" })).total, 1);
    assert.equal((await listAttackPaths(db(), nobody, page)).total, 0);
    assert.deepEqual((await getAttackPath(db(), everything, owner.id, "one"))?.goneAt, later(1));
    const decided = { instanceId: world.instanceId, ruleId: "cicd/path", changedBy: "ada", changedAt: sampleTime };
    await saveRuleSetting(db(), { ...decided, enabled: true, severity: "low" });
    const milder = (await listAttackPaths(db(), everything, { ...filter, severity: ["low"] })).rows;
    assert.deepEqual(
      milder.map((row) => row.path.severity),
      ["low"],
    );
    await saveRuleSetting(db(), { ...decided, enabled: false });
    assert.equal((await listAttackPaths(db(), everything, filter)).total, 0);
    assert.deepEqual((await listPathPlaces(db(), [owner.id])).get(owner.id) ?? [], []);
    await saveRuleSetting(db(), { ...decided, enabled: true });
    const { rows } = await listPipelines(db(), everything, page);
    assert.deepEqual(
      rows.map(({ definitionId, critical, high, attackPaths }) => [definitionId, critical, high, attackPaths]),
      [
        [7, 1, 2, 1],
        [8, 0, 0, 0],
      ],
    );
    assert.equal((await listPipelines(db(), everything, { ...page, exposure: ["forks"] })).total, 0);
    const run = { id: 1, number: "1", url: "", reason: "manual", result: "succeeded", branch: "main" };
    const at = (minutes: number) => ({ ...run, at: later(minutes).toISOString() });
    await setLastRun(db(), { projectId: world.projectId, definitionId: 8 }, at(5));
    await setLastRun(db(), { projectId: world.projectId, definitionId: 8 }, at(4));
    const newest = await listPipelines(db(), everything, { ...page, sort: "last-run" });
    assert.deepEqual(newest.rows[0]?.lastRun, at(5));
    await replacePipelines(db(), owner, { projects: [world.projectId], pipelines: pipelines.slice(1), at: later(9) });
    assert.deepEqual(
      (await listPipelines(db(), everything, page)).rows.map((row) => row.lastRun),
      [at(5)],
    );
  });

  it("an organization is due after it was connected, and sooner when something changes, but not at once again", async () => {
    const due = async (now: Date) => (await listDuePosture(db(), { now, newFrom: new Date(0) })).length;
    assert.equal((await listDuePosture(db(), { now: sampleTime, newFrom: new Date(8.64e15) })).length, 1);
    assert.equal(await due(later(1e6)), 0, "it is new, and was connected a moment ago");
    await setPostureDue(db(), owner.id, later(360));
    const calls = { total: 3, byKey: { queues: 3 } };
    const counts = { pass: 1, fail: 2, notEvaluated: 3 };
    const run = { startedAt: sampleTime, finishedAt: later(1), version: "v", calls, counts, gaps: ["x"] };
    await insertPostureRun(db(), owner, run);
    assert.deepEqual(await lastPostureRun(db(), owner.id), run);
    await bringPostureForward(db(), owner.id, { now: later(2), restMilliseconds: 15 * minute });
    assert.deepEqual([await due(later(14)), await due(later(15))], [0, 1]);
    await savePostureDay(db(), owner, new Map([["pipeline", counts]]), sampleTime);
    await savePostureDay(
      db(),
      owner,
      new Map([
        ["pipeline", counts],
        ["hook", counts],
      ]),
      sampleTime,
    );
    const trend = await postureTrend(db(), everything, owner.id, { days: 30, now: sampleTime });
    assert.deepEqual(trend, [{ day: "2026-03-01", pass: 2, fail: 4, notEvaluated: 6 }]);
  });
});
