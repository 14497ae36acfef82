// Everything around pipelines of an emulated organization, as the collectors see it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { policyTypes } from "#model/posture/code-facts.ts";
import { buildNotes } from "../../../emulator/build/build-notes.ts";
import { addDefinition } from "../../../emulator/build/definitions.ts";
import { describeRun } from "../../../emulator/build/describe-run.ts";
import { setGeneralSettings } from "../../../emulator/build/general-settings.ts";
import { completeBuild, queueBuild } from "../../../emulator/build/queue-build.ts";
import { addCommit, addRepository } from "../../../emulator/build-world.ts";
import { tryGit } from "../../../emulator/git/repository-store.ts";
import {
  addApprovalCheck,
  addBranchControl,
  addBusinessHours,
  addExclusiveLock,
  addRequiredTemplate,
  openToAllPipelines,
  openToPipeline,
} from "../../../emulator/inventory/build-guards.ts";
import { addEnvironment, addVariableGroup } from "../../../emulator/inventory/build-inventory.ts";
import { addAgentPool, queueIdOf } from "../../../emulator/inventory/inventory.ts";
import { collect } from "../pages.ts";
import { createStatusPolicy } from "../policy-configurations.ts";
import { emulatedOrganization } from "../testing/emulated-organization.ts";
import { previewPipeline } from "./preview-pipeline.ts";
import { readBranchPolicies } from "./read-branch-policies.ts";
import { readChecks } from "./read-checks.ts";
import { readDefinitions } from "./read-definitions.ts";
import { readEnvironments } from "./read-environments.ts";
import { readGeneralSettings } from "./read-general-settings.ts";
import { readLogs } from "./read-logs.ts";
import { readPipelinePermissions } from "./read-pipeline-permissions.ts";
import { readPools } from "./read-pools.ts";
import { readQueues } from "./read-queues.ts";
import { readRepositories } from "./read-repositories.ts";
import { readRun } from "./read-run.ts";
import { readRuns } from "./read-runs.ts";
import { readTimeline } from "./read-timeline.ts";
import { collecting } from "./testing/collecting.ts";

test("code: repositories with their forks everywhere and wanted tags, policies with all they say, settings as they are", async (t) => {
  const { client, world, organization, project, projectId, repository, repositoryId } = await emulatedOrganization(t);
  const fork = await addRepository(world, organization, project, "my repo.fork", { parentId: repository.id });
  await tryGit(world, repository.id, ["tag", "v1", "refs/heads/main"]);
  const given = collecting(project, { templateRepositories: new Set([repository.id]) });

  const repositories = await readRepositories(client, given);
  const [first, second] = repositories.toSorted((one, other) => one.name.localeCompare(other.name));
  assert.deepEqual(first?.id === repository.id ? [first.forks, second?.isFork] : [second?.forks, first?.isFork], [
    [{ name: fork.name, project: project.name }],
    true,
  ]);
  const tagged = repositories.find(({ id }) => id === repository.id);
  assert.deepEqual(
    tagged?.tags?.map(({ name }) => name),
    ["refs/tags/v1"],
  );
  assert.equal(tagged?.defaultBranch, "refs/heads/main");
  assert.deepEqual(await readRepositories(client, collecting({ id: "0".repeat(36), name: "other" })), []);

  const status = { statusName: "security", statusGenre: "sallyport", invalidateOnSourceUpdate: true };
  const scope = { repositoryId, refName: "refs/heads/release/", match: "prefix" } as const;
  await createStatusPolicy(client, projectId, { scope, status });
  const [policy] = await readBranchPolicies(client, given);
  assert.deepEqual([policy?.typeId, policy?.scopes, policy?.isBlocking], [policyTypes.status, [scope], true]);
  assert.equal(policy?.settings.statusName, "security");
  assert.equal("scope" in (policy?.settings ?? {}), false);

  setGeneralSettings(project, { enforceJobAuthScope: false });
  const settings = await readGeneralSettings(client, given);
  assert.deepEqual([settings.enforceJobAuthScope, settings.enforceSettableVar], [false, true]);
});

test("pipelines: definitions of both kinds and their last run; texts of variables and inputs are not kept", async (t) => {
  const { client, world, organization, project, repository, user } = await emulatedOrganization(t);
  const about = { projectId: project.id, repositoryId: repository.id, yamlFilename: "/ci/build.yml" };
  const group = addVariableGroup(world, organization, project, user, { name: "library", variables: {} });
  const yaml = addDefinition(
    world,
    { organization },
    { ...about, name: "app", path: "\\web" },
    {
      authoredBy: user.id,
      jobAuthorizationScope: "project",
      variables: {
        password: { value: "hunter2" },
        token: { value: null, isSecret: true },
        debug: { value: "True", allowOverride: true },
      },
      variableGroupIds: [group.id],
    },
  );
  const connectionId = "11111111-2222-3333-4444-555555555555";
  addDefinition(
    world,
    { organization },
    { ...about, name: "old" },
    {
      authoredBy: user.id,
      queueStatus: "disabled",
      triggers: [
        { triggerType: "continuousIntegration", branchFilters: ["+refs/heads/*"], settingsSourceType: 1 },
        {
          triggerType: "pullRequest",
          forks: { enabled: true, allowSecrets: true, allowFullAccessToken: false },
          isCommentRequiredForPullRequest: true,
          requireCommentsForNonTeamMembersOnly: true,
        },
        { triggerType: "schedule", schedules: [{ branchFilters: ["+refs/heads/main"] }] },
      ],
      phases: [
        {
          steps: [
            {
              displayName: "Deploy",
              enabled: true,
              task: { id: "AAAAAAAA-2222-3333-4444-555555555555", versionSpec: "2.*", definitionType: "task" },
              inputs: { connectedServiceName: connectionId, arguments: "--password hunter2" },
            },
          ],
        },
      ],
    },
  );
  const build = queueBuild(world, organization, yaml, {
    requestedBy: user.id,
    sourceBranch: "refs/heads/main",
    sourceVersion: "1".repeat(40),
  });

  const definitions = await readDefinitions(client, collecting(project));
  const [app, old] = definitions.toSorted((one, other) => one.name.localeCompare(other.name));
  assert.deepEqual(app?.variables, [
    {
      name: "password",
      isSecret: false,
      allowOverride: false,
      looksSecret: { rule: "secrets/any", masked: "hun***" },
    },
    { name: "token", isSecret: true, allowOverride: false },
    { name: "debug", isSecret: false, allowOverride: true, plain: "true" },
  ]);
  assert.deepEqual(
    [app.kind, app.yamlPath, app.folder, app.jobScope, app.variableGroupIds, app.lastRunAt],
    ["yaml", "ci/build.yml", "\\web", "project", [group.id], build.queueTime.toISOString()],
  );
  assert.deepEqual([app.repository.kind, app.repository.id], ["azure-repos", repository.id]);
  assert.deepEqual(
    [old?.kind, old?.isEnabled, old?.jobScope, old?.lastRunAt],
    ["classic", false, "organization", undefined],
  );
  assert.deepEqual(old?.steps[0]?.inputs, [
    { name: "connectedServiceName", connectionId },
    { name: "arguments", looksSecret: { rule: "secrets/any", masked: "hun***" } },
  ]);
  assert.deepEqual(
    old.triggers.map(({ is, branchFilters, isFromYaml }) => [is, branchFilters, isFromYaml]),
    [
      ["ci", ["+refs/heads/*"], false],
      ["pull-request", [], false],
      ["schedule", ["+refs/heads/main"], false],
    ],
  );
  assert.deepEqual(old.triggers[1]?.forks, { enabled: true, allowSecrets: true, allowFullAccessToken: false });
  assert.equal(old.triggers[1]?.commentRequired, "non-team");
  assert.doesNotMatch(JSON.stringify(definitions), /hunter2/);
});

test("runs: what was given, what was done, what was logged, and what the pipeline would be", async (t) => {
  const { client, world, organization, project, repository, user } = await emulatedOrganization(t);
  const commit = await addCommit(world, organization, repository, user, {
    branch: "main",
    message: "pipeline",
    files: { "azure-pipelines.yml": "steps:\n- script: echo hello\n" },
  });
  const about = { projectId: project.id, repositoryId: repository.id, yamlFilename: "azure-pipelines.yml" };
  const definition = addDefinition(world, { organization }, { ...about, name: "app" }, { authoredBy: user.id });
  const day = 86_400_000;
  const queue = (request: Partial<Parameters<typeof queueBuild>[3]>) =>
    queueBuild(world, organization, definition, {
      requestedBy: user.id,
      sourceBranch: "refs/heads/main",
      sourceVersion: commit,
      ...request,
    });
  await completeBuild(world, organization, queue({ queueTime: new Date(Date.now() - 100 * day) }), "failed", user.id);
  const build = queue({
    parameters: JSON.stringify({ "System.Debug": "true", who: "a;b", where: "https://x.example" }),
    templateParameters: { size: "3" },
  });
  buildNotes(build).run = describeRun("one", [
    {
      name: "Deploy",
      checks: [{ is: "Approval", result: "succeeded" }],
      jobs: [
        {
          name: "Web",
          tasks: [
            { name: "npm", log: ["one", "two", "three"] },
            { name: "push", result: "skipped" },
          ],
        },
      ],
    },
  ]);
  await completeBuild(world, organization, build, "partiallySucceeded", user.id);

  const given = collecting(project);
  const runs = await readRuns(client, given);
  assert.equal(runs[0]?.id, build.id);
  const run = await readRun(client, given.project, build.id);
  assert.deepEqual(runs[0], run);
  assert.deepEqual(run.given, [
    { name: "System.Debug", is: "variable", holds: ["system-name"] },
    { name: "who", is: "variable", holds: ["shell-characters"] },
    { name: "where", is: "variable", holds: ["address"] },
    { name: "size", is: "parameter", holds: [] },
  ]);
  assert.deepEqual(
    [run.branch, run.commit, run.result, run.definitionRevision, run.requestedFor?.descriptor],
    ["refs/heads/main", commit, "partiallySucceeded", 1, user.descriptor],
  );

  const records = await readTimeline(client, given.project, build.id);
  const told = records.map(({ is, name, result, logId }) =>
    [is, name, result, logId].filter((one) => one !== undefined),
  );
  assert.deepEqual(told, [
    ["stage", "Deploy", "succeeded"],
    ["checkpoint", "Checkpoint", "succeeded"],
    ["checkpoint", "Checkpoint.Approval", "succeeded"],
    ["other", "Web", "succeeded"],
    ["job", "Web", "succeeded"],
    ["task", "npm", "succeeded", 1],
    ["task", "push", "skipped"],
  ]);
  assert.deepEqual(await readTimeline(client, given.project, queue({}).id), [], "one that has not begun");

  const logs = await collect(readLogs(client, { project: given.project, runId: build.id, mostLines: 2 }), (log) => log);
  assert.deepEqual(
    logs.map(({ logId, lines, isCut }) => [logId, lines.map((line) => line.split(" ")[1]), isCut]),
    [[1, ["one", "two"], true]],
  );

  const wanted = { project: given.project, definitionId: definition.id };
  const preview = await previewPipeline(client, { ...wanted, yamlOverride: "steps:\n- script: echo other\n" });
  assert.equal(preview.is === "expanded" && preview.yaml.includes("echo other"), true);
  assert.equal((await previewPipeline(client, { ...wanted, yamlOverride: "steps: [" })).is, "invalid");
});

test("guards: who may use what, and every kind of check with its settings, in few calls", async (t) => {
  const { client, world, organization, project, repository, user } = await emulatedOrganization(t);
  const place = { world, organization, project, by: user };
  const about = { projectId: project.id, repositoryId: repository.id, yamlFilename: "azure-pipelines.yml" };
  const definition = addDefinition(world, { organization }, { ...about, name: "app" }, { authoredBy: user.id });
  const environment = addEnvironment(world, organization, project, user, { name: "production" });
  const pool = addAgentPool(world, organization, {
    name: "own",
    isHosted: false,
    agents: [{ name: "one", version: "3.1.0", systemCapabilities: { API_KEY: "hunter2" }, isEnabled: false }],
  });
  addAgentPool(world, organization, {
    name: "scale set",
    isHosted: false,
    agents: [],
    elastic: { endpointId: "e", projectId: project.id, recycleAfterEachUse: true },
  });
  const queue = { type: "queue", id: queueIdOf(world, organization, project.id, pool.id) };
  const guarded = { type: "environment", id: environment.id };
  const code = { type: "repository", id: `${project.id}.${repository.id}` };
  openToAllPipelines(place, queue);
  openToPipeline(place, guarded, definition);
  addApprovalCheck(place, guarded, { approvers: [user], minimum: 1 });
  addBranchControl(place, guarded, { branches: ["refs/heads/main", "refs/heads/release/*"], ensuresProtection: true });
  addRequiredTemplate(place, queue, { repository: "ops/templates", ref: "refs/tags/v1", path: "safe.yml" });
  addExclusiveLock(place, guarded);
  addBusinessHours(place, code);

  const given = collecting(project);
  const [environments, queues] = [await readEnvironments(client, given), await readQueues(client, given)];
  const repositories = await readRepositories(client, given);
  assert.deepEqual(
    environments.map(({ id, name }) => [id, name]),
    [[environment.id, "production"]],
  );
  const known = { environments, queues, repositories };
  let calls = 0;
  const counting: typeof client = {
    ...client,
    request(request) {
      calls += 1;
      return client.request(request);
    },
  };

  const permissions = await readPipelinePermissions(counting, collecting(project, { known }));
  const told = permissions.map(({ kind, allPipelines, definitionIds }) => [kind, allPipelines, definitionIds]);
  assert.deepEqual(told.slice(0, 1), [["environment", false, [definition.id]]]);
  assert.deepEqual(permissions.find(({ kind, id }) => kind === "queue" && id === String(queue.id))?.allPipelines, true);
  assert.equal(calls, 1 + queues.filter(({ isHosted }) => !isHosted).length + 1, "none for hosted queues");

  calls = 0;
  const checks = await readChecks(counting, collecting(project, { known }));
  assert.equal(calls, 1);
  assert.deepEqual(
    new Set(checks.map(({ kind, resourceId, settings: { is } }) => `${kind} ${resourceId}: ${is}`)),
    new Set([
      `environment ${environment.id}: approval`,
      `environment ${environment.id}: branch-control`,
      `environment ${environment.id}: exclusive-lock`,
      `queue ${queue.id}: required-template`,
      `repository ${repository.id}: business-hours`,
    ]),
  );
  assert.deepEqual(checks.find(({ settings }) => settings.is === "branch-control")?.settings, {
    is: "branch-control",
    allowedBranches: ["refs/heads/main", "refs/heads/release/*"],
    ensuresProtection: true,
    allowsUnknownStatus: false,
  });
  const approval = checks.find(({ settings }) => settings.is === "approval")?.settings;
  assert.ok(approval?.is === "approval");
  assert.deepEqual([approval.minimum, approval.requesterMayApprove, approval.approvers[0]?.id], [1, false, user.id]);

  const pools = await readPools(client, given);
  const own = pools.find(({ name }) => name === "own");
  assert.deepEqual(
    own?.agents.map(({ name, version, isEnabled, secretCapabilities }) => [
      name,
      version,
      isEnabled,
      secretCapabilities,
    ]),
    [["one", "3.1.0", false, [{ name: "API_KEY", look: { rule: "secrets/any", masked: "hun***" } }]]],
  );
  assert.deepEqual(pools.find(({ name }) => name === "scale set")?.elastic, { recycleAfterEachUse: true });
  assert.equal(own?.elastic, undefined);
});
