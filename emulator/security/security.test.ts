import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addOrganization, addProject, addToken } from "../build-world.ts";
import { groupsOf } from "../identity/groups.ts";
import { addServiceEndpoint } from "../inventory/build-inventory.ts";
import { openTryWorld, type TryWorld } from "../try-world.ts";
import { effectiveAt } from "./effective.ts";
import { findNamespace, hooksNamespace } from "./namespaces.ts";

describe("rights and inventory", () => {
  let one: TryWorld;
  before(async () => {
    one = await openTryWorld();
  });
  after(() => one.close());

  it("tell each person what they hold, by namespace and token", async () => {
    const hooks = `PublisherSecurity/${one.project.id}`;
    const collection = "3e65f728-f8bc-4ecd-8764-7e378b19bfa7";
    const git = "2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87";
    const evaluations = [
      { securityNamespaceId: hooksNamespace, token: hooks, permissions: 3 },
      { securityNamespaceId: hooksNamespace, token: "PublisherSecurity", permissions: 2 },
      { securityNamespaceId: collection, token: "NAMESPACE:", permissions: 2 },
      { securityNamespaceId: git, token: `repoV2/${one.project.id}`, permissions: 16_384 },
      { securityNamespaceId: git, token: `repoV2/${collection}`, permissions: 2 },
    ];
    const held = async (who: keyof TryWorld["tokens"]) => {
      const at = "/fabrikam/_apis/security/permissionevaluationbatch";
      const answer = await one.ask("POST", at, { body: { evaluations }, token: one.tokens[who] });
      return answer.json.evaluations.map((evaluation: { value: boolean }) => evaluation.value);
    };
    assert.deepEqual(await held("collection"), [true, true, true, true, false]);
    assert.deepEqual(await held("admin"), [true, false, false, true, false]);
    assert.deepEqual(await held("contributor"), [false, false, false, true, false]);
    assert.deepEqual(await held("reader"), [false, false, false, false, false]);
    const at = `/fabrikam/_apis/permissions/${hooksNamespace}/2?tokens=${hooks},PublisherSecurity`;
    assert.deepEqual((await one.ask("GET", at)).json.value, [true, false]);
  });

  it("open to tokens with the scope that the operation declares, and to no other", async () => {
    const project = `/fabrikam/${one.project.id}/_apis`;
    const preview = { version: "7.1-preview.1" };
    const probes = [
      ["agentpools", "/fabrikam/_apis/distributedtask/pools", {}],
      ["variablegroups_read", `${project}/distributedtask/variablegroups`, {}],
      ["taskgroups_write", `${project}/distributedtask/taskgroups`, {}],
      ["serviceendpoint", `${project}/serviceendpoint/endpoints`, {}],
      ["packaging", "/_hosts/feeds.dev.azure.com/fabrikam/_apis/packaging/feeds", {}],
      ["extension", "/_hosts/extmgmt.dev.azure.com/fabrikam/_apis/extensionmanagement/installedextensions", preview],
      ["release", `/_hosts/vsrm.dev.azure.com${project}/release/definitions`, {}],
    ] as const;
    const other = addToken(one.emulator.world, one.people.admin, { scopes: ["code_write"] });
    for (const [scope, path, options] of probes) {
      const token = addToken(one.emulator.world, one.people.admin, { scopes: [scope] });
      assert.equal((await one.ask("GET", path, { ...options, token })).status, 200, scope);
      assert.equal((await one.ask("GET", path, { ...options, token: other })).status, 401, scope);
    }
  });

  it("are set at a token by those who manage it, on top of what groups make, and reported as they come to", async () => {
    const git = "2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87";
    const group = groupsOf(one.organization).find((each) => each.displayName === "Contributors");
    const descriptor = `Microsoft.TeamFoundation.Identity;${group?.sid}`;
    const token = `repoV2/${one.project.id}`;
    const body = { token, merge: true, accessControlEntries: [{ descriptor, allow: 128, deny: 4 }] };
    const at = `/fabrikam/_apis/accesscontrolentries/${git}`;
    assert.equal((await one.ask("POST", at, { body, token: one.tokens.contributor })).status, 403);
    const [set] = (await one.ask("POST", at, { body })).json.value;
    assert.deepEqual([set.allow & 2, set.allow & 4, set.allow & 128, set.deny], [2, 0, 128, 4]);
    const lists = `/fabrikam/_apis/accesscontrollists/${git}?token=${token}`;
    assert.equal((await one.ask("GET", lists)).json.value[0].acesDictionary[descriptor].deny, 4);
    const { world } = one.emulator;
    const user = one.people.contributor;
    const namespace = findNamespace(git);
    assert.ok(namespace);
    const held = effectiveAt(world, one.organization, user, namespace, `${token}/${one.project.id}`);
    assert.deepEqual([held.allow & 128, held.deny & 4, held.own], [128, 4, 0]);
    await one.ask("DELETE", `${at}?token=${token}&descriptors=${encodeURIComponent(descriptor)}`);
    assert.equal(descriptor in (await one.ask("GET", lists)).json.value[0].acesDictionary, false);
  });

  it("never show the secret of a service connection", async () => {
    const endpoint = addServiceEndpoint(one.emulator.world, one.organization, one.project, one.people.admin, {
      name: "production",
      type: "azurerm",
      url: "https://management.azure.com/",
      scheme: "ServicePrincipal",
      parameters: { tenantid: one.organization.tenantId },
      secretParameters: ["serviceprincipalkey"],
    });
    const at = `/fabrikam/${one.project.id}/_apis/serviceendpoint/endpoints`;
    const { parameters } = (await one.ask("GET", `${at}/${endpoint.id}`)).json.authorization;
    assert.deepEqual(parameters, { tenantid: one.organization.tenantId, serviceprincipalkey: null });
    const [listed] = (await one.ask("GET", at)).json.value;
    assert.deepEqual(Object.keys(listed.authorization.parameters), ["tenantid"]);
  });

  it("find an organization by its id without a credential, whatever it is called now", async () => {
    const { world } = one.emulator;
    const organization = addOrganization(world, "moved");
    const core = "/_apis/resourceAreas/79134C72-4A58-4B42-976C-04E7115F32BF?api-version=5.0-preview.1";
    const found = await one.ask("GET", `${core}&hostId=${organization.id}`, { token: null, version: null });
    assert.equal(found.json.locationUrl, `${one.emulator.url}/moved/`);
    const missing = await one.ask("GET", `${core}&hostId=${one.project.id}`, { token: null, version: null });
    assert.equal(missing.status, 404);
  });

  it("say which projects keep their code elsewhere than in Git", async () => {
    addProject(one.emulator.world, one.organization, "Old", { sourceControl: "Tfvc" });
    const project = await one.ask("GET", "/fabrikam/_apis/projects/Old?includeCapabilities=true");
    assert.equal(project.json.capabilities.versioncontrol.sourceControlType, "Tfvc");
    assert.equal((await one.ask("GET", "/fabrikam/Old/_apis/git/repositories")).json.count, 0);
  });
});
