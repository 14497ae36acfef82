import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setOrganizationPolicies } from "../administration/organization-policies.ts";
import { groupsOf } from "../identity/groups.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";
import { addExtension, addFeed, addRelease, addReleaseDefinition } from "./build-inventory.ts";

describe("releases, feeds, extensions and settings of the organization", () => {
  let one: TryWorld;
  before(async () => {
    one = await openTryWorld();
  });
  after(() => one.close());

  it("show what a stage does and who approves one definition at a time", async () => {
    const step = { name: "Deploy", taskId: "46e4be58-730b-4389-8a2f-ea10b3e5e815", versionSpec: "2.*", inputs: {} };
    const definition = addReleaseDefinition(one.emulator.world, one.organization, one.project, one.people.admin, {
      name: "Shop",
      variables: { Password: { value: "hidden", isSecret: true } },
      artifacts: [{ alias: "_shop", definition: { id: 1, name: "shop" } }],
      triggers: [{ alias: "_shop", branches: ["main"] }],
      stages: [
        { name: "Test" },
        {
          name: "Production",
          approver: one.people.admin,
          creatorMayApprove: false,
          artifactBranches: { _shop: ["main"] },
          phases: [{ name: "Agent", queueId: 7, tokenForScripts: true, steps: [step] }],
        },
      ],
    });
    const at = "/_hosts/vsrm.dev.azure.com/fabrikam/My%20Project/_apis/release/definitions";
    const [listed] = (await one.ask("GET", `${at}?$expand=environments`)).json.value;
    assert.deepEqual(
      listed.environments.map((stage: { name: string; deployPhases?: unknown }) => [stage.name, stage.deployPhases]),
      [
        ["Test", undefined],
        ["Production", undefined],
      ],
    );
    const full = (await one.ask("GET", `${at}/${definition.id}`)).json;
    const [test, production] = full.environments;
    assert.equal(full.variables.Password.value, null);
    assert.equal(test.preDeployApprovals.approvals[0].isAutomated, true);
    assert.equal(production.preDeployApprovals.approvals[0].approver.displayName, "admin person");
    assert.equal(production.preDeployApprovals.approvalOptions.releaseCreatorCanBeApprover, false);
    assert.deepEqual(
      production.conditions.map((condition: { conditionType: string }) => condition.conditionType),
      ["environmentState", "artifact"],
    );
    assert.equal(production.deployPhases[0].deploymentInput.enableAccessToken, true);
    assert.equal(full.triggers[0].triggerConditions[0].sourceBranch, "main");
  });

  it("list fifty releases at a time", async () => {
    const { world } = one.emulator;
    const definition = addReleaseDefinition(world, one.organization, one.project, one.people.admin, {
      name: "Often",
      stages: [{ name: "Test" }],
    });
    for (let count = 0; count < 60; count++) addRelease(world, one.organization, definition, one.people.admin);
    const at = `/_hosts/vsrm.dev.azure.com/fabrikam/My%20Project/_apis/release/releases?definitionId=${definition.id}`;
    const first = await one.ask("GET", at);
    const token = first.headers.get("x-ms-continuationtoken");
    const rest = await one.ask("GET", `${at}&continuationToken=${token}`);
    assert.deepEqual([first.json.count, rest.json.count, rest.headers.get("x-ms-continuationtoken")], [50, 10, null]);
  });

  it("tell where versions of packages are from, who may publish, and whether outside versions are let in", async () => {
    const contributors = groupsOf(one.organization).find((group) => group.displayName === "Contributors");
    const feed = addFeed(one.emulator.world, one.organization, {
      name: "packages",
      project: one.project,
      hasPublicUpstream: true,
      roles: { [contributors?.descriptor ?? ""]: "contributor" },
      packages: [
        { name: "@fabrikam/ui", protocolType: "Npm", versions: ["1.0.0"], externalVersions: "allowExternalVersions" },
        { name: "left", protocolType: "Npm", versions: [{ version: "2.0.0", from: "npmjs" }] },
      ],
    });
    const at = `/_hosts/feeds.dev.azure.com/fabrikam/My%20Project/_apis/packaging/feeds/${feed.id}`;
    const packages = (await one.ask("GET", `${at}/packages?includeAllVersions=true`)).json.value;
    assert.deepEqual(
      packages.map((each: { versions: { isCachedVersion: boolean }[] }) => each.versions[0]?.isCachedVersion),
      [false, true],
    );
    const roles = new Map(
      (await one.ask("GET", `${at}/permissions`)).json.value.map((each: { displayName: string; role: string }) => [
        each.displayName,
        each.role,
      ]),
    );
    assert.equal(roles.get("[My Project]\\Contributors"), "contributor");
    assert.equal(roles.get("My Project Build Service (fabrikam)"), "collaborator");
    const pkgs = `/_hosts/pkgs.dev.azure.com/fabrikam/My%20Project/_apis/packaging/feeds/${feed.id}/npm/packages`;
    const read = async () => (await one.ask("GET", `${pkgs}/@fabrikam/ui/upstreaming`)).json;
    assert.deepEqual(await read(), { versionsFromExternalUpstreams: "allowExternalVersions" });
    const body = { versionsFromExternalUpstreams: "auto" };
    assert.equal((await one.ask("PATCH", `${pkgs}/%40fabrikam/ui/upstreaming`, { body })).status, 204);
    assert.deepEqual(await read(), body);
  });

  it("say what extensions bring", async () => {
    addExtension(one.emulator.world, one.organization, {
      publisherId: "acme",
      publisherName: "Acme",
      extensionId: "tools",
      extensionName: "Tools",
      version: "1.0.0",
      scopes: ["vso.code_write"],
      contributions: [{ id: "acme.tools.decorator", type: "ms.azure-pipelines.pipeline-decorator" }],
      tasks: [{ id: "0c8f1c5e-2a86-4f0e-9d52-1f3f0a7f1e01", name: "AcmeDeploy", versions: [3] }],
    });
    const at = "/_hosts/extmgmt.dev.azure.com/fabrikam/_apis/extensionmanagement/installedextensions";
    const [extension] = (await one.ask("GET", at, { version: "7.1-preview.1" })).json.value;
    assert.deepEqual(
      extension.contributions.map((each: { type: string }) => each.type),
      ["ms.azure-pipelines.pipeline-decorator", "ms.vss-distributed-task.task"],
    );
    const tasks = (await one.ask("GET", "/fabrikam/_apis/distributedtask/tasks")).json.value;
    const task = tasks.find((each: { name: string }) => each.name === "AcmeDeploy");
    assert.deepEqual([task.serverOwned, task.contributionIdentifier], [false, "acme.tools.AcmeDeploy"]);
  });

  it("answer the pages of settings to those who may see them, if they do at all", async () => {
    const policies = "ms.vss-admin-web.organization-policies-data-provider";
    const pipelines = "ms.vss-build-web.pipelines-org-settings-data-provider";
    setOrganizationPolicies(one.organization, { "Policy.LogAuditEvents": true });
    const query = (token: TryWorld["tokens"]["admin"], properties = {}) =>
      one.ask("POST", "/fabrikam/_apis/Contribution/HierarchyQuery", {
        version: "5.0-preview.1",
        token,
        body: { contributionIds: [policies, pipelines], dataProviderContext: { properties } },
      });
    const { dataProviders } = (await query(one.tokens.collection, { enforceSettableVar: "true" })).json;
    const audit = dataProviders[policies].policies.security.find(
      (each: { policy: { name: string } }) => each.policy.name === "Policy.LogAuditEvents",
    );
    assert.equal(audit.policy.effectiveValue, true);
    assert.equal(dataProviders[pipelines].enforceSettableVar, true);
    const lesser = (await query(one.tokens.admin)).json;
    assert.equal(policies in lesser.dataProviders, false);
    assert.match(lesser.dataProviderExceptions[policies].message, /Access Denied/);
    one.emulator.world.switches.portalCalls = "nobody";
    assert.equal((await query(one.tokens.collection)).status, 401);
  });
});
