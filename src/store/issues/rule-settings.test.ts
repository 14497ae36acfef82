import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { RuleSetting } from "#model/rule-setting.ts";
import type { Scope } from "#model/scope.ts";
import { dismissIssue } from "../exceptions/dismiss-issue.ts";
import {
  applyPullRequestFindings,
  listPullRequestFindings,
  pullRequestsWithRule,
} from "../pull-requests/pull-request-findings.ts";
import { getPullRequestOverview, upsertPullRequest } from "../pull-requests/pull-requests.ts";
import { type FreshDatabase, freshDatabase } from "../testing/fresh-database.ts";
import { sampleFinding, sampleTime, sampleWorld } from "../testing/sample-world.ts";
import { applyBranchFindings, branchesWithRule, reapplySettings } from "./apply-branch-findings.ts";
import { getIssue, issueTrend } from "./issues.ts";
import { listIssues } from "./list-issues.ts";
import { saveRuleSetting } from "./rule-settings.ts";

const everything: Scope = { is: "everything" };
const branch = "refs/heads/main";
const ruleId = "secrets/sample";
let database: FreshDatabase;
before(async () => {
  database = await freshDatabase();
});
after(() => database.drop());

async function openWorld() {
  const { db } = database.store;
  const { instanceId, repositoryId } = await sampleWorld(db);
  const where = { instanceId, repositoryId, branch };
  const other = sampleFinding("other", "b.ts", { rule: "iac/other" });
  const findings = [sampleFinding("one"), sampleFinding("two"), other];
  const scan = (at = sampleTime) => applyBranchFindings(db, { ...where, at, replaced: "all", findings });
  const set = async (setting: RuleSetting): Promise<void> => {
    await saveRuleSetting(db, { instanceId, ruleId, ...setting, changedBy: "ada", changedAt: sampleTime });
    for (const one of await branchesWithRule(db, instanceId, ruleId)) {
      await reapplySettings(db, { ...one, ruleId, at: new Date(sampleTime.getTime() + 1000), by: "ada" });
    }
  };
  const states = async (): Promise<readonly string[]> => {
    const { rows } = await listIssues(db, everything, { repositoryId, offset: 0, limit: 9, sort: "path" });
    return rows.map(({ path, severity, state, message }) => `${path} ${message.at(-1)} ${severity} ${state.is}`).sort();
  };
  return { db, scan, where, set, states };
}

test("a rule that is switched off closes its issues and brings them back, each with a line that says so", async () => {
  const { db, scan, set, states } = await openWorld();
  const { opened } = await scan();
  await set({ enabled: false });
  await set({ enabled: false });
  const off = ["b.ts r high open", "src/a.ts e high fixed", "src/a.ts o high fixed"];
  assert.deepEqual(await states(), off);
  assert.deepEqual(await scan(), { opened: [], reopened: [], fixed: [], silenced: [], moved: [] });
  assert.deepEqual(await states(), off);
  await set({ enabled: true });
  assert.deepEqual(await states(), ["b.ts r high open", "src/a.ts e high open", "src/a.ts o high open"]);
  const issue = await getIssue(db, everything, opened[0]!);
  assert.deepEqual(
    issue?.events.map(({ kind, actor }) => [kind, actor]),
    [
      ["opened", undefined],
      ["rule-off", "ada"],
      ["rule-on", "ada"],
    ],
  );
  assert.equal(issue?.lastSeen.getTime(), sampleTime.getTime());
  const [day] = await issueTrend(db, { is: "instances", ids: [issue.instanceId] }, 1, sampleTime);
  assert.deepEqual([day?.opened, day?.fixed, day?.open], [5, 2, 3]);
});

test("a re-graded rule changes the severity of its issues, and takes it back", async () => {
  const { scan, set, states } = await openWorld();
  await scan();
  await set({ enabled: true, severity: "low" });
  assert.deepEqual(await states(), ["b.ts r high open", "src/a.ts e low open", "src/a.ts o low open"]);
  await scan();
  assert.deepEqual(await states(), ["b.ts r high open", "src/a.ts e low open", "src/a.ts o low open"]);
  await set({ enabled: true });
  assert.deepEqual(await states(), ["b.ts r high open", "src/a.ts e high open", "src/a.ts o high open"]);
});

test("a dismissed issue stays dismissed while its rule is off and after", async () => {
  const { db, scan, set, states } = await openWorld();
  const { opened } = await scan();
  for (const id of opened) await dismissIssue(db, id, { by: "ada", at: sampleTime, reason: "false-positive" });
  const dismissed = await states();
  await set({ enabled: false });
  assert.deepEqual(await states(), dismissed);
  await set({ enabled: true });
  assert.deepEqual(await states(), dismissed);
});

test("what was found while the rule was off is there when it is on", async () => {
  const { scan, set, states } = await openWorld();
  await set({ enabled: false });
  assert.equal((await scan()).opened.length, 1);
  assert.deepEqual(await states(), ["b.ts r high open"]);
  await set({ enabled: true });
  assert.equal((await states()).length, 3);
});

test("findings of pull requests are read as the settings say", async () => {
  const { db, set, where } = await openWorld();
  const { repositoryId, instanceId } = where;
  const pullRequest = { repositoryId, number: 7, instanceId, title: "t", author: "a", state: "active" } as const;
  await upsertPullRequest(db, { ...pullRequest, isDraft: false, sourceRef: "s", targetRef: "t", webUrl: "u" });
  await applyPullRequestFindings(db, { repositoryId, number: 7, findings: [sampleFinding("one")], at: sampleTime });
  const read = async () => {
    const [finding] = await listPullRequestFindings(db, repositoryId, 7);
    const overview = await getPullRequestOverview(db, everything, repositoryId, 7);
    return [finding?.state, finding?.finding.severity, overview?.findings.open];
  };
  assert.deepEqual(await read(), ["open", "high", 1]);
  await set({ enabled: false });
  assert.deepEqual(await read(), ["fixed", "high", 0]);
  assert.equal((await pullRequestsWithRule(db, instanceId, ruleId)).length, 1);
  await set({ enabled: true, severity: "low" });
  assert.deepEqual(await read(), ["open", "low", 1]);
});
