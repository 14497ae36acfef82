import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addMembership, addProject, addRepository, addToken, addUser } from "../build-world.ts";
import { openReceiver, openTryWorld, type Receiver, type TryWorld } from "../try-world.ts";

describe("repositories", () => {
  let one: TryWorld;
  let receiver: Receiver;
  const root = "/fabrikam/My%20Project/_apis/git/repositories";
  before(async () => {
    one = await openTryWorld();
    receiver = await openReceiver();
  });
  after(async () => {
    await one.close();
    await receiver.close();
  });

  it("are made, renamed, disabled and deleted, and the hooks hear of it", async () => {
    for (const eventType of ["created", "renamed", "statuschanged", "deleted"]) {
      const body = {
        publisherId: "tfs",
        eventType: `git.repo.${eventType}`,
        consumerId: "webHooks",
        consumerActionId: "httpRequest",
        publisherInputs: { projectId: one.project.id },
        consumerInputs: { url: receiver.url },
      };
      assert.equal((await one.ask("POST", "/fabrikam/_apis/hooks/subscriptions", { body })).status, 200);
    }
    assert.equal((await one.ask("POST", root, { body: { name: "x" }, token: one.tokens.contributor })).status, 403);
    const made = await one.ask("POST", root, { body: { name: "Tool Box ü" } });
    assert.equal(made.status, 201);
    assert.equal(made.json.defaultBranch, undefined);
    assert.equal((await one.ask("POST", root, { body: { name: "tool box ü" } })).status, 409);
    const path = `${root}/${made.json.id}`;
    const renamed = await one.ask("PATCH", path, { body: { name: "Toolbox" } });
    assert.match(renamed.json.remoteUrl, /:\/\/fabrikam@127\.0\.0\.1:\d+\/fabrikam\/My%20Project\/_git\/Toolbox$/);
    await one.ask("PATCH", path, { body: { isDisabled: true } });
    assert.equal((await one.ask("GET", path)).json.isDisabled, true);
    assert.equal((await one.ask("DELETE", path)).status, 204);
    assert.equal((await one.ask("GET", path)).json.typeKey, "GitRepositoryNotFoundException");
    await one.emulator.settled();
    const bodies = receiver.received.map(({ body }) => body);
    const of = (name: string) => bodies.find((body) => body.eventType === `git.repo.${name}`).resource;
    assert.equal(bodies.length, 4);
    assert.equal(of("created").repository.name, "Tool Box ü");
    assert.deepEqual([of("renamed").oldName, of("renamed").newName], ["Tool Box ü", "Toolbox"]);
    assert.equal(of("statuschanged").disabled, true);
    assert.equal(of("deleted").repositoryId, made.json.id);
    assert.equal(of("deleted").repository, undefined);
  });

  it("refuse calls while disabled, with the status of the switch", async () => {
    await addRepository(one.emulator.world, one.organization, one.project, "off", {
      files: { a: "a" },
      isDisabled: true,
    });
    for (const status of [400, 403, 404] as const) {
      one.emulator.world.switches.disabledRepositoryStatus = status;
      assert.equal((await one.ask("GET", `${root}/off/refs`)).status, status);
    }
  });

  it("are forked with their branches", async () => {
    const { world } = one.emulator;
    const parent = await addRepository(world, one.organization, one.project, "parent", { files: { a: "a" } });
    const fork = await one.ask("POST", root, { body: { name: "fork", parentRepository: { id: parent.id } } });
    assert.equal(fork.json.isFork, true);
    const read = await one.ask("GET", `${root}/fork?includeParent=true`);
    assert.equal(read.json.parentRepository.id, parent.id);
    assert.equal(read.json.defaultBranch, "refs/heads/main");
    assert.equal((await one.ask("GET", `${root}/fork/items?path=/a&$format=text`)).text, "a");
  });

  it("are hidden from people of other projects", async () => {
    const { world } = one.emulator;
    const other = addProject(world, one.organization, "Other");
    const user = addUser(world, "Other person");
    addMembership(one.organization, user, "contributors", other);
    const token = addToken(world, user);
    assert.equal((await one.ask("GET", "/fabrikam/_apis/git/repositories", { token })).json.count, 0);
    const hidden = await one.ask("GET", "/fabrikam/_apis/git/repositories/parent", { token });
    assert.equal(hidden.status, 404);
    assert.match(hidden.json.message, /^TF401019/);
  });
});
