import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setPipelineSettings } from "../administration/pipeline-settings.ts";
import { addRepository } from "../build-world.ts";
import { openToPipeline } from "../inventory/build-guards.ts";
import { addVariableGroup } from "../inventory/build-inventory.ts";
import { addAgentPool } from "../inventory/inventory.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";
import type { RepositoryState } from "../world.ts";
import { buildNotes } from "./build-notes.ts";
import { describeRun } from "./describe-run.ts";

describe("pipelines in full", () => {
  let one: TryWorld;
  let repository: RepositoryState;
  const at = "/fabrikam/My%20Project/_apis";
  const build = `${at}/build`;
  before(async () => {
    one = await openTryWorld();
    repository = await addRepository(one.emulator.world, one.organization, one.project, "app", {
      files: { "azure-pipelines.yml": "steps:\n  - script: echo hi\n    displayName: Hi\n" },
      pushedBy: one.people.admin,
    });
  });
  after(() => one.close());

  it("show variables, triggers, queue, libraries and classic steps, and every revision as it was", async () => {
    const { world } = one.emulator;
    const pool = addAgentPool(world, one.organization, { name: "Build", isHosted: false, agents: [] });
    const library = addVariableGroup(world, one.organization, one.project, one.people.admin, {
      name: "production",
      variables: { Password: { value: "hidden", isSecret: true }, Host: { value: "db" } },
    });
    const queues = (await one.ask("GET", `${at}/distributedtask/queues?queueName=Build`)).json.value;
    assert.equal(queues[0].pool.id, pool.id);
    const forks = { enabled: true, allowSecrets: true, allowFullAccessToken: false };
    const step = { displayName: "Run", enabled: true, inputs: { script: "x" }, task: { id: "a", versionSpec: "2.*" } };
    const body = {
      name: "classic",
      repository: { id: "contoso/app", type: "GitHub", url: "https://github.example/contoso/app", properties: {} },
      process: { type: 1, phases: [{ name: "Job", refName: "Job_1", steps: [step] }] },
      triggers: [{ triggerType: "pullRequest", branchFilters: ["+main"], forks }],
      queue: { id: queues[0].id },
      jobAuthorizationScope: "project",
      variables: { Mode: { value: "a", allowOverride: true } },
      variableGroups: [{ id: library.id }],
    };
    const made = (await one.ask("POST", `${build}/definitions`, { body })).json;
    openToPipeline(
      { world, organization: one.organization, project: one.project, by: one.people.admin },
      { type: "variablegroup", id: library.id },
      made,
    );
    assert.deepEqual([made.revision, made.queue.pool.name, made.repository.type], [1, "Build", "GitHub"]);
    await one.ask("PUT", `${build}/definitions/${made.id}`, { body: { ...body, triggers: [] } });
    const [listed] = (await one.ask("GET", `${build}/definitions?includeAllProperties=true&definitionIds=${made.id}`))
      .json.value;
    assert.deepEqual([listed.revision, listed.triggers, listed.jobAuthorizationScope], [2, [], "project"]);
    assert.equal(listed.process.phases[0].steps[0].inputs.script, "x");
    assert.deepEqual(listed.variableGroups[0].variables, {
      Password: { value: null, isSecret: true },
      Host: { value: "db" },
    });
    const first = (await one.ask("GET", `${build}/definitions/${made.id}?revision=1`)).json;
    assert.deepEqual(first.triggers[0].forks, forks);
    const used = await one.ask("GET", `${build}/definitions/${made.id}/resources`, { version: "7.1-preview.1" });
    assert.deepEqual(used.json.value, [
      { type: "variablegroup", id: String(library.id), name: "production", authorized: true },
    ]);
  });

  it("are put together where they need no template, and refused where they do", async () => {
    const body = { name: "yaml", repository: { id: repository.id, type: "TfsGit" }, process: { type: 2 } };
    const { id } = (await one.ask("POST", `${build}/definitions`, { body })).json;
    const preview = (yamlOverride?: string) =>
      one.ask("POST", `${at}/pipelines/${id}/preview`, { body: { previewRun: true, yamlOverride } });
    const { finalYaml } = (await preview()).json;
    assert.match(finalYaml, /stage: __default[\s\S]*job: Job[\s\S]*task: CmdLine@2[\s\S]*displayName: Hi/);
    const refused = await preview("steps:\n- template: other.yml\n");
    assert.deepEqual([refused.status, refused.json.typeKey], [400, "PipelineValidationException"]);
  });

  it("keep settings of the project, above which stand those of the organization", async () => {
    const path = `${build}/generalsettings`;
    const body = { enforceJobAuthScope: false, buildsEnabledForForks: true };
    assert.equal((await one.ask("PATCH", path, { body, token: one.tokens.contributor })).status, 403);
    const settings = (await one.ask("PATCH", path, { body })).json;
    assert.deepEqual([settings.enforceJobAuthScope, settings.buildsEnabledForForks], [false, true]);
    setPipelineSettings(one.organization, { enforceJobAuthScope: true });
    assert.equal((await one.ask("GET", path)).json.enforceJobAuthScope, true);
  });

  it("run: with what was given, for whom, and with stages, checks and logs", async () => {
    const definition = (await one.ask("GET", `${build}/definitions?name=yaml`)).json.value[0];
    const parameters = { Target: "prod" };
    const run = await one.ask("POST", `${at}/pipelines/${definition.id}/runs`, {
      body: { templateParameters: parameters, variables: { Mode: { value: "b" } } },
      token: one.tokens.contributor,
    });
    const { id } = run.json;
    const state = one.organization.builds.find((each) => each.id === id);
    assert.ok(state);
    const tasks = [{ name: "Deploy", log: ["##[section]Starting: Deploy", "done"] }];
    buildNotes(state).run = describeRun("run", [
      { name: "Deploy", checks: [{ is: "Approval", result: "succeeded" }], jobs: [{ name: "Job", tasks }] },
    ]);
    await one.ask("PATCH", `${build}/builds/${id}`, { body: { status: "completed", result: "succeeded" } });
    const [found] = (await one.ask("GET", `${build}/builds?requestedFor=contributor%20person`)).json.value;
    assert.deepEqual([found.id, found.templateParameters, found.parameters], [id, parameters, '{"Mode":"b"}']);
    const { records } = (await one.ask("GET", `${build}/builds/${id}/timeline`)).json;
    assert.deepEqual(
      records.map((record: { type: string }) => record.type),
      ["Stage", "Checkpoint", "Checkpoint.Approval", "Phase", "Job", "Task"],
    );
    assert.equal(records[2].parentId, records[1].id);
    const text = await one.ask("GET", `${build}/builds/${id}/logs/1`, { headers: { Accept: "text/plain" } });
    assert.match(text.text, /^\d{4}-\S+Z ##\[section\]Starting: Deploy\r\n\d{4}-\S+Z done$/);
    const lines = (await one.ask("GET", `${build}/builds/${id}/logs/1?startLine=1`)).json.value;
    assert.equal(lines.length, 1);
  });
});
