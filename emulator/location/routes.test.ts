import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { getPersonalAccessTokenHandler, WebApi } from "azure-devops-node-api";
import { addRepository } from "../build-world.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";

describe("the location service", () => {
  let one: TryWorld;
  before(async () => {
    one = await openTryWorld();
    await addRepository(one.emulator.world, one.organization, one.project, "app", { files: { "a.txt": "a" } });
  });
  after(() => one.close());

  it("lets azure-devops-node-api find its way", async () => {
    const api = new WebApi(`${one.emulator.url}/fabrikam`, getPersonalAccessTokenHandler(one.tokens.admin.value));
    const connection = await api.connect();
    assert.equal(connection.authenticatedUser?.id, one.people.admin.id);
    const projects = await (await api.getCoreApi()).getProjects();
    assert.deepEqual(
      projects.map((project) => project.name),
      ["My Project"],
    );
    const git = await api.getGitApi();
    const repositories = await git.getRepositories("My Project");
    const [app] = repositories;
    assert.equal(app?.name, "app");
    const refs = await git.getRefs(app?.id ?? "", "My Project", "heads/");
    assert.deepEqual(
      refs.map((ref) => ref.name),
      ["refs/heads/main"],
    );
    const item = await git.getItem(
      app?.id ?? "",
      "/a.txt",
      "My Project",
      undefined,
      undefined,
      undefined,
      true,
      undefined,
      undefined,
      true,
    );
    assert.equal(item.content, "a");
  });

  it("lists only what is served", async () => {
    const git = await one.ask("OPTIONS", "/fabrikam/_apis/git");
    const names = git.json.value.map((location: { resourceName: string }) => location.resourceName);
    assert.ok(names.includes("pushes") && names.includes("pullRequestThreads"));
    assert.ok(!names.includes("suggestions"));
    const entitlements = await one.ask(
      "OPTIONS",
      "/_hosts/vsaex.dev.azure.com/fabrikam/_apis/MemberEntitlementManagement",
    );
    assert.ok(
      entitlements.json.value.every((one: { resourceName: string }) => one.resourceName === "UserEntitlements"),
    );
    const graphTable = await one.ask("OPTIONS", "/_hosts/vssps.dev.azure.com/fabrikam/_apis/Graph");
    assert.ok(graphTable.json.count >= 7);
    const areas = await one.ask("GET", "/fabrikam/_apis/resourceAreas", { version: "7.1-preview.1" });
    const graph = areas.json.value.find((area: { name: string }) => area.name === "Graph");
    assert.equal(graph.locationUrl, `${one.emulator.url}/_hosts/vssps.dev.azure.com/fabrikam/`);
  });
});
