import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { CredentialId } from "#model/ids.ts";
import { setInstanceState } from "#store/instances/instances.ts";
import { listOrganizations } from "#store/instances/organizations.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { insertCredential } from "#store/people/credentials.ts";
import { grantAccess } from "#store/people/instance-access.ts";
import { seal } from "#store/sealing.ts";
import type { ExportedIssue } from "../instance-export/contract.ts";
import { csvField } from "../shapes/csv-field.ts";
import { type Added, addInstance } from "../testing/add-instance.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { InstanceHealth } from "./contract.ts";

describe("the health of an instance", () => {
  let api: TestApi;
  let seen: Added;
  let hidden: Added;
  let administrator: Browser;
  let member: Browser;
  before(async () => {
    api = await openApi();
    seen = await addInstance(api.app, "seen");
    hidden = await addInstance(api.app, "hidden");
    for (const name of ["Olga Owner (olga@fabrikam.example)", "Sam Second (sam@fabrikam.example)"]) {
      await addCredential(name);
    }
    const subject = "seen-organization: the token of Sam Second (sam@fabrikam.example)";
    const event = { actor: "anna", action: "credential-removed", subject, instanceId: seen.instance } as const;
    await insertAuditEvent(api.app.db, { ...event, data: { account: "sam@fabrikam.example" } });
    await api.addUser("anna", "administrator");
    const mia = await api.addUser("mia", "member");
    await grantAccess(api.app.db, mia.id, seen.instance);
    administrator = await api.browser("anna");
    member = await api.browser("mia");
  });
  after(() => api.close());

  async function addCredential(accountName: string): Promise<void> {
    const [organization] = await listOrganizations(api.app.db, seen.instance);
    assert.ok(organization);
    const id = randomUUID() as CredentialId;
    const token = { sealed: seal(api.app.keys, "made up", id), valueHash: randomBytes(32), allOrganizations: false };
    const owner = { id, instanceId: seen.instance, organizationId: organization.id, accountId: id, accountName };
    await insertCredential(api.app.db, { ...owner, method: "pat", ...token }, api.app.now());
  }

  const healthOf = (browser: Browser, id: string) => browser.call("GET", `/api/instances/${id}/health`);

  it("shows who acts, the heads and what happened", async () => {
    const answer = await healthOf(administrator, seen.instance);
    assert.equal(answer.statusCode, 200, answer.body);
    const health = answer.json<InstanceHealth>();
    assert.deepEqual(
      health.credentials.map(({ account, isInUse, health: state }) => [account, isInUse, state]),
      [
        ["Olga Owner (olga@fabrikam.example)", true, "good"],
        ["Sam Second (sam@fabrikam.example)", false, "good"],
      ],
    );
    assert.deepEqual([health.heads.unscanned, health.heads.unchecked], [0, 0]);
    assert.deepEqual(health.projects[0] && [health.projects[0].repositories, health.projects[0].chosen], [1, 1]);
    assert.deepEqual(health.events[0]?.data, { account: "sam@fabrikam.example" });
  });

  it("shows a member their own instances, without mail addresses beyond the row's", async () => {
    assert.equal((await healthOf(member, hidden.instance)).statusCode, 404);
    const answer = await healthOf(member, seen.instance);
    assert.equal(answer.statusCode, 200, answer.body);
    assert.ok(!answer.body.includes("sam@") && answer.body.includes("Sam Second"), answer.body);
    const cause = "The token of Sam Second (sam@fabrikam.example) expired.";
    const said = { code: "x", level: "notice", since: "2026-11-01T00:00:00Z", cause, affects: "", remedy: "" } as const;
    await setInstanceState(api.app.db, seen.instance, "connected", [said]);
    for (const path of ["/api/instances", `/api/instances/${seen.instance}`]) {
      const { body } = await member.call("GET", path);
      assert.ok(!body.includes("sam@") && body.includes("The token of Sam Second expired."), body);
      assert.ok((await administrator.call("GET", path)).body.includes("sam@"));
    }
    for (const [method, path] of [
      ["POST", "sync"],
      ["POST", "pause"],
      ["POST", "validations"],
      ["POST", "rotate-secrets"],
      ["GET", "issues.csv"],
      ["GET", "receipt"],
    ] as const) {
      assert.equal((await member.call(method, `/api/instances/${seen.instance}/${path}`)).statusCode, 403, path);
    }
  });

  it("exports all issues, and no formula", async () => {
    const json = await administrator.call("GET", `/api/instances/${seen.instance}/issues.json`);
    const issues = json.json<ExportedIssue[]>();
    assert.deepEqual(
      issues.map(({ id, path, line, state }) => [id, path, line, state]),
      [[seen.issue, "src/settings.ts", 7, "open"]],
    );
    const csv = await administrator.call("GET", `/api/instances/${seen.instance}/issues.csv`);
    assert.match(String(csv.headers["content-disposition"]), /^attachment; filename="issues-/);
    const [head = "", row = ""] = csv.body.split("\r\n");
    assert.equal(head.split(",").length, 23);
    assert.ok(row.startsWith(`${seen.issue},open,false,high,`), row);
    assert.equal(csvField("=HYPERLINK(1)"), "'=HYPERLINK(1)");
    assert.equal(csvField(' +1,"2"'), `"' +1,""2"""`);
    assert.equal(csvField("src/a.ts"), "src/a.ts");
  });

  it("stops and goes on, and looks at nothing in between", async () => {
    const url = `/api/instances/${seen.instance}`;
    assert.equal((await administrator.call("POST", `${url}/pause`)).statusCode, 204);
    assert.equal((await administrator.call("POST", `${url}/sync`)).statusCode, 409);
    assert.equal((await administrator.call("POST", `${url}/pause`)).statusCode, 409);
    assert.equal((await administrator.call("POST", `${url}/resume`)).statusCode, 204);
    assert.equal((await administrator.call("POST", `${url}/check`)).statusCode, 202);
    assert.equal((await administrator.call("GET", `${url}/validations/latest`)).statusCode, 404);
    assert.equal((await administrator.call("POST", `${url}/validations`)).statusCode, 202);
    const latest = await administrator.call("GET", `${url}/validations/latest`);
    assert.deepEqual([latest.statusCode, latest.json<{ startedBy: string }>().startedBy], [200, "anna"]);
  });
});
