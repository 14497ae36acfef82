import assert from "node:assert/strict";
import { get } from "node:http";
import { after, before, describe, it } from "node:test";
import { addOrganization, addRepository, addToken, addUser } from "../build-world.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";

describe("the gate", () => {
  let one: TryWorld;
  before(async () => {
    one = await openTryWorld();
    await addRepository(one.emulator.world, one.organization, one.project, "app", { files: { "a.txt": "a" } });
  });
  after(() => one.close());
  const repositories = "/fabrikam/_apis/git/repositories";

  it("answers strangers with a sign-in page, or 401 when redirects are suppressed", async () => {
    const plain = { token: null, headers: { "X-TFS-FedAuthRedirect": "" } };
    const page = await one.ask("GET", repositories, plain);
    assert.equal(page.status, 203);
    assert.match(page.headers.get("content-type") ?? "", /text\/html/);
    const patch = await one.ask("PATCH", `${repositories}/app`, { ...plain, body: {} });
    assert.equal(patch.status, 401);
    assert.equal(patch.json.typeKey, "UnauthorizedRequestException");
    assert.match(patch.json.message, /^TF400813/);
    const suppressed = await one.ask("GET", repositories, { token: null });
    assert.equal(suppressed.status, 401);
    assert.equal(suppressed.text, "");
    const { tenantId } = one.organization;
    const named = suppressed.headers.get("www-authenticate") ?? "";
    assert.ok(
      named.includes(`Bearer authorization_uri=${one.emulator.url}/_hosts/login.microsoftonline.com/${tenantId}`),
    );
    assert.match(named, /, Basic realm=/);
    one.emulator.world.switches.entraChallengeHeader = false;
    const plainly = await one.ask("GET", repositories, { token: null });
    one.emulator.world.switches.entraChallengeHeader = true;
    assert.match(plainly.headers.get("www-authenticate") ?? "", /^Basic realm=/);
  });

  it("obeys the switches for the 401 body and for expired credentials", async () => {
    const { switches, clock } = one.emulator.world;
    switches.unauthorizedBody = "count-zero";
    const counted = await one.ask("GET", repositories, { token: null });
    assert.deepEqual(counted.json, { count: 0, value: [] });
    assert.equal(counted.headers.get("content-type"), null);
    switches.unauthorizedBody = "empty";
    const expired = addToken(one.emulator.world, one.people.admin, { expires: clock.now() });
    const statuses: number[] = [];
    for (const setting of ["401", "203", "302"] as const) {
      switches.expiredCredential = setting;
      statuses.push((await one.ask("GET", repositories, { token: expired })).status);
    }
    switches.expiredCredential = "401";
    assert.deepEqual(statuses, [401, 203, 302]);
    expired.expires = new Date(clock.now().getTime() + 60_000);
    assert.equal((await one.ask("GET", repositories, { token: expired })).status, 200);
    expired.revoked = true;
    assert.equal((await one.ask("GET", repositories, { token: expired })).status, 401);
  });

  it("takes a token as Basic with any user name and as Bearer, but not as broken base64", async () => {
    const { value } = one.tokens.admin;
    const with_ = (Authorization: string) => one.ask("GET", repositories, { token: null, headers: { Authorization } });
    const encoded = Buffer.from(`somebody:${value}`).toString("base64");
    assert.equal((await with_(`Basic ${encoded}`)).status, 200);
    assert.equal((await with_(`bearer ${value}`)).status, 200);
    assert.equal((await with_(`Basic ${encoded}!`)).status, 401);
    assert.equal((await with_("Basic")).status, 401);
  });

  it("refuses tokens of another organization and people who are no members", async () => {
    const { world } = one.emulator;
    const other = addOrganization(world, "contoso");
    const token = addToken(world, one.people.admin, { organization: other });
    assert.equal((await one.ask("GET", repositories, { token })).status, 401);
    const stranger = addToken(world, addUser(world, "Stranger"));
    assert.equal((await one.ask("GET", repositories, { token: stranger })).status, 401);
  });

  it("asks for a scope, of which a larger one contains the smaller ones", async () => {
    const { world } = one.emulator;
    const tokenWith = (...scopes: string[]) => addToken(world, one.people.admin, { scopes });
    const get = async (path: string, scope: string) => (await one.ask("GET", path, { token: tokenWith(scope) })).status;
    assert.equal(await get(repositories, "work"), 401);
    assert.equal(await get(repositories, "code"), 200);
    assert.equal(await get(repositories, "code_manage"), 200);
    assert.equal(await get("/fabrikam/_apis/projects", "code"), 200);
    assert.equal(await get("/fabrikam/_apis/projects", "packaging"), 401);
    const body = { name: "made" };
    const path = `/fabrikam/${one.project.id}/_apis/git/repositories`;
    assert.equal((await one.ask("POST", path, { token: tokenWith("code_write"), body })).status, 401);
    assert.equal((await one.ask("POST", path, { token: tokenWith("code_manage"), body })).status, 201);
  });

  it("judges the api-version, from the query or the Accept header, and tells which one it used", async () => {
    const typeKey = async (...args: Parameters<TryWorld["ask"]>) => (await one.ask(...args)).json.typeKey as string;
    const body = { name: "x" };
    assert.equal(await typeKey("POST", repositories, { body, version: null }), "VssVersionNotSpecifiedException");
    assert.equal(await typeKey("GET", repositories, { version: "9.0" }), "VssVersionOutOfRangeException");
    const preview = "VssInvalidPreviewVersionException";
    assert.equal(await typeKey("GET", "/fabrikam/_apis/connectionData"), preview);
    assert.equal(await typeKey("GET", repositories, { version: "7.2" }), preview);
    const used = await one.ask("GET", `${repositories}?api-version=5.0`, { version: null });
    assert.match(used.headers.get("content-type") ?? "", /api-version=5\.0$/);
    const connected = await one.ask("GET", "/fabrikam/_apis/connectionData", { version: "7.1-preview" });
    assert.equal(connected.json.authenticatedUser.id, one.people.admin.id);
    assert.equal(connected.json.instanceId, one.organization.id);
  });

  it("answers unknown routes in plain text, and errors with their name in a header", async () => {
    const unknown = await one.ask("GET", "/fabrikam/My%20Project/_apis/wit/nothing/here");
    assert.equal(unknown.status, 404);
    assert.match(unknown.headers.get("content-type") ?? "", /^text\/plain/);
    assert.equal(
      unknown.text,
      "The controller for path '/My Project/_apis/wit/nothing/here' was not found or does not implement IController.",
    );
    const missing = await one.ask("GET", "/fabrikam/_apis/projects/nobody");
    assert.equal(missing.status, 404);
    assert.equal(missing.json.typeKey, "ProjectDoesNotExistWithNameException");
    assert.equal(missing.json.$id, "1");
    assert.match(decodeURIComponent(missing.headers.get("x-tfs-serviceerror") ?? ""), /^TF200016/);
    assert.ok(missing.headers.get("activityid"));
    assert.equal((await one.ask("DELETE", "/fabrikam/_apis/git/repositories")).status, 405);
  });

  it("answers HEAD as GET without a body, other methods with those that there are, and other bodies than JSON with 415", async () => {
    const head = await one.ask("HEAD", `${repositories}/app`);
    assert.equal(head.status, 200);
    assert.equal(head.text, "");
    assert.ok(Number(head.headers.get("content-length")) > 100);
    assert.equal((await one.ask("HEAD", `${repositories}/none`)).status, 404);
    const put = await one.ask("PUT", repositories, { body: {} });
    assert.equal(put.status, 405);
    assert.deepEqual(put.headers.get("allow")?.split(", ").sort(), ["GET", "POST"]);
    const post = (body: string, type: string) =>
      fetch(`${one.emulator.url}${repositories}?api-version=7.1`, {
        method: "POST",
        body,
        headers: { Authorization: `Bearer ${one.tokens.admin.value}`, "Content-Type": type },
      });
    assert.equal((await post("<a/>", "application/xml")).status, 415);
    const broken = await post("{", "application/json");
    assert.equal(broken.status, 400);
    assert.equal(((await broken.json()) as { typeKey: string }).typeKey, "VssPropertyValidationException");
  });

  it("puts a byte order mark before error bodies when told to", async () => {
    one.emulator.world.switches.bomInErrors = true;
    const missing = await one.ask("GET", "/fabrikam/_apis/projects/nobody");
    one.emulator.world.switches.bomInErrors = false;
    assert.ok(missing.text.startsWith("\uFEFF{"));
  });

  it("knows hosts by prefix and by header, and finds routes without regard to case", async () => {
    const prefixed = await one.ask("GET", "/_hosts/app.vssps.visualstudio.com/_apis/profile/profiles/me");
    assert.equal(prefixed.json.id, one.people.admin.id);
    const accounts = await one.ask(
      "GET",
      `/_hosts/app.vssps.visualstudio.com/_apis/accounts?memberId=${prefixed.json.id}`,
    );
    assert.deepEqual(
      accounts.json.value.map((account: { accountName: string }) => account.accountName),
      ["fabrikam"],
    );
    const neither = await one.ask("GET", "/_hosts/app.vssps.visualstudio.com/_apis/accounts");
    assert.equal(neither.status, 400);
    const byHeader = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { Host: "app.vssps.visualstudio.com", Authorization: `Bearer ${one.tokens.admin.value}` };
      get(`${one.emulator.url}/_apis/profile/profiles/me`, { headers }, (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      }).on("error", reject);
    });
    assert.equal(byHeader, 200);
    const ofOrganization = addToken(one.emulator.world, one.people.admin, { organization: one.organization });
    const refused = await one.ask("GET", "/_hosts/app.vssps.visualstudio.com/_apis/profile/profiles/me", {
      token: ofOrganization,
    });
    assert.equal(refused.status, 401);
    const shouted = await one.ask("GET", "/FABRIKAM/MY%20PROJECT/_APIS/GIT/REPOSITORIES/APP");
    assert.equal(shouted.json.name, "app");
    const tenant = await one.ask("HEAD", "/_hosts/vssps.dev.azure.com/fabrikam", { token: null });
    assert.equal(tenant.status, 404);
    assert.equal(tenant.headers.get("x-vss-resourcetenant"), one.organization.tenantId);
  });

  it("answers for a stopped organization, and leads from an old name to the new one", async () => {
    one.organization.stopped = true;
    const stopped = await one.ask("GET", repositories);
    one.organization.stopped = false;
    assert.equal(stopped.status, 503);
    assert.match(stopped.json.message, /^TF24668/);
    one.organization.formerNames.push("oldname");
    const moved = await one.ask("GET", "/oldname/_apis/projects?$top=1");
    assert.equal(moved.status, 302);
    assert.equal(moved.headers.get("location"), `${one.emulator.url}/fabrikam/_apis/projects?%24top=1`);
    one.emulator.world.switches.renamedOrganizationRedirects = false;
    assert.equal((await one.ask("GET", "/oldname/_apis/projects")).status, 404);
    one.emulator.world.switches.renamedOrganizationRedirects = true;
  });
});
