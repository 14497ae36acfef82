import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addRepository, addToken } from "../build-world.ts";
import { groupsOf } from "../identity/groups.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";
import { addApprovalCheck, addBranchControl, addRequiredTemplate } from "./build-guards.ts";
import { addEnvironment, addSecureFile, addServiceEndpoint } from "./build-inventory.ts";
import { taskChecks } from "./check-types.ts";
import type { ServiceEndpoint } from "./inventory.ts";

describe("guards of resources", () => {
  let one: TryWorld;
  let endpoint: ServiceEndpoint;
  const at = "/fabrikam/My%20Project/_apis/pipelines";
  const preview = "7.1-preview.1";
  before(async () => {
    one = await openTryWorld();
    const { world } = one.emulator;
    endpoint = addServiceEndpoint(world, one.organization, one.project, one.people.admin, {
      name: "production",
      type: "azurerm",
      url: "https://management.azure.com/",
      scheme: "WorkloadIdentityFederation",
    });
    const place = { world, organization: one.organization, project: one.project, by: one.people.admin };
    const [administrators] = groupsOf(one.organization).filter(
      (group) => group.displayName === "Project Administrators",
    );
    assert.ok(administrators);
    const resource = { type: "endpoint", id: endpoint.id };
    addApprovalCheck(place, resource, { approvers: [one.people.admin, administrators], minimum: 1 });
    addBranchControl(place, resource, { branches: ["refs/heads/main"], ensuresProtection: true });
    addRequiredTemplate(place, resource, { repository: "My Project/templates", ref: "refs/tags/v1", path: "a.yml" });
  });
  after(() => one.close());

  it("tell their settings only to those who ask for them", async () => {
    const of = `${at}/checks/configurations?resourceType=endpoint&resourceId=${endpoint.id}`;
    const short = (await one.ask("GET", of, { version: preview })).json.value;
    assert.deepEqual(
      short.map((check: Record<string, unknown>) => "settings" in check),
      [false, false, false],
    );
    const body = [{ type: "endpoint", id: endpoint.id }];
    const query = `${at}/checks/queryconfigurations?$expand=settings`;
    const [approval, branches, template] = (await one.ask("POST", query, { version: preview, body })).json.value;
    assert.deepEqual(
      approval.settings.approvers.map((approver: { displayName: string }) => approver.displayName),
      ["admin person", "[My Project]\\Project Administrators"],
    );
    assert.equal(approval.settings.requesterCannotBeApprover, true);
    assert.equal(branches.settings.inputs.ensureProtectionOfBranch, "true");
    assert.equal(template.settings.extendsChecks[0].repositoryRef, "refs/tags/v1");
    assert.equal((await one.ask("GET", of)).status, 400, "is a preview");
  });

  it("are made, changed and taken away by administrators, who are named in the audit log", async () => {
    const environment = addEnvironment(one.emulator.world, one.organization, one.project, one.people.admin, {
      name: "production",
    });
    const resource = { type: "environment", id: String(environment.id), name: "whatever" };
    const settings = { displayName: "Branch control", definitionRef: taskChecks.branchControl, inputs: {} };
    const ask = (method: string, path: string, body?: unknown, token = one.tokens.admin) =>
      one.ask(method, `${at}/checks/configurations${path}`, { version: preview, body, token });
    const body = { type: { name: "Task Check" }, settings, resource };
    assert.equal((await ask("POST", "", body, one.tokens.contributor)).status, 403);
    assert.equal((await ask("POST", "", { ...body, resource: { type: "environment", id: "99" } })).status, 400);
    assert.equal((await ask("POST", "", { ...body, type: { name: "Approval" }, settings: {} })).status, 400);
    const made = (await ask("POST", "", body)).json;
    assert.equal(made.resource.name, "production");
    const inputs = { allowedBranches: "refs/heads/main" };
    await ask("PATCH", `/${made.id}`, { settings: { ...settings, inputs }, isDisabled: true });
    const read = (await ask("GET", `/${made.id}?$expand=settings`)).json;
    assert.deepEqual([read.settings.inputs, read.isDisabled], [inputs, true]);
    assert.equal((await ask("DELETE", `/${made.id}`)).status, 204);
    assert.equal((await ask("GET", `/${made.id}`)).status, 404);
    const log = "/_hosts/auditservice.dev.azure.com/fabrikam/_apis/audit/auditlog";
    const told = (await one.ask("GET", log, { version: preview, token: one.tokens.collection })).json;
    const actions = told.decoratedAuditLogEntries.map((entry: { actionId: string }) => entry.actionId);
    assert.deepEqual(actions, ["Created", "Disabled", "Deleted"].map((word) => `CheckConfiguration.${word}`).reverse());
  });

  it("say which pipelines may use a resource, which administrators give and take", async () => {
    const path = `${at}/pipelinepermissions/endpoint/${endpoint.id}`;
    const read = async () => (await one.ask("GET", path, { version: preview })).json;
    assert.deepEqual(await read(), {
      resource: { type: "endpoint", id: endpoint.id, name: "production" },
      pipelines: [],
    });
    const give = { allPipelines: { authorized: true }, pipelines: [{ id: 7, authorized: true }] };
    const patch = (body: unknown, token = one.tokens.admin) =>
      one.ask("PATCH", path, { version: preview, body, token });
    assert.equal((await patch(give, one.tokens.contributor)).status, 403);
    await patch(give);
    const open = await read();
    assert.equal(open.allPipelines.authorized, true);
    assert.equal(open.pipelines[0].authorizedBy.displayName, "admin person");
    const repository = await addRepository(one.emulator.world, one.organization, one.project, "templates");
    const resource = { type: "repository", id: `${one.project.id}.${repository.id}` };
    const many = [
      { resource: { type: "endpoint", id: endpoint.id }, allPipelines: { authorized: false } },
      { resource, pipelines: [{ id: 8, authorized: true }] },
    ];
    const both = await one.ask("PATCH", `${at}/pipelinepermissions`, { version: preview, body: many });
    assert.deepEqual(
      both.json.value.map((each: { pipelines: { id: number }[] }) => each.pipelines.map(({ id }) => id)),
      [[7], [8]],
    );
    assert.equal("allPipelines" in (await read()), false);
  });

  it("come with the environments, secure files, tasks and roles that they are about", async () => {
    const { world } = one.emulator;
    addSecureFile(world, one.organization, one.project, one.people.admin, { name: "signing.pfx" });
    for (const name of ["test", "staging"])
      addEnvironment(world, one.organization, one.project, one.people.admin, { name });
    const first = await one.ask("GET", `${at}/environments?$top=2`);
    const token = first.headers.get("x-ms-continuationtoken");
    const rest = await one.ask("GET", `${at}/environments?$top=2&continuationToken=${token}`);
    assert.deepEqual([first.json.count, rest.json.count], [2, 1]);
    const project = "/fabrikam/My%20Project/_apis/distributedtask";
    const small = addToken(world, one.people.reader, { scopes: ["build"] });
    assert.equal((await one.ask("GET", `${project}/securefiles`, { version: preview, token: small })).status, 401);
    assert.equal(
      (await one.ask("GET", `${project}/securefiles`, { version: preview })).json.value[0].name,
      "signing.pfx",
    );
    const tasks = (await one.ask("GET", "/fabrikam/_apis/distributedtask/tasks")).json.value;
    assert.ok(tasks.some((task: { name: string; deprecated?: boolean }) => task.name === "Docker" && task.deprecated));
    const roles = `/fabrikam/_apis/securityroles/scopes/distributedtask.serviceendpointrole/roleassignments/resources/${one.project.id}_${endpoint.id}`;
    const body = [{ roleName: "User", userId: one.people.contributor.id }];
    const assigned = (await one.ask("PUT", roles, { version: preview, body })).json.value;
    assert.deepEqual([assigned[0].role.name, assigned[0].access], ["User", "assigned"]);
    assert.equal(assigned.at(-1).role.name, "Administrator");
  });
});
