import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addProject } from "../build-world.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";

describe("projects", () => {
  let one: TryWorld;
  before(async () => {
    one = await openTryWorld();
  });
  after(() => one.close());

  it("are paged by a token in a header, until there is none", async () => {
    for (let index = 0; index < 249; index += 1) addProject(one.emulator.world, one.organization, `Project ${index}`);
    const names = new Set<string>();
    let token = "";
    let pages = 0;
    for (;;) {
      const page = await one.ask("GET", `/fabrikam/_apis/projects?continuationToken=${token}`);
      for (const project of page.json.value) names.add(project.name);
      pages += 1;
      token = page.headers.get("x-ms-continuationtoken") ?? "";
      if (token === "") break;
    }
    assert.equal(names.size, 250);
    assert.equal(pages, 3);
    const skipped = await one.ask("GET", "/fabrikam/_apis/projects?$top=10&$skip=245");
    assert.equal(skipped.json.count, 5);
    assert.equal(skipped.headers.get("x-ms-continuationtoken"), null);
  });

  it("are made by an operation that ends later, and only by collection administrators", async () => {
    const body = { name: "Created", description: "made by a test", visibility: "private" };
    assert.equal((await one.ask("POST", "/fabrikam/_apis/projects", { body })).status, 403);
    const token = one.tokens.collection;
    const started = await one.ask("POST", "/fabrikam/_apis/projects", { body, token });
    assert.equal(started.status, 202);
    assert.equal(started.json.status, "notSet");
    assert.equal((await one.ask("GET", "/fabrikam/_apis/projects/created", { token })).status, 404);
    await one.emulator.clock.advance(1000);
    const operation = await one.ask("GET", `/fabrikam/_apis/operations/${started.json.id}`, { token });
    assert.equal(operation.json.status, "succeeded");
    const made = await one.ask("GET", "/fabrikam/_apis/projects/created?includeCapabilities=true", { token });
    assert.equal(made.json.name, "Created");
    assert.equal(made.json.capabilities.versioncontrol.sourceControlType, "Git");
    const teams = await one.ask("GET", `/fabrikam/_apis/projects/${made.json.id}/teams`, { token });
    assert.deepEqual([teams.json.value[0].id, teams.json.value[0].name], [made.json.defaultTeam.id, "Created Team"]);
  });
});
