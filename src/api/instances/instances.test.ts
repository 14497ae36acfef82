import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { addOrganization, addProject, addRepository, addToken, addUser } from "../../../emulator/build-world.ts";
import { type Emulator, startEmulator } from "../../../emulator/start-emulator.ts";
import type { Audit } from "../audit/contract.ts";
import type { ChoosableRepositories, Connection } from "../connections/contract.ts";
import type { ProblemDetails } from "../shapes/problem-details.ts";
import { type Browser, openApi, type TestApi } from "../testing/open-api.ts";
import type { CreatedInstance, InstanceDetail, Instances } from "./contract.ts";

describe("connecting an organization", () => {
  let api: TestApi;
  let emulator: Emulator;
  let folder: string;
  let browser: Browser;
  let token: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sallyport-connect-"));
    emulator = await startEmulator({ folder });
    const { world } = emulator;
    const organization = addOrganization(world, "fabrikam");
    const project = addProject(world, organization, "Payments & more");
    const owner = addUser(world, "Olga Owner", { organization, group: "project administrators" });
    token = addToken(world, owner, { organization }).value;
    await addRepository(world, organization, project, "caf\u00e9 shop");
    api = await openApi({ azureDevOpsUrl: emulator.url });
    await api.addUser("anna", "administrator");
    browser = await api.browser("anna");
  });
  after(async () => {
    await api.close();
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const check = async (organizations: readonly string[], value: string) => {
    const body = { method: "pat", organizations, tokens: [{ value }] };
    return (await browser.call("POST", "/api/connections", body)).json<Connection>();
  };

  it("says what is wrong with a token, and keeps nothing then", async () => {
    const { draft, organizations } = await check(["fabrikam"], "nonsense");
    assert.equal(draft, null);
    assert.equal(organizations[0]?.id, null);
    assert.ok(organizations[0]?.problem);
  });

  it("goes from token to choice to instance, and the token is seen nowhere again", async () => {
    const connection = await check([`https://dev.azure.com/fabrikam`], token);
    const [organization] = connection.organizations;
    assert.equal(organization?.problem, null);
    assert.match(organization?.account ?? "", /^Olga Owner/);
    const features = organization?.credentials[0]?.preflight.features ?? [];
    assert.equal(features.find(({ feature }) => feature === "scan")?.works, "yes");
    const { draft } = connection;
    assert.ok(draft);
    const choosable = await browser.call("GET", `/api/connections/${draft}/repositories`);
    const { projects, repositories } = choosable.json<ChoosableRepositories>();
    assert.deepEqual(
      projects.map(({ name }) => name),
      ["Payments & more"],
    );
    assert.deepEqual(
      repositories.map(({ name, project, isEmpty }) => [name, project, isEmpty]),
      [["caf\u00e9 shop", "Payments & more", true]],
    );

    const body = { draft, name: "Fabrikam", takes: { is: "list", repositories: [repositories[0]?.id] } };
    const created = await browser.call("POST", "/api/instances", body);
    assert.equal(created.statusCode, 201, created.body);
    const { id } = created.json<CreatedInstance>();
    const again = await browser.call("POST", "/api/instances", body);
    assert.equal(again.json<CreatedInstance>().id, id);

    const instance = (await browser.call("GET", `/api/instances/${id}`)).json<InstanceDetail>();
    assert.deepEqual([instance.name, instance.takes, instance.signIn?.is], ["Fabrikam", "list", "pat"]);
    assert.match(instance.signIn?.account ?? "", /Olga Owner/);
    assert.ok(!api.logged.join("").includes(token));
    const tables = await Promise.all([
      api.store.db.selectFrom("connectionDrafts").selectAll().execute(),
      api.store.db.selectFrom("credentials").selectAll().execute(),
      api.store.db.selectFrom("auditEvents").selectAll().execute(),
    ]);
    assert.ok(!JSON.stringify(tables).includes(token));
    assert.ok(!JSON.stringify(tables).includes(Buffer.from(token).toString("hex")));
  });

  it("refuses the same organization twice", async () => {
    const { organizations } = await check(["fabrikam"], token);
    assert.equal(organizations[0]?.connectedTo, "Fabrikam");
    assert.ok(organizations[0]?.problem);
  });

  it("can be renamed, given a new choice, and ended", async () => {
    const { rows } = (await browser.call("GET", "/api/instances")).json<Instances>();
    const id = rows[0]?.id ?? "";
    const url = `/api/instances/${id}`;
    const edited = await browser.call("PATCH", url, { name: "Renamed", takes: { is: "existing-and-future" } });
    assert.equal(edited.statusCode, 204, edited.body);
    const instance = (await browser.call("GET", url)).json<InstanceDetail>();
    assert.deepEqual([instance.name, instance.takes], ["Renamed", "existing-and-future"]);
    assert.equal((await browser.call("PATCH", url, {})).statusCode, 422);
    for (const asked of ["sync", "try-again", "check"]) {
      assert.equal((await browser.call("POST", `${url}/${asked}`)).statusCode, 202);
    }
    const { rows: audit } = (await browser.call("GET", "/api/audit")).json<Audit>();
    assert.deepEqual(
      audit.slice(0, 3).map(({ actor, action, subject }) => [actor, action, subject]),
      ["credential-check-asked", "retry-asked", "sync-asked"].map((action) => ["anna", action, "Renamed"]),
    );
    assert.equal((await browser.call("DELETE", url)).statusCode, 202);
    const ending = (await browser.call("GET", url)).json<InstanceDetail>();
    assert.deepEqual([ending.state, ending.reasons[0]?.code], ["disabled", "deleting"]);
    const gone = await browser.call("DELETE", "/api/instances/00000000-0000-7000-8000-000000000000");
    assert.equal(gone.statusCode, 404);
  });

  it("says when a draft is no more", async () => {
    const body = { draft: "00000000-0000-7000-8000-000000000000", name: "x", takes: { is: "existing" } };
    assert.equal((await browser.call("POST", "/api/instances", body)).json<ProblemDetails>().code, "conflict");
    const answer = await browser.call("GET", `/api/connections/${body.draft}/repositories`);
    assert.equal(answer.json<ProblemDetails>().code, "gone");
  });
});
