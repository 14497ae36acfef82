import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addDefinition } from "../build/definitions.ts";
import { addRepository } from "../build-world.ts";
import { defaultSwitches } from "../switches.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";

describe("the emulator's own door", () => {
  let one: TryWorld;
  before(async () => {
    one = await openTryWorld();
  });
  after(() => one.close());

  const control = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    one.ask(method, `/_emulator${path}`, { token: null, headers, ...(body === undefined ? {} : { body }) });

  it("builds a world, lets people in and shows them out", async () => {
    await control("POST", "/organizations", { name: "contoso" });
    await control("POST", "/organizations/contoso/projects", { name: "Shop" });
    const user = await control("POST", "/users", {
      displayName: "Kim <b>",
      organization: "contoso",
      group: "project administrators",
    });
    const files = { "a.txt": "a" };
    assert.equal(
      (await control("POST", "/organizations/contoso/repositories", { project: "Shop", name: "shop", files })).status,
      200,
    );
    const commit = await control("POST", "/organizations/contoso/commits", {
      repository: "shop",
      user: user.json.id,
      branch: "main",
      message: "second",
      files: { "b.txt": "b" },
    });
    assert.match(commit.json.commit, /^[0-9a-f]{40}$/);
    const made = await control("POST", "/tokens", {
      user: user.json.mail,
      organization: "contoso",
      scopes: ["code"],
      format: "old",
    });
    assert.equal(made.json.value.length, 52);
    const asked = async () => (await one.ask("GET", "/contoso/_apis/git/repositories", { token: made.json })).status;
    assert.equal(await asked(), 200);
    await control("PATCH", "/organizations/contoso", { name: "contoso-new" });
    assert.equal(await asked(), 302);
    await control("PATCH", "/organizations/contoso-new", { stopped: true });
    assert.equal(await asked(), 302);
    assert.equal((await one.ask("GET", "/contoso-new/_apis/projects", { token: made.json })).status, 503);
    await control("PATCH", "/organizations/contoso-new", { stopped: false, name: "contoso" });
    await control("DELETE", `/organizations/contoso/users/${user.json.id}`);
    assert.equal(await asked(), 401);
    await control("PUT", `/organizations/contoso/users/${user.json.id}`, { group: "readers" });
    assert.equal(await asked(), 200);
    await control("POST", "/tokens/expire", { value: made.json.value });
    assert.equal(await asked(), 401);
    assert.equal((await control("POST", "/users", { displayName: "x", organization: "none" })).status, 400);
  });

  it("lets an agent end a queued build", async () => {
    const { emulator, organization, project, people } = one;
    const repository = await addRepository(emulator.world, organization, project, "built", { files: { "a.txt": "a" } });
    const definition = addDefinition(
      emulator.world,
      { organization },
      { projectId: project.id, name: "CI", repositoryId: repository.id, yamlFilename: "ci.yml" },
      { authoredBy: people.admin.id },
    );
    const path = "/fabrikam/My%20Project/_apis/build/builds";
    const queued = await one.ask("POST", path, { body: { definition: { id: definition.id } } });
    const end = () =>
      control("POST", `/organizations/fabrikam/builds/${queued.json.id}/complete`, { result: "failed" });
    assert.equal((await end()).status, 200);
    const { json } = await one.ask("GET", `${path}/${queued.json.id}`);
    assert.deepEqual([json.status, json.result], ["completed", "failed"]);
    assert.equal((await end()).status, 400);
  });

  it("sets every switch, and only to what it can be", async () => {
    const read = await control("GET", "/switches");
    assert.deepEqual(read.json, { ...defaultSwitches, allowPrivateTargets: true });
    const changed = await control("PATCH", "/switches", { expiredCredential: "302", pushCommitsLimit: 3 });
    assert.deepEqual([changed.json.expiredCredential, changed.json.pushCommitsLimit], ["302", 3]);
    assert.equal((await control("PATCH", "/switches", { expiredCredential: "500" })).status, 400);
    assert.equal((await control("PATCH", "/switches", { unknown: 1 })).status, 400);
    assert.equal((await control("PATCH", "/switches", { pushCommitsLimit: "many" })).status, 400);
  });

  it("adds and removes faults, turns the clock, tells its operations", async () => {
    const fault = await control("POST", "/faults", { is: "status", status: 500, matches: "nothing" });
    assert.equal((await control("GET", "/faults")).json[0].id, fault.json.id);
    await control("DELETE", `/faults/${fault.json.id}`);
    assert.deepEqual((await control("GET", "/faults")).json, []);
    assert.equal((await control("POST", "/faults", { is: "fire" })).status, 400);
    const before_ = new Date((await control("GET", "/clock")).json.now).getTime();
    const turned = await control("POST", "/clock", { advance: 3_600_000 });
    assert.ok(new Date(turned.json.now).getTime() - before_ >= 3_600_000);
    assert.ok((await control("GET", "/help")).json.length > 15);
    assert.equal((await control("GET", "/nothing")).status, 404);
  });

  it("builds tenants and apps, and changes what they do", async () => {
    const tenant = await control("POST", "/tenants", { name: "Contoso", domains: ["contoso.example"] });
    await control("POST", "/organizations", { name: "contoso-cloud", tenant: "contoso.example" });
    const kim = { displayName: "Kim Akers", mail: "kim@contoso.example", organization: "contoso-cloud" };
    await control("POST", "/users", kim);
    const app = await control("POST", "/apps", {
      displayName: "Sallyport",
      redirectUris: ["http://localhost/callback"],
      permissions: ["vso.code"],
    });
    const at = `/tenants/${tenant.json.id}`;
    assert.equal((await control("PATCH", at, { conditionalAccess: "blocks sign-in" })).status, 200);
    assert.equal((await control("PATCH", at, { conditionalAccess: "sometimes" })).status, 400);
    await control("PATCH", `${at}/accounts/kim@contoso.example`, { disabled: true });
    await control("PATCH", `${at}/apps/${app.json.clientId}`, { state: "disabled" });
    await control("POST", `${at}/service-principals`, { clientId: app.json.clientId, organization: "contoso-cloud" });
    const [shown] = (await control("GET", "/tenants")).json;
    assert.deepEqual(shown.accounts, [{ user: "kim@contoso.example", kind: "member", disabled: true }]);
    assert.equal(shown.behaviour.conditionalAccess, "blocks sign-in");
    assert.deepEqual(shown.refusedApps, { [app.json.clientId]: "disabled" });
    assert.deepEqual(shown.servicePrincipals, [app.json.clientId]);
    const account = `${at}/accounts/kim@contoso.example`;
    assert.equal((await control("POST", `${account}/revoke`)).status, 200);
    assert.equal((await control("POST", `${at}/accounts/nobody/revoke`)).status, 400);
    assert.equal((await control("DELETE", account)).status, 200);
  });

  it("shows what there is, escaped", async () => {
    const page = await control("GET", "");
    assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
    assert.ok(page.text.includes("Kim &lt;b&gt;"));
    assert.ok(!page.text.includes("<b>"));
    assert.ok(page.text.includes("contoso"));
  });

  it("is closed to web pages", async () => {
    assert.equal((await control("GET", "/switches", undefined, { Origin: "https://evil.example" })).status, 403);
  });
});
