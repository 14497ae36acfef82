import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { getPersonalAccessTokenHandler, WebApi } from "azure-devops-node-api";
import { addRepository } from "../build-world.ts";
import { openReceiver, openTryWorld, runGitClient, type TryWorld } from "../try-world.ts";

describe("Azure DevOps Server", () => {
  let one: TryWorld;
  before(async () => {
    one = await openTryWorld({ edition: { is: "server", path: "/tfs", newestVersion: "6.0" } });
    await addRepository(one.emulator.world, one.organization, one.project, "app", { files: { "a.txt": "a" } });
  });
  after(() => one.close());
  const server = { version: "6.0" };

  it("has all areas at the address of the collection, and nothing elsewhere", async () => {
    const connection = await one.ask("GET", "/tfs/fabrikam/_apis/connectionData", { version: "6.0-preview" });
    assert.equal(connection.json.deploymentType, "onPremises");
    assert.equal(connection.headers.get("x-vss-resourcetenant"), null);
    const groups = await one.ask("GET", "/tfs/fabrikam/_apis/graph/groups", { version: "6.0-preview.1" });
    assert.ok(groups.json.value[0].url.startsWith(`${one.emulator.url}/tfs/fabrikam/_apis/Graph/`));
    assert.equal((await one.ask("GET", "/tfs/fabrikam/_apis/packaging/feeds", server)).status, 200);
    assert.equal((await one.ask("GET", "/fabrikam/_apis/projects", server)).status, 404);
    assert.equal((await one.ask("GET", "/tfs/_apis/accounts?memberId=x", server)).status, 404);
    const repositories = await one.ask("GET", "/tfs/fabrikam/_apis/git/repositories", server);
    assert.equal(repositories.json.value[0].remoteUrl, `${one.emulator.url}/tfs/fabrikam/My%20Project/_git/app`);
  });

  it("refuses versions above its own", async () => {
    const tooNew = await one.ask("GET", "/tfs/fabrikam/_apis/projects");
    assert.deepEqual([tooNew.status, tooNew.json.typeKey], [400, "VssVersionOutOfRangeException"]);
    const preview = await one.ask("GET", "/tfs/fabrikam/_apis/connectionData", server);
    assert.equal(preview.json.typeKey, "VssInvalidPreviewVersionException");
  });

  it("takes access tokens as Basic only, and otherwise asks for Basic or Windows", async () => {
    const headers = { Authorization: `Bearer ${one.tokens.admin.value}` };
    const refused = await one.ask("GET", "/tfs/fabrikam/_apis/projects", { ...server, token: null, headers });
    assert.equal(refused.status, 401);
    assert.match(refused.headers.get("www-authenticate") ?? "", /^Basic realm="http.*", Negotiate, NTLM$/);
  });

  it("is cloned, and tells hooks its own addresses", async () => {
    const url = `${one.emulator.url}/tfs/fabrikam/My%20Project/_git/app`;
    const clone = await runGitClient(one.tokens.admin, ["clone", "--quiet", url, join(one.folder, "clone")]);
    assert.equal(clone.code, 0, clone.output);
    const receiver = await openReceiver();
    const body = {
      publisherId: "tfs",
      eventType: "git.push",
      consumerId: "webHooks",
      consumerActionId: "httpRequest",
      publisherInputs: { projectId: one.project.id },
      consumerInputs: { url: receiver.url },
    };
    await one.ask("POST", "/tfs/fabrikam/_apis/hooks/subscriptions", { ...server, body });
    const [app] = one.organization.repositories.values();
    const refs = `/tfs/fabrikam/_apis/git/repositories/${app?.id}/refs`;
    const [main] = (await one.ask("GET", refs, server)).json.value;
    const made = [{ name: "refs/heads/x", oldObjectId: "0".repeat(40), newObjectId: main.objectId }];
    await one.ask("POST", refs, { ...server, body: made });
    await one.emulator.settled();
    const { resourceContainers } = receiver.received[0]?.body ?? {};
    assert.equal(resourceContainers.collection.baseUrl, `${one.emulator.url}/tfs/fabrikam/`);
    await receiver.close();
  });

  it("is understood by azure-devops-node-api", async () => {
    const api = new WebApi(`${one.emulator.url}/tfs/fabrikam`, getPersonalAccessTokenHandler(one.tokens.admin.value));
    const [app] = await (await api.getGitApi()).getRepositories("My Project");
    assert.equal(app?.name, "app");
  });
});
