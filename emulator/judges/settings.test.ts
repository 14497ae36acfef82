/** Judge: Microsoft's own client reads the settings of pipelines, their resources and who may do what. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import * as azdev from "azure-devops-node-api";
import {
  BuildAuthorizationScope,
  DefinitionTriggerType,
  TaskResult,
  type YamlProcess,
} from "azure-devops-node-api/interfaces/BuildInterfaces.js";
import { RoleAccess } from "azure-devops-node-api/interfaces/SecurityRolesInterfaces.js";
import { addServiceEndpoint } from "../inventory/build-inventory.ts";
import { type PostureOrganization, seedPosture } from "../seeds/seed-posture.ts";
import { type Emulator, startEmulator } from "../start-emulator.ts";

describe("azure-devops-node-api, on settings", () => {
  let folder: string;
  let emulator: Emulator;
  let weak: PostureOrganization;
  let connection: azdev.WebApi;
  const project = "Payments";

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "judge-settings-"));
    emulator = await startEmulator({ folder });
    ({ weak } = await seedPosture(emulator.world));
    const handler = azdev.getPersonalAccessTokenHandler(weak.token.value);
    connection = new azdev.WebApi(`${emulator.url}/${weak.organization.name}`, handler);
  });

  after(async () => {
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("reads definitions with their triggers, and what a run did", async () => {
    const builds = await connection.getBuildApi();
    const shop = await builds.getDefinition(project, weak.definitions.shop.id);
    assert.equal((shop.process as YamlProcess).yamlFilename, "azure-pipelines.yml");
    assert.equal(shop.jobAuthorizationScope, BuildAuthorizationScope.ProjectCollection);
    assert.equal(shop.variableGroups?.[0]?.variables?.["Database-Password"]?.isSecret, true);
    const site = await builds.getDefinition(project, weak.definitions.site.id);
    assert.deepEqual(
      [site.triggers?.[0]?.triggerType, site.repository?.type],
      [DefinitionTriggerType.PullRequest, "GitHub"],
    );
    const timeline = await builds.getBuildTimeline(project, weak.oddRun?.id ?? 0);
    const skipped = timeline.records?.filter(({ result }) => result === TaskResult.Skipped);
    assert.deepEqual(
      skipped?.map(({ name }) => name),
      ["Scan"],
    );
    assert.ok((await builds.getBuildLogLines(project, weak.oddRun?.id ?? 0, 1)).length > 1);
    const settings = await builds.getBuildGeneralSettings(project);
    assert.equal(settings.enforceJobAuthScope, false);
  });

  it("finds pools with what agents can do, environments, secure files, tasks, groups of tasks and libraries", async () => {
    const agents = await connection.getTaskAgentApi();
    const [pool] = await agents.getAgentPools("Build machines");
    assert.deepEqual([pool?.autoProvision, pool?.autoUpdate], [true, false]);
    const [agent] = await agents.getAgents(pool?.id ?? 0, undefined, true);
    assert.ok(agent?.userCapabilities?.DEPLOY_PASSWORD);
    const [environment] = await agents.getEnvironments(project);
    assert.equal(environment?.name, "production");
    assert.equal((await agents.getSecureFiles(project))[0]?.name, "signing.pfx");
    assert.ok((await agents.getTaskDefinitions()).some(({ name }) => name === "QuickDeploy"));
    assert.equal((await agents.getTaskGroups(project))[0]?.tasks?.[0]?.displayName, "Deploy");
    assert.equal((await agents.getVariableGroups(project)).at(-1)?.name, "production-secrets");
    const queues = await agents.getAgentQueues(project);
    assert.ok(queues.some(({ name }) => name === "Build machines"));
  });

  it("is told who has which role, and where connections are shared", async () => {
    const roles = await connection.getSecurityRolesApi();
    const resource = `${weak.projects.payments.id}_${weak.resources.connection.id}`;
    const assignments = await roles.getRoleAssignments("distributedtask.serviceendpointrole", resource);
    const own = assignments.filter(({ access }) => access === RoleAccess.Assigned);
    assert.deepEqual(
      own.map(({ identity, role }) => [identity.displayName, role.name]),
      [["[Payments]\\Contributors", "User"]],
    );
    addServiceEndpoint(emulator.world, weak.organization, weak.projects.payments, weak.administrator, {
      name: "shared",
      type: "generic",
      url: "https://shared.example/",
      scheme: "UsernamePassword",
      sharedWith: [weak.projects.platform],
    });
    const endpoints = await (await connection.getServiceEndpointApi()).getServiceEndpoints("Platform");
    assert.deepEqual(
      endpoints.map(({ name, isShared, serviceEndpointProjectReferences }) => [
        name,
        isShared,
        serviceEndpointProjectReferences?.length,
      ]),
      [
        ["registry", true, 2],
        ["shared", true, 2],
      ],
    );
  });
});
