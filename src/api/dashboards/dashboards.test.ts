import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { maintain } from "#flows/jobs/maintain.ts";
import { scoreBranch } from "#flows/urgency/score-issues.ts";
import type { Finding } from "#model/finding.ts";
import { setRepositoryTags } from "#store/instances/repository-tags.ts";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import { type Dashboards, dashboardParts } from "./contract.ts";

const day = 24 * 60 * 60_000;

function finding(name: string, severity: Finding["severity"]): Finding {
  return {
    ...{ rule: "iac/open", aliases: [], severity, message: name, fingerprint: name },
    at: { path: `${name}.tf`, startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
  };
}

describe("dashboards", () => {
  let api: TestApi;
  let added: Added;
  let anna: Browser;

  before(async () => {
    api = await openApi();
    added = await addInstance(api.app, "one");
    await addInstance(api.app, "two");
    await api.addUser("anna", "administrator");
  });
  after(async () => api.close());

  async function found(findings: readonly Finding[], silenced: readonly Finding[] = []) {
    const at = api.app.now();
    const branch = { instanceId: added.instance, repositoryId: added.repository, branch: "refs/heads/main" };
    const hidden = silenced.map((one) => ({ finding: one, by: "inline" as const, reason: "known" }));
    await applyBranchFindings(api.app.db, { ...branch, of: ["iac"], at, replaced: "all", findings, silenced: hidden });
    await scoreBranch(api.app.db, branch, { at, changed: { is: "nothing" } });
  }

  async function read(query = ""): Promise<Dashboards> {
    const answer = await anna.call("GET", `/api/dashboards?${query}`);
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json<Dashboards>();
  }

  it("follow what is found, hidden and fixed, and how long that took", async () => {
    const all = [finding("a", "critical"), finding("b", "critical"), finding("c", "low"), finding("d", "high")];
    await found(all, [finding("s", "low")]);
    api.pass(2 * day);
    await found(all.slice(1), [finding("s", "low")]);
    api.pass(8 * day);
    await found(all.slice(2), [finding("s", "low")]);
    // Sessions do not last as long.
    anna = await api.browser("anna");
    const { asOf, funnel, timeToFix, sla, trend, top } = await read(`instanceId=${added.instance}`);
    assert.ok(asOf);
    // The instance has a secret of its own.
    assert.deepEqual([funnel.raw, funnel.afterSilenced, funnel.afterExceptions, funnel.fixed], [6, 5, 5, 2]);
    assert.deepEqual([timeToFix.all.fixed, timeToFix.all.meanHours], [2, 144]);
    assert.deepEqual(
      timeToFix.bySeverity.map(({ severity, fixed }) => [severity, fixed]),
      [["critical", 2]],
    );
    assert.ok((timeToFix.all.medianHours ?? 0) >= 24 && (timeToFix.all.medianHours ?? 0) <= 240);
    // Criticals are due after 7 days.
    assert.deepEqual([sla.keptRate, sla.onTrack + sla.approaching + sla.overdue], [0.5, 3]);
    const last = trend.at(-1);
    assert.equal(last?.open, 3);
    assert.deepEqual(
      [trend.reduce((sum, week) => sum + week.opened, 0), trend.reduce((sum, week) => sum + week.fixed, 0)],
      [5, 2],
    );
    assert.ok(trend.length >= 13 && trend[0]?.open === 0);
    assert.deepEqual(
      [top.rules[0]?.name, top.rules[0]?.open, top.repositories[0]?.id, top.owners[0]?.open],
      ["iac/open", 2, added.repository, 3],
    );
  });

  it("are narrowed by instance, project, tag and days, and by what somebody may see", async () => {
    const all = await read();
    assert.equal(all.coverage.repositories, 2);
    assert.equal(all.funnel.raw, 7);
    await setRepositoryTags(api.app.db, added.repository, ["web"]);
    assert.equal((await read("tag=web")).funnel.raw, 6);
    assert.equal((await read("tag=none")).funnel.raw, 0);
    const { coverage } = await read("tag=web");
    assert.deepEqual([coverage.watched, coverage.gated, coverage.pullRequests, coverage.judged], [1, 0, 1, 0]);
    const before = new Date(api.app.now().getTime() - 30 * day).toISOString().slice(0, 10);
    assert.equal((await read(`to=${before}`)).funnel.fixed, 0);
    assert.equal((await anna.call("GET", "/api/dashboards?from=2026-02-02&to=2026-01-01")).statusCode, 422);
    assert.equal((await anna.call("GET", "/api/dashboards?from=2020-01-01")).statusCode, 422);
    await api.addUser("maria", "member");
    const maria = await api.browser("maria");
    const nothing = (await maria.call("GET", "/api/dashboards")).json<Dashboards>();
    assert.deepEqual([nothing.asOf, nothing.funnel.raw, nothing.coverage.repositories], [null, 0, 0]);
  });

  it("are the same after maintenance has counted again, and come as CSV", async () => {
    const { asOf: _before, ...before } = await read();
    await maintain(api.app);
    const { asOf: _after, ...after } = await read();
    assert.deepEqual(after, before);
    for (const part of dashboardParts) {
      const answer = await anna.call("GET", `/api/dashboards.csv?part=${part}`);
      assert.equal(answer.statusCode, 200, answer.body);
      const lines = answer.body.trim().split("\r\n");
      assert.ok(lines.length > 1, part);
      assert.equal(new Set(lines.map((line) => line.split(",").length)).size, 1, answer.body);
    }
  });
});
