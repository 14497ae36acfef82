import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { applyBranchFindings } from "#store/issues/apply-branch-findings.ts";
import type { Audit } from "../audit/contract.ts";
import type { ProblemDetails } from "../shapes/problem-details.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { LiveChecks } from "./contract.ts";

describe("live checks", () => {
  let api: TestApi;
  let added: Added;
  let browser: Browser;
  let address: string;
  before(async () => {
    api = await openApi();
    added = await addInstance(api.app, "one");
    await api.addUser("anna", "administrator");
    await api.addUser("mia", "member");
    browser = await api.browser("anna");
    address = `/api/instances/${added.instance}/live-checks`;
  });
  after(() => api.close());

  const enabled = async () => {
    const { rows } = (await browser.call("GET", address)).json<LiveChecks>();
    return rows.filter((row) => row.enabled).map(({ provider, enabledBy }) => `${provider} by ${enabledBy}`);
  };

  it("are off, and each says what would be sent where, and what it leaves behind", async () => {
    const { rows } = (await browser.call("GET", address)).json<LiveChecks>();
    assert.deepEqual(await enabled(), []);
    const github = rows.find(({ provider }) => provider === "github");
    assert.equal(github?.host, "api.github.com");
    assert.match(github.request, /^GET \/user, GET \/installation/);
    assert(rows.every(({ trace, rules, title }) => trace !== "" && rules.length > 0 && title !== ""));
  });

  it("are switched by administrators, one by one, and that is on record", async () => {
    for (const provider of ["github", "slack"]) {
      assert.equal((await browser.call("PUT", address, { provider, enabled: true })).statusCode, 200);
    }
    await browser.call("PUT", address, { provider: "github", enabled: true });
    assert.deepEqual((await enabled()).toSorted(), ["github by anna", "slack by anna"]);
    await browser.call("PUT", address, { provider: "slack", enabled: false });
    assert.deepEqual(await enabled(), ["github by anna"]);
    const { rows } = (await browser.call("GET", "/api/audit")).json<Audit>();
    assert.deepEqual(
      rows
        .filter(({ action }) => action.startsWith("live-check"))
        .map(({ action, subject }) => `${action}: ${subject}`),
      ["live-check-disabled: Slack", "live-check-enabled: Slack", "live-check-enabled: GitHub"],
    );
    assert.equal((await browser.call("PUT", address, { provider: "nobody", enabled: true })).statusCode, 422);
    const mia = await api.browser("mia");
    assert.equal((await mia.call("PUT", address, { provider: "github", enabled: false })).statusCode, 403);
  });

  it("are asked for again where the provider may be asked, and told why where not", async () => {
    const at = { path: "a.env", startLine: 1, startColumn: 1, endLine: 1, endColumn: 9 };
    const finding = { aliases: [], severity: "high", message: "A token.", at } as const;
    await applyBranchFindings(api.app.db, {
      instanceId: added.instance,
      repositoryId: added.repository,
      branch: "refs/heads/main",
      at: api.app.now(),
      replaced: "all",
      findings: [
        { ...finding, rule: "secrets/github-token", fingerprint: "f1" },
        { ...finding, rule: "secrets/slack-token", fingerprint: "f2" },
        { ...finding, rule: "secrets/password", fingerprint: "f3" },
      ],
      secretsFoundBy: "",
    });
    const check = (fingerprint: string) =>
      browser.call("POST", `/api/secrets/${added.instance}/${fingerprint}/check`, {});
    assert.equal((await check("f1")).statusCode, 202);
    const refused = (await check("f2")).json<ProblemDetails>();
    assert.deepEqual([refused.status, refused.title], [409, "Asking Slack is not allowed."]);
    assert.match((await check("f3")).json<ProblemDetails>().title, /No provider can be asked/);
    assert.equal((await check("f4")).statusCode, 404);
    const mia = await api.browser("mia");
    assert.equal((await mia.call("POST", `/api/secrets/${added.instance}/f1/check`, {})).statusCode, 404);
  });
});
