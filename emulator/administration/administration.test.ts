import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addOrganization, addRepository, addToken, addUser } from "../build-world.ts";
import { zeroGuid } from "../shapes.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";

describe("administration", () => {
  let one: TryWorld;
  before(async () => {
    one = await openTryWorld();
    await addRepository(one.emulator.world, one.organization, one.project, "app", { files: { "a.txt": "a" } });
  });
  after(() => one.close());
  const preview = { version: "7.1-preview.1" };

  it("reports permissions to collection administrators, once the report is made", async () => {
    const at = "/fabrikam/_apis/permissionsreport";
    const body = { reportName: "r", descriptors: [], resources: [{ resourceId: "x", resourceType: "repo" }] };
    assert.equal((await one.ask("POST", at, { body })).status, 403);
    const small = addToken(one.emulator.world, one.people.collection, { scopes: ["code_write"] });
    assert.equal((await one.ask("GET", at, { token: small })).status, 401);
    const token = one.tokens.collection;
    const made = await one.ask("POST", at, { body, token });
    const path = new URL(made.json._links.self.href).pathname;
    assert.equal((await one.ask("GET", path, { token })).json.reportStatus, "created");
    assert.equal((await one.ask("GET", `${path}/download`, { token })).status, 400);
    await one.emulator.clock.advance(1000);
    assert.equal((await one.ask("GET", path, { token })).json.reportStatus, "completedSuccessfully");
    const report = await one.ask("GET", `${path}/download`, { token });
    assert.equal(report.headers.get("content-type"), "application/octet-stream");
    assert.equal(report.json.length, 4);
  });

  it("pages licences and the audit log by tokens in the body", async () => {
    const people = "/_hosts/vsaex.dev.azure.com/fabrikam/_apis/userentitlements";
    const first = (await one.ask("GET", `${people}?top=3`, preview)).json;
    assert.equal(first.members.length, 3);
    const rest = (await one.ask("GET", `${people}?top=3&continuationToken=${first.continuationToken}`, preview)).json;
    assert.deepEqual([rest.members.length, rest.continuationToken], [1, ""]);
    const log = "/_hosts/auditservice.dev.azure.com/fabrikam/_apis/audit/auditlog?batchSize=1";
    const audit = (await one.ask("GET", log, { ...preview, token: one.tokens.collection })).json;
    assert.deepEqual([audit.decoratedAuditLogEntries.length, audit.hasMore], [1, false]);
  });

  it("keeps the audit log from organizations without a tenant, and token lists from access tokens", async () => {
    const { world } = one.emulator;
    const organization = addOrganization(world, "personal", { tenantId: zeroGuid });
    const owner = addUser(world, "Owner", { organization, group: "collection administrators" });
    const token = addToken(world, owner);
    const log = "/_hosts/auditservice.dev.azure.com/personal/_apis/audit/auditlog";
    assert.equal((await one.ask("GET", log, { ...preview, token })).status, 403);
    const tokens = "/_hosts/vssps.dev.azure.com/fabrikam/_apis/tokens/pats";
    assert.equal((await one.ask("GET", tokens, preview)).status, 401);
  });

  it("lets collection administrators see and revoke the tokens of others", async () => {
    const { world } = one.emulator;
    const old = addToken(world, one.people.reader, { scopes: ["code"], displayName: "old" });
    const root = "/_hosts/vssps.dev.azure.com/fabrikam/_apis/tokenadmin";
    const at = `${root}/personalaccesstokens/${one.people.reader.descriptor}`;
    assert.equal((await one.ask("GET", at)).status, 403);
    const token = one.tokens.collection;
    const page = (await one.ask("GET", `${at}?pageSize=1`, { token })).json;
    assert.deepEqual([page.value[0].displayName, page.value[0].scope, page.value[0].token], ["old", "vso.code", null]);
    const next = `${at}?pageSize=1&continuationToken=${page.continuationToken}`;
    const rest = (await one.ask("GET", next, { token })).json;
    assert.deepEqual([rest.value.length, rest.continuationToken], [1, null]);
    const body = [{ authorizationId: page.value[0].authorizationId }];
    assert.equal((await one.ask("POST", `${root}/revocations`, { token, body })).status, 204);
    assert.equal((await one.ask("GET", "/fabrikam/_apis/projects", { token: old })).status, 401);
  });
});
