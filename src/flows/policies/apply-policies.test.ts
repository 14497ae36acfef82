import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Policy } from "#model/policy.ts";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import { portion } from "#store/issues/branch-subjects.ts";
import { savePolicy } from "#store/policies/policies.ts";
import { type FreshDatabase, freshDatabase } from "#store/testing/fresh-database.ts";
import { type SampleWorld, sampleFinding, sampleTime, sampleWorld } from "#store/testing/sample-world.ts";
import type { App } from "../app.ts";
import { applyPolicies } from "./apply-policies.ts";

const branch = "refs/heads/main";
const minute = 60_000;

const policy = (trigger: "push" | "schedule"): Policy => ({
  id: `at-${trigger}`,
  name: trigger,
  enabled: true,
  when: [{ scanner: ["secrets"] }],
  scope: { repositories: [], projects: [], tags: [] },
  triggers: [trigger],
  actions: ["comment"],
  graceDays: 0,
  unfinished: { fails: "open", afterMinutes: 60 },
});

describe("policies of branches", () => {
  let database: FreshDatabase;
  let world: SampleWorld;
  before(async () => {
    database = await freshDatabase();
    world = await sampleWorld(database.store.db);
    for (const trigger of ["push", "schedule"] as const) {
      const content = policy(trigger);
      const { instanceId } = world;
      const by = { changedBy: "ada", changedAt: sampleTime };
      await savePolicy(database.store.db, { instanceId, id: content.id, enabled: true, content, ...by });
    }
  });
  after(() => database.drop());

  const later = (minutes: number) => new Date(sampleTime.getTime() + minutes * minute);

  async function find(names: readonly string[], at: Date): Promise<void> {
    const { instanceId, repositoryId } = world;
    const findings = names.map((name) => sampleFinding(name, `${name}.env`));
    const replaced = findings.map(({ at: place }) => ("path" in place ? place.path : ""));
    await applyBranchFindings(database.store.db, { instanceId, repositoryId, branch, at, replaced, findings });
  }

  async function judge(trigger: "push" | "schedule", at: Date, isCutOff = false): Promise<void> {
    const cutOff = new AbortController();
    const status = () => {
      if (isCutOff) cutOff.abort();
      return { version: "k" };
    };
    const app = { db: database.store.db, now: () => at, knowledge: { status } } as unknown as App;
    await applyPolicies(app, { repository: world.repositoryId, branch, trigger }, cutOff.signal);
  }

  /** What a policy has matched. */
  async function matched(id: string): Promise<ReadonlySet<string>> {
    const rows = await database.store.db.selectFrom("verdicts").select("matches").execute();
    const ofPolicy = rows
      .flatMap(({ matches }) => matches)
      .filter(({ actions }) => actions.some((one) => one.policy === id));
    return new Set(ofPolicy.map(({ fingerprint }) => fingerprint));
  }

  test("what the schedule looked at is still news to those that ask after a push", async () => {
    await find(["first"], later(0));
    await judge("push", later(1));
    await find(["second"], later(10));
    await judge("schedule", later(20));
    await judge("push", later(30));
    assert.deepEqual(await matched("at-schedule"), new Set(["first", "second"]));
    assert.deepEqual(await matched("at-push"), new Set(["first", "second"]));
  });

  test("one that is cut off between two portions judges all of them again", async () => {
    const many = Array.from({ length: portion + 1 }, (_, index) => `one-of-many-${index}`);
    await find(many, later(40));
    await assert.rejects(judge("push", later(50), true));
    assert.equal((await matched("at-push")).size, portion + 2);
    await judge("push", later(51));
    assert.equal((await matched("at-push")).size, many.length + 2);
  });
});
