/** Issues about settings open, are decided about, and are over when the settings are, and never because nobody could look. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { pino } from "pino";
import type { IssueId } from "#model/ids.ts";
import { known, unknown } from "#model/posture/fact.ts";
import { factKeys } from "#model/posture/fact-key.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { RunFact } from "#model/posture/pipeline-facts.ts";
import type { PostureAnswer, PostureResult } from "#model/posture/posture-result.ts";
import { dismissIssue } from "#store/exceptions/dismiss-issue.ts";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import { getIssue } from "#store/issues/issues.ts";
import { listIssues } from "#store/issues/list-issues.ts";
import { saveRuleSetting } from "#store/issues/rule-settings.ts";
import { areScoresDue } from "#store/issues/urgency-scores.ts";
import { type Jobs, openJobs } from "#store/jobs/jobs.ts";
import { countResults, listResults } from "#store/posture/list-posture-results.ts";
import { lastPostureRun } from "#store/posture/posture-runs.ts";
import { type FreshDatabase, freshDatabase } from "#store/testing/fresh-database.ts";
import { type SampleWorld, sampleFinding, sampleTime, sampleWorld } from "#store/testing/sample-world.ts";
import { inTransaction } from "#store/transaction.ts";
import { queues } from "../jobs/queues.ts";
import { scoreBranch, scoreIssues } from "../urgency/score-issues.ts";
import { readStoredFacts } from "./known-facts.ts";
import { recordPosture } from "./record-posture.ts";
import { recordRun } from "./record-run.ts";

const everything = { is: "everything" } as const;
const rule = "cicd/settings-job-token-reaches-organization";
const failed: PostureAnswer = {
  ...{ is: "fail", severity: "high", why: "jobs reach everything" },
  evidence: [{ what: "generalsettings: enforceJobAuthScope = false", at: sampleTime.toISOString() }],
};
const pass: PostureAnswer = { is: "pass" };
const notEvaluated: PostureAnswer = { is: "not-evaluated", reason: "Nobody may read it." };

describe("what rules say of settings", () => {
  let database: FreshDatabase;
  let world: SampleWorld;
  let jobs: Jobs;
  let minutes = 0;
  before(async () => {
    database = await freshDatabase();
    world = await sampleWorld(database.store.db);
    jobs = await openJobs(database.store, { log: pino({ level: "silent" }), queues });
  });
  after(async () => {
    await jobs.stop();
    await database.drop();
  });

  const now = () => new Date(sampleTime.getTime() + minutes * 60_000);
  const app = () => ({ db: database.store.db, jobs, now });
  const organization = () => ({ id: world.organizationId, instanceId: world.instanceId, name: "contoso" });
  const url = "https://dev.azure.com/contoso";

  function facts(isKnown = true): OrganizationFacts {
    const at = now().toISOString();
    const all = factKeys.map((key) => [key, unknown("not-read", "Nobody asked.")] as const);
    const settings = isKnown ? known({ enforceJobAuthScope: false }, at) : unknown("refused", "Nobody may read it.");
    const project = { ...Object.fromEntries(all), generalSettings: settings } as unknown as ProjectFacts;
    const about = { id: world.projectId, name: "sample-project", visibility: "private" } as const;
    const own = Object.fromEntries(all) as unknown as OrganizationFacts;
    return { ...own, id: world.organizationId, name: "contoso", url, projects: [{ ...project, ...about }] };
  }

  const about = (answer: PostureAnswer, change: Partial<PostureResult["resource"]> = {}): PostureResult => ({
    rule,
    answer,
    resource: { kind: "connection", id: "c", name: "prod", projectId: world.projectId, ...change },
  });

  async function look(results: readonly PostureResult[], given = facts()): Promise<readonly string[]> {
    minutes += 60;
    const judgement = { results, paths: [], pipelines: [], bills: [], gaps: [] };
    const calls = { total: 1, byKey: { generalSettings: 1 } };
    await recordPosture(app(), { organization: organization(), url, facts: given, calls, startedAt: now(), judgement });
    return states();
  }

  async function issues() {
    return (await listIssues(database.store.db, everything, { offset: 0, limit: 50 })).rows;
  }

  async function states(): Promise<readonly string[]> {
    const lines = (await issues()).map(({ path, state, severity }) => `${path} ${severity} ${state.is}`);
    return lines.toSorted();
  }

  it("are asked about for issues in code, once somebody has looked", async () => {
    const { db } = database.store;
    const where = { instanceId: world.instanceId, repositoryId: world.repositoryId, branch: "refs/heads/main" };
    const findings = [sampleFinding("code")];
    await inTransaction(db, async (tx) => {
      await applyBranchFindings(tx, { ...where, at: now(), replaced: "all", findings });
      await scoreBranch(tx, where, { at: now(), changed: { is: "nothing" } });
    });
    const about = async () => {
      const points = (await getIssue(db, everything, (await issues())[0]?.id as IssueId))?.urgencyPoints;
      return points?.find(({ signal }) => signal === "attack-path")?.because;
    };
    const before = await about();
    await look([]);
    await scoreIssues(app(), undefined, AbortSignal.timeout(60_000));
    assert.notEqual(await about(), before);
    await look([]);
    assert.equal(await areScoresDue(db, now()), false, "once");
    await sql`delete from issues where repository_id = ${world.repositoryId}`.execute(db);
  });

  it("that fail are issues of the settings of their project, and over when the settings are right", async () => {
    assert.deepEqual(await look([about(failed), about(pass, { id: "d", name: "test" })]), [
      "connection prod high open",
    ]);
    const [issue] = await issues();
    assert.deepEqual(
      [issue?.repositoryName, issue?.branch, issue?.message, issue?.novelty],
      ["Settings of sample-project", "settings", "Connection prod: jobs reach everything.", "backlog"],
    );
    assert.deepEqual(await look([about(failed), about(pass, { id: "d", name: "test" })]), [
      "connection prod high open",
    ]);
    assert.equal((await issues())[0]?.id, issue?.id, "twice is once");
    assert.deepEqual(await look([about(pass), about(failed, { id: "d", name: "test" })]), [
      "connection prod high fixed",
      "connection test high open",
    ]);
    assert.equal((await issues()).find(({ path }) => path === "connection test")?.novelty, "new", "it was fine before");
    assert.deepEqual(await look([]), ["connection prod high fixed", "connection test high fixed"], "both are gone");
  });

  it("that cannot be evaluated leave open what was open", async () => {
    await look([about(failed), about(failed, { id: "o", name: "own", projectId: undefined as never })]);
    const open = ["connection own high open", "connection prod high open", "connection test high fixed"];
    assert.deepEqual(await states(), open);
    assert.deepEqual(await look([about(notEvaluated), about(notEvaluated, { kind: "organization", id: "x" })]), open);
    const whole = { kind: "project", id: world.projectId, name: "sample-project" };
    const own = about(failed, { id: "o", name: "own", projectId: undefined as never });
    assert.deepEqual(await look([about(notEvaluated, whole), own]), open, "the project as a whole");
    assert.deepEqual(await look([own], facts(false)), open, "what it needs was known, and is not any more");
    assert.deepEqual(await look([own], facts(false)), open, "and still is not");
    assert.deepEqual(await look([own]), [open[0], "connection prod high fixed", open[2]], "known again");
  });

  it("stay dismissed as people decided", async () => {
    await look([about(failed)]);
    const issue = (await issues()).find(({ path, state }) => path === "connection prod" && state.is === "open");
    assert(issue);
    const dismissal = { by: "ada", at: now(), reason: "accepted-risk" } as const;
    assert.equal(await dismissIssue(database.store.db, issue.id, dismissal), true);
    assert((await look([about(failed)])).includes("connection prod high dismissed"));
    const worse: PostureAnswer = { ...failed, severity: "critical" };
    assert((await look([about(worse)])).includes("connection prod critical dismissed"));
    const page = { offset: 0, limit: 10, organizationId: world.organizationId };
    const [result] = (await listResults(database.store.db, everything, page)).rows;
    assert.deepEqual([result?.issueId, result?.issueState], [issue.id, "dismissed"]);
  });

  it("of a run stay beside them, however often the settings are looked at", async () => {
    const run: RunFact = {
      ...{ id: 11, definitionId: 7, number: "1", url: "u", reason: "manual", result: "failed", branch: "b", given: [] },
      queuedAt: now().toISOString(),
    };
    const result = about(failed, { kind: "run", id: "7/11", name: "ci 1" });
    const project = { id: world.projectId, name: "sample-project", visibility: "private" } as const;
    const judged = {
      organization: organization(),
      project,
      run,
      results: [{ ...result, rule: "cicd/run-x" } as const],
    };
    await recordRun(app(), { ...judged, isChanged: true });
    await recordRun(app(), { ...judged, isChanged: true });
    assert((await states()).includes("run ci 1 high open"));
    const twin = about(failed, { kind: "run", id: "8/12", name: "ci 1" });
    const second = { ...judged, run: { ...run, id: 12, definitionId: 8 } };
    await recordRun(app(), { ...second, results: [{ ...twin, rule: "cicd/run-x" }], isChanged: false });
    const twins = (await states()).filter((state) => state === "run ci 1 high open");
    assert.equal(twins.length, 2, "pipelines of two folders may have one name");
    assert((await look([])).includes("run ci 1 high open"));
    const page = { offset: 0, limit: 10, organizationId: world.organizationId };
    assert.deepEqual(
      (await listResults(database.store.db, everything, page)).rows.map(({ source }) => source),
      ["run", "run"],
    );
  });

  it("count as people decided about their rules, without another look", async () => {
    const { db } = database.store;
    const page = { offset: 0, limit: 10, organizationId: world.organizationId };
    const decide = (change: { readonly enabled: boolean; readonly severity?: "low" }) =>
      saveRuleSetting(db, {
        ...{ instanceId: world.instanceId, ruleId: rule, changedBy: "ada", changedAt: now(), ...change },
      });
    const answers = async () =>
      (await listResults(db, everything, { ...page, rule })).rows.map(
        ({ answer, severity }) => `${answer} ${severity}`,
      );
    await look([about(failed), about(pass, { id: "d", name: "test" })]);
    assert.deepEqual(await answers(), ["fail high", "pass undefined"]);
    await decide({ enabled: true, severity: "low" });
    assert.deepEqual(await answers(), ["fail low", "pass undefined"]);
    const counted = (await countResults(db, everything, page)).filter((one) => one.rule === rule);
    assert.deepEqual(new Set(counted.map(({ severity }) => severity)), new Set(["low", null]));
    await decide({ enabled: false });
    assert.deepEqual(await answers(), []);
    await look([about(failed)]);
    assert.deepEqual((await lastPostureRun(db, world.organizationId))?.counts, { pass: 0, fail: 0, notEvaluated: 0 });
    await decide({ enabled: true });
    assert.deepEqual(await answers(), ["fail high"]);
  });

  it("go along with what is known, by which the next look begins", async () => {
    const given = facts();
    await look([about(failed)], given);
    assert.deepEqual(await readStoredFacts(database.store.db, given, given.projects), given);
    const run = await lastPostureRun(database.store.db, world.organizationId);
    assert.deepEqual([run?.counts, run?.calls.total], [{ pass: 0, fail: 1, notEvaluated: 0 }, 1]);
  });
});
