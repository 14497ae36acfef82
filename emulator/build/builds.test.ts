import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { addRepository } from "../build-world.ts";
import { openReceiver, openTryWorld, type Receiver, type TryWorld } from "../try-world.ts";
import type { RepositoryState } from "../world.ts";

describe("builds", () => {
  let one: TryWorld;
  let receiver: Receiver;
  let repository: RepositoryState;
  let definition = 0;
  const at = "/fabrikam/My%20Project/_apis";
  beforeEach(async () => {
    one = await openTryWorld();
    receiver = await openReceiver();
    repository = await addRepository(one.emulator.world, one.organization, one.project, "app", {
      files: { "azure-pipelines.yml": "steps:\n  - script: echo hi\n" },
      pushedBy: one.people.admin,
    });
    const reply = await one.ask("POST", `${at}/build/definitions`, {
      body: {
        name: "app",
        repository: { id: repository.id, type: "TfsGit" },
        process: { yamlFilename: "azure-pipelines.yml", type: 2 },
        variables: { key: { value: "hidden", isSecret: true } },
      },
    });
    definition = reply.json.id;
  });
  afterEach(async () => {
    await one.close();
    await receiver.close();
  });

  const queue = async () =>
    (await one.ask("POST", `${at}/build/builds`, { body: { definition: { id: definition } } })).json;
  const end = (id: number, result: string) =>
    one.ask("PATCH", `${at}/build/builds/${id}`, { body: { status: "completed", result } });

  it("are queued on the default branch and end once, and only then are told of", async () => {
    const subscribe = await one.ask("POST", "/fabrikam/_apis/hooks/subscriptions", {
      body: {
        publisherId: "tfs",
        eventType: "build.complete",
        resourceVersion: "2.0",
        consumerId: "webHooks",
        consumerActionId: "httpRequest",
        publisherInputs: { projectId: one.project.id, definitionName: "app", buildStatus: "" },
        consumerInputs: { url: receiver.url },
      },
    });
    assert.equal(subscribe.status, 200, subscribe.text);
    const build = await queue();
    assert.deepEqual([build.status, build.sourceBranch, build.result], ["notStarted", "refs/heads/main", undefined]);
    await one.ask("PATCH", `${at}/build/builds/${build.id}`, { body: { status: "inProgress" } });
    await one.emulator.settled();
    assert.equal(receiver.received.length, 0);
    await end(build.id, "failed");
    await end(build.id, "succeeded");
    await one.emulator.settled();
    assert.equal(receiver.received.length, 1);
    const { resource, resourceVersion, message } = receiver.received[0]?.body ?? {};
    assert.equal(resourceVersion, "2.0");
    assert.deepEqual([resource.status, resource.result], ["completed", "failed"]);
    assert.equal(resource.repository.type, "TfsGit");
    assert.equal(resource.triggeredByBuild, null);
    assert.equal(resource.definition.project.id, one.project.id);
    assert.match(message.text, /^Build \d{8}\.1 failed$/);
  });

  it("are filtered and paged by header", async () => {
    for (const result of ["succeeded", "partiallySucceeded", "failed", "canceled"])
      await end((await queue()).id, result);
    await queue();
    const results = async (query: string) =>
      (await one.ask("GET", `${at}/build/builds?${query}`)).json.value.map(
        (build: { result?: string }) => build.result,
      );
    assert.deepEqual(await results("resultFilter=failed"), ["failed"]);
    assert.deepEqual(await results("statusFilter=notStarted"), [undefined]);
    assert.deepEqual(await results("resultFilter=10"), ["failed", "succeeded"]);
    const first = await one.ask("GET", `${at}/build/builds?$top=3`);
    const token = first.headers.get("x-ms-continuationtoken");
    assert.ok(token);
    const rest = await one.ask("GET", `${at}/build/builds?$top=3&continuationToken=${token}`);
    assert.equal(rest.json.count, 2);
    assert.equal(rest.headers.get("x-ms-continuationtoken"), null);
  });

  it("hide secret variables and keep the YAML", async () => {
    const full = (await one.ask("GET", `${at}/build/definitions/${definition}`)).json;
    assert.deepEqual(full.variables.key, { value: null, isSecret: true });
    assert.equal(full.process.yamlFilename, "azure-pipelines.yml");
    const preview = await one.ask("POST", `${at}/pipelines/${definition}/preview`, { body: { previewRun: true } });
    assert.match(preview.json.finalYaml, /echo hi/);
    const run = await one.ask("POST", `${at}/pipelines/${definition}/runs`, { body: {} });
    assert.deepEqual([run.json.state, run.json.resources.repositories.self.refName], ["inProgress", "refs/heads/main"]);
  });

  it("need a contributor", async () => {
    const body = { definition: { id: definition } };
    assert.equal((await one.ask("POST", `${at}/build/builds`, { body, token: one.tokens.reader })).status, 403);
    assert.equal((await one.ask("GET", `${at}/build/builds/999`)).json.typeKey, "BuildNotFoundException");
  });
});
