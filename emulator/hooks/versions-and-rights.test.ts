import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addCommit, addRepository } from "../build-world.ts";
import { openReceiver, openTryWorld, type Receiver, type TryWorld } from "../try-world.ts";
import type { RepositoryState } from "../world.ts";

describe("what a subscription sees", () => {
  let one: TryWorld;
  let receiver: Receiver;
  let repository: RepositoryState;
  before(async () => {
    one = await openTryWorld();
    receiver = await openReceiver();
    const files = { "azure-pipelines.yml": "steps: []\n" };
    repository = await addRepository(one.emulator.world, one.organization, one.project, "app", { files });
  });
  after(async () => {
    await one.close();
    await receiver.close();
  });

  const subscribe = (eventType: string, resourceVersion: string) =>
    one.ask("POST", "/fabrikam/_apis/hooks/subscriptions", {
      body: {
        publisherId: "tfs",
        eventType,
        resourceVersion,
        consumerId: "webHooks",
        consumerActionId: "httpRequest",
        publisherInputs: { projectId: one.project.id },
        consumerInputs: { url: receiver.url },
      },
    });

  it("is a build in the shape of the version that it asked for", async () => {
    await subscribe("build.complete", "1.0");
    await subscribe("build.complete", "2.0");
    const builds = `/fabrikam/${one.project.id}/_apis/build`;
    const definition = await one.ask("POST", `${builds}/definitions`, {
      body: {
        name: "ci",
        repository: { id: repository.id, type: "TfsGit" },
        process: { yamlFilename: "azure-pipelines.yml", type: 2 },
      },
    });
    const build = await one.ask("POST", `${builds}/builds`, { body: { definition: { id: definition.json.id } } });
    const end = { status: "completed", result: "partiallySucceeded" };
    await one.ask("PATCH", `${builds}/builds/${build.json.id}`, { body: end });
    await one.emulator.settled();
    const byVersion = new Map(receiver.received.map(({ body }) => [body.resourceVersion, body]));
    const old = byVersion.get("1.0").resource;
    assert.deepEqual([old.status, old.result], ["partiallySucceeded", undefined]);
    assert.equal(old.definition.definitionType, "xaml");
    assert.equal(old.requests[0].requestedFor.id, one.people.admin.id);
    const now = byVersion.get("2.0").resource;
    assert.deepEqual([now.status, now.result], ["completed", "partiallySucceeded"]);
    assert.equal(byVersion.get("1.0").id, byVersion.get("2.0").id);
  });

  it("ends where the rights of its creator end", async () => {
    receiver.received.length = 0;
    await subscribe("git.push", "1.0");
    const push = async (content: string) => {
      await addCommit(one.emulator.world, one.organization, repository, one.people.contributor, {
        branch: "main",
        message: content,
        files: { "a.txt": content },
      });
      await one.emulator.settled();
    };
    await push("1");
    assert.equal(receiver.received.length, 1);
    const mine = one.organization.memberships.findIndex((membership) => membership.userId === one.people.admin.id);
    // still a member of the organization, but of another project only
    const elsewhere = { userId: one.people.admin.id, group: "readers", projectId: "elsewhere" } as const;
    const [old] = one.organization.memberships.splice(mine, 1, elsewhere);
    await push("2");
    assert.equal(receiver.received.length, 1);
    assert.equal(one.organization.subscriptions.at(-1)?.status, "enabled");
    if (old) one.organization.memberships.splice(mine, 1, old);
    await push("3");
    assert.equal(receiver.received.length, 2);
  });
});
