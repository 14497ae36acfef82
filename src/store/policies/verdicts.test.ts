import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Policy } from "#model/policy.ts";
import { getRepositoryPlace, listTags, setRepositoryTags } from "../instances/repository-tags.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { type SampleWorld, sampleFinding, sampleTime, sampleWorld } from "../testing/sample-world.ts";
import { deletePolicy, listStoredPolicies, savePolicy } from "./policies.ts";
import { getPolicySet, keepPolicySet } from "./policy-sets.ts";
import { getPolicySource, savePolicySource, setPoliciesRead } from "./policy-sources.ts";
import { getVerdict, insertVerdict, lastJudged, latestVerdict, listVerdicts, type NewVerdict } from "./verdicts.ts";

const everything = { is: "everything" } as const;
const policy: Policy = {
  id: "no-secrets",
  name: "No secrets",
  enabled: true,
  when: [{ scanner: ["secrets"] }],
  scope: { repositories: [], projects: [], tags: [] },
  triggers: ["pull-request"],
  actions: ["block"],
  graceDays: 0,
  unfinished: { fails: "closed", afterMinutes: 60 },
};

describe("policies and their verdicts", () => {
  let database: FreshDatabase;
  let world: SampleWorld;
  before(async () => {
    database = await freshDatabase();
    world = await sampleWorld(database.store.db);
  });
  after(() => database.drop());

  const verdict = (change: Partial<NewVerdict> = {}): NewVerdict => ({
    ...{ instanceId: world.instanceId, repositoryId: world.repositoryId, number: 7, iteration: 1 },
    ...{ trigger: "pull-request", commit: "c", base: "b", scannersVersion: "s", knowledgeVersion: "k" },
    ...{ policiesVersion: "p", outcome: "blocked", decidedBy: ["no-secrets"], at: sampleTime },
    matches: [{ fingerprint: "one", scanner: "secrets", actions: [{ action: "block", policy: "no-secrets" }] }],
    facts: {
      place: {
        ...{ repositoryId: world.repositoryId, repository: "sample-project/web", project: "sample-project" },
        ...{ tags: [], branch: ["default"], trigger: "pull-request" },
      },
      subjects: [{ finding: sampleFinding("one"), novelty: "new", firstSeen: sampleTime }],
      now: sampleTime,
    },
    ...change,
  });

  test("a verdict comes back as it was; the same again is the same one; another policy makes another", async () => {
    const { db } = database.store;
    const first = await insertVerdict(db, verdict());
    const later = new Date(sampleTime.getTime() + 60_000);
    assert.equal(await insertVerdict(db, verdict({ at: later, facts: { ...verdict().facts, now: later } })), first);
    assert.deepEqual(await getVerdict(db, everything, first), { id: first, ...verdict() });
    assert.equal(await getVerdict(db, { is: "instances", ids: [] }, first), undefined);
    const second = await insertVerdict(db, verdict({ policiesVersion: "q", outcome: "passed", at: later }));
    assert.equal((await latestVerdict(db, world.repositoryId, 7))?.id, second);
    const listed = await listVerdicts(db, everything, { repositoryId: world.repositoryId, number: 7 });
    assert.deepEqual(
      listed.map(({ id, outcome }) => [id, outcome]),
      [
        [second, "passed"],
        [first, "blocked"],
      ],
    );
    const { number: _number, iteration: _iteration, ...ofBranch } = verdict({ branch: "refs/heads/main" });
    await insertVerdict(db, ofBranch);
    const main = { repositoryId: world.repositoryId, branch: "refs/heads/main" };
    assert.deepEqual(await lastJudged(db, main, "pull-request"), sampleTime);
  });

  test("a changed policy counts on; of a built-in one only the switch is kept; sets stay", async () => {
    const { db } = database.store;
    const { instanceId } = world;
    const by = { changedBy: "ada", changedAt: sampleTime };
    await savePolicy(db, { instanceId, id: policy.id, content: policy, enabled: true, ...by });
    await savePolicy(db, { instanceId, id: policy.id, content: policy, enabled: false, ...by });
    await savePolicy(db, { instanceId, id: "new-problems", enabled: false, ...by });
    assert.deepEqual(
      (await listStoredPolicies(db, instanceId)).map(({ id, version, enabled, content }) => [
        id,
        version,
        enabled,
        content?.id,
      ]),
      [
        ["new-problems", 1, false, undefined],
        ["no-secrets", 2, false, "no-secrets"],
      ],
    );
    assert.deepEqual(
      [await deletePolicy(db, instanceId, "x"), await deletePolicy(db, instanceId, policy.id)],
      [false, true],
    );
    await keepPolicySet(db, { instanceId, version: "v", policies: [policy], since: sampleTime });
    await keepPolicySet(db, { instanceId, version: "v", policies: [], since: sampleTime });
    assert.deepEqual(await getPolicySet(db, instanceId, "v"), [policy]);
  });

  test("what a source said without mistakes stays while there are mistakes, and when the place changes", async () => {
    const { db } = database.store;
    const { instanceId, repositoryId } = world;
    const place = { instanceId, repositoryId, ref: "refs/heads/main", changedBy: "ada", changedAt: sampleTime };
    const source = { ...place, folder: "policies" };
    await savePolicySource(db, source);
    assert.equal((await getPolicySource(db, instanceId))?.policies, undefined);
    await setPoliciesRead(db, source, { commit: "a", at: sampleTime, problems: [], policies: [policy] });
    const problems = [{ path: "policies/a.yml", line: 3, message: "No." }];
    await setPoliciesRead(db, source, { commit: "b", at: sampleTime, problems });
    const read = await getPolicySource(db, instanceId);
    assert.deepEqual([read?.readCommit, read?.policiesCommit, read?.problems], ["b", "a", problems]);
    await savePolicySource(db, { ...place, folder: "other" });
    const moved = await getPolicySource(db, instanceId);
    assert.deepEqual([moved?.folder, moved?.readCommit, moved?.policies], ["other", undefined, [policy]]);
  });

  test("tags of a repository are part of where it is", async () => {
    const { db } = database.store;
    await setRepositoryTags(db, world.repositoryId, ["pci", "internet"]);
    assert.deepEqual((await getRepositoryPlace(db, world.repositoryId))?.tags, ["pci", "internet"]);
    assert.deepEqual(await listTags(db, everything), ["internet", "pci"]);
  });
});
