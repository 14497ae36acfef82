import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as turn } from "node:timers/promises";
import { startWorker, type Worker } from "#flows/jobs/worker.ts";
import type { Rule } from "#model/rule.ts";
import { grantAccess } from "#store/people/instance-access.ts";
import type { IssueDetail, Issues } from "../issues/contract.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { RuleDetail, Rules } from "./contract.ts";

const words = { title: "A made-up secret is exposed", why: "Why.", fix: "Fix.", links: [] };
const rules: readonly Rule[] = [
  {
    ...words,
    id: "iac/open-door",
    aliases: ["CKV_TEST_1"],
    title: "The door is open",
    severity: "low",
    frameworks: ["terraform", "bicep"],
    resourceTypes: ["azurerm_door"],
    serves: { title: "Doors", cis: ["1.1"], nist: ["AC-1"], pci: ["1.2"], mcsb: ["NS-1"] },
  },
  { ...words, id: "secrets/made-up", aliases: [], severity: "high", provider: "Acme", looksLike: "40 digits" },
];

describe("rules", () => {
  let api: TestApi;
  let added: Added;
  let worker: Worker;
  let browser: Browser;
  let member: Browser;
  before(async () => {
    api = await openApi({ rules });
    added = await addInstance(api.app, "one");
    await addInstance(api.app, "two");
    await api.addUser("anna", "administrator");
    const max = await api.addUser("max", "member");
    await grantAccess(api.app.db, max.id, added.instance);
    worker = await startWorker(api.app);
    [browser, member] = [await api.browser("anna"), await api.browser("max")];
  });
  after(async () => {
    await worker.stop();
    await api.close();
  });

  const list = async (query: string, by = browser) => (await by.call("GET", `/api/rules?${query}`)).json<Rules>();
  const ids = async (query: string) => (await list(query)).rows.map(({ id }) => id);
  const set = (body: unknown, by = browser) =>
    by.call("PUT", `/api/rules/${encodeURIComponent("secrets/made-up")}/settings/${added.instance}`, body);
  const issue = async () => (await browser.call("GET", `/api/issues/${added.issue}`)).json<IssueDetail>();

  async function until(expected: string): Promise<IssueDetail> {
    for (const limit = performance.now() + 20_000; ; await turn(20)) {
      const found = await issue();
      if (`${found.state.is} ${found.severity}` === expected) return found;
      assert.ok(performance.now() < limit, `${found.state.is} ${found.severity} is not ${expected}`);
    }
  }

  it("are searched by id and alias, and filtered", async () => {
    assert.deepEqual(await ids(""), ["iac/open-door", "secrets/made-up"]);
    assert.deepEqual(await ids("search=ckv_test"), ["iac/open-door"]);
    assert.deepEqual(await ids("search=exposed"), ["secrets/made-up"]);
    assert.deepEqual(await ids("search=acme"), ["secrets/made-up"]);
    assert.deepEqual(await ids("search=40+DIGITS"), ["secrets/made-up"]);
    assert.deepEqual(await ids("search=open+azurerm_door"), ["iac/open-door"]);
    assert.deepEqual(await ids("sort=severity"), ["secrets/made-up", "iac/open-door"]);
    assert.deepEqual(await ids("sort=-title"), ["iac/open-door", "secrets/made-up"]);
    assert.deepEqual(await ids("severity=low&framework=bicep&framework=arm"), ["iac/open-door"]);
    assert.deepEqual(await ids("scanner=secrets"), ["secrets/made-up"]);
    const page = await list("offset=1&limit=1");
    assert.deepEqual([page.rows.length, page.total, page.frameworks], [1, 2, ["bicep", "terraform"]]);
    assert.equal(page.rows[0]?.looksLike, "40 digits");
    const one = (await browser.call("GET", "/api/rules/CKV_TEST_1")).json<RuleDetail>();
    assert.deepEqual([one.id, one.controls?.nist, one.settings], ["iac/open-door", ["AC-1"], []]);
  });

  it("are switched off, graded otherwise and put back, and issues follow", async () => {
    assert.equal((await set({ enabled: false, severity: null }, member)).statusCode, 403);
    const off = await set({ enabled: false, severity: null });
    assert.equal(off.statusCode, 200, off.body);
    assert.deepEqual(
      off.json<RuleDetail>().settings.map(({ enabled, changedBy }) => [enabled, changedBy]),
      [[false, "anna"]],
    );
    await until("fixed high");
    assert.deepEqual(await ids(`changedIn=${added.instance}`), ["secrets/made-up"]);
    assert.deepEqual(await ids("changed=true"), ["secrets/made-up"]);
    await set({ enabled: true, severity: "low" });
    await until("open low");
    await set({ enabled: true, severity: null });
    const { events } = await until("open high");
    assert.deepEqual(
      events.slice(1).map(({ is, by, severity }) => [is, by, severity]),
      [
        ["rule-off", "anna", null],
        ["rule-on", "anna", null],
        ["re-graded", "anna", "high"],
      ],
    );
    assert.deepEqual(await ids(`changedIn=${added.instance}`), []);
    // The other instance keeps its own.
    assert.equal((await browser.call("GET", "/api/issues?state=open")).json<Issues>().total, 2);
    const audit = (await browser.call("GET", "/api/audit")).json<{ rows: { action: string }[] }>();
    const actions = audit.rows.map(({ action }) => action).filter((action) => action.startsWith("rule-"));
    assert.deepEqual(actions, ["rule-reset", "rule-re-graded", "rule-switched-off"]);
  });

  it("refuse what is no rule, no instance or no severity", async () => {
    const url = `/api/rules/secrets%2Fnone/settings/${added.instance}`;
    assert.equal((await browser.call("PUT", url, { enabled: true, severity: null })).statusCode, 404);
    const nowhere = "/api/rules/secrets%2Fmade-up/settings/00000000-0000-7000-8000-000000000000";
    assert.equal((await browser.call("PUT", nowhere, { enabled: true, severity: null })).statusCode, 404);
    assert.equal((await set({ enabled: true, severity: "awful" })).statusCode, 422);
  });
});
