import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import { listIssues } from "#store/issues/list-issues.ts";
import { grantAccess } from "#store/people/instance-access.ts";
import type { Audit } from "../audit/contract.ts";
import type { ProblemDetails } from "../shapes/problem-details.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { AskedWorkItems, WorkItemDetail, WorkItemSettingsAnswer, WorkItems } from "./contract.ts";

describe("work items", () => {
  let api: TestApi;
  let one: Added;
  let browser: Browser;
  let issues: readonly string[];
  before(async () => {
    api = await openApi();
    one = await addInstance(api.app, "one");
    await api.addUser("anna", "administrator");
    const max = await api.addUser("max", "member");
    await grantAccess(api.app.db, max.id, one.instance);
    await api.addUser("mia", "member");
    browser = await api.browser("max");
    const at = { path: "main.tf", startLine: 1, startColumn: 1, endLine: 1, endColumn: 6 };
    const finding = { aliases: [], severity: "high", message: "Not encrypted.", at } as const;
    const findings = ["a", "a", "b"].map((rule, index) => {
      return { ...finding, rule: `iac/made-up-${rule}`, fingerprint: `iac-${index}` } as const;
    });
    await applyBranchFindings(api.app.db, {
      ...{ instanceId: one.instance, repositoryId: one.repository, branch: "refs/heads/main", at: api.app.now() },
      ...{ replaced: ["main.tf"], findings },
    });
    const filter = { offset: 0, limit: 10, scanner: ["iac"] as const };
    const { rows } = await listIssues(api.app.db, { is: "everything" }, filter);
    issues = rows.filter(({ rule }) => rule.startsWith("iac/")).map(({ id }) => id);
    assert.equal(issues.length, 3);
  });
  after(() => api.close());

  const ask = async () => (await browser.call("POST", "/api/work-items", { issues })).json<AskedWorkItems>().answers;

  it("are asked for, one for each group, and shown to those who may see the repository", async () => {
    assert.deepEqual(
      (await ask()).map(({ is }) => is),
      ["asked", "asked"],
    );
    assert.deepEqual(new Set((await ask()).map(({ is }) => is)), new Set(["joined"]));
    const { rows, total } = (await browser.call("GET", "/api/work-items?state=planned")).json<WorkItems>();
    assert.deepEqual([total, new Set(rows.map((row) => row.openIssues)), rows[0]?.number], [2, new Set([1, 2]), null]);
    const detail = (await browser.call("GET", `/api/work-items/${rows[0]?.id}`)).json<WorkItemDetail>();
    assert.deepEqual([detail.listed[0]?.path, detail.listed[0]?.isOpen, detail.askedBy.name], ["main.tf", true, "max"]);
    const stays = (await browser.call("POST", `/api/work-items/${rows[0]?.id}/reopen`, {})).json<ProblemDetails>();
    assert.match(stays.detail ?? "", /^Only a work item that people closed/);
    const ofIssue = (await browser.call("GET", `/api/work-items?issueId=${issues[0]}`)).json<WorkItems>();
    assert.equal(ofIssue.total, 1);
    const mia = await api.browser("mia");
    assert.equal((await mia.call("GET", "/api/work-items")).json<WorkItems>().total, 0);
    assert.equal((await mia.call("GET", `/api/work-items/${rows[0]?.id}`)).statusCode, 404);
    assert.equal((await mia.call("POST", "/api/work-items", { issues })).statusCode, 404);
  });

  it("are wanted as an administrator says", async () => {
    const address = `/api/instances/${one.instance}/work-item-settings`;
    const before = (await browser.call("GET", address)).json<WorkItemSettingsAnswer>();
    assert.deepEqual([before.grouping, before.most, before.automatic], ["root-cause", 10, true]);
    const change = { automatic: false, grouping: "policy", most: 3, fields: { "Custom.Team": "Red" }, severities: {} };
    assert.equal((await browser.call("PUT", address, change)).statusCode, 403);
    const anna = await api.browser("anna");
    const changed = (await anna.call("PUT", address, change)).json<WorkItemSettingsAnswer>();
    assert.deepEqual(
      [changed.grouping, changed.fields, changed.changedBy],
      ["policy", { "Custom.Team": "Red" }, "anna"],
    );
    assert.equal((await anna.call("PUT", address, { ...change, fields: { team: "Red" } })).statusCode, 422);
    assert.equal((await anna.call("PUT", `${address}?projectId=${one.repository}`, change)).statusCode, 404);
    const usual = (await anna.call("DELETE", address)).json<WorkItemSettingsAnswer>();
    assert.deepEqual([usual.grouping, usual.changedBy], ["root-cause", null]);
    const { rows } = (await anna.call("GET", "/api/audit")).json<Audit>();
    assert(rows.some(({ action }) => action === "work-item-settings-changed"));
  });
});
