import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import type { AccessListFact } from "#model/posture/access-facts.ts";
import type { FactValues } from "#model/posture/organization-facts.ts";
import { secretValue } from "#model/secret-value.ts";
import { addAuditStream } from "../../../emulator/administration/audit-log.ts";
import { addProject, addToken, addUser } from "../../../emulator/build-world.ts";
import { joinGroup } from "../../../emulator/identity/group-members.ts";
import { addGroup, type Group, groupsOf } from "../../../emulator/identity/groups.ts";
import {
  addExtension,
  addFeed,
  addReleaseDefinition,
  addSecureFile,
  addServiceEndpoint,
  addTaskGroup,
  addVariableGroup,
} from "../../../emulator/inventory/build-inventory.ts";
import { setAccess } from "../../../emulator/security/access-control-lists.ts";
import { assignRole } from "../../../emulator/security/security-roles.ts";
import type { OrganizationClient } from "../organization-client.ts";
import { createSubscription } from "../subscriptions.ts";
import { emulatedOrganization } from "../testing/emulated-organization.ts";
import type { CollectingProject } from "./collector.ts";
import { collectorsOfOrganization } from "./collectors-of-organization.ts";

/** With an administrator of the organization, who may read everything. */
async function furnished(t: TestContext) {
  const emulated = await emulatedOrganization(t);
  const { world, organization, project } = emulated;
  const grace = addUser(world, "Grace Hopper", { organization, group: "collection administrators" });
  const client = emulated.clientOf(addToken(world, grace, { organization }));
  const other = addProject(world, organization, "Other");
  const group = (name: string) => {
    const found = groupsOf(organization).find((one) => one.project === project && one.displayName === name);
    assert.ok(found);
    return found;
  };
  const given: CollectingProject = {
    organization: { id: organization.id as OrganizationId, name: "contoso", url: "https://dev.azure.com/contoso" },
    projects: [project, other].map(({ id, name }) => ({ id: id as ProjectId, name })),
    project: { id: emulated.projectId, name: project.name },
    known: {},
    lookAt: (name, value) => (value.startsWith("hunter") ? { rule: "secrets/password", masked: name } : undefined),
    isOurHook: (address) => address.startsWith("https://sallyport.example/hooks/"),
    now: () => new Date(),
    signal: new AbortController().signal,
  };
  return { ...emulated, grace, client, other, group, given };
}

type Furnished = Awaited<ReturnType<typeof furnished>>;

/** All that this edition answers, in order, each with what was read before it; and how many calls it took. */
async function collect({ client, given }: Furnished, only = (_key: string) => true) {
  const known: Record<string, unknown> = {};
  let calls = 0;
  const counted: OrganizationClient = {
    ...client,
    request(request) {
      calls += 1;
      return client.request(request);
    },
  };
  for (const { key, read } of collectorsOfOrganization) {
    if (only(key)) known[key] = await read(counted, { ...given, known: { ...known } });
  }
  return { facts: known as unknown as FactValues, calls };
}

test("people with their groups, and who may do what, are told in the language of graph", async (t) => {
  const all = await furnished(t);
  const { world, organization, project, projectId, repositoryId, user, group } = all;
  const testers = addGroup(organization, "Testers", "", project);
  joinGroup(world, organization, testers, user);
  joinGroup(world, organization, testers, group("Contributors") as Group);
  const ada = `Microsoft.IdentityModel.Claims.ClaimsIdentity;${organization.tenantId}\\${user.mail}`;
  const gone = "Microsoft.TeamFoundation.Identity;S-1-9-0";
  const branch = `repoV2/${projectId}/${repositoryId}/refs/heads/6d00`;
  setAccess(organization, {
    namespaceId: "2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87",
    token: branch,
    inherits: false,
    entries: [
      { descriptor: ada, allow: 8, deny: 4 },
      { descriptor: gone, allow: 2, deny: 0 },
    ],
  });
  const { facts, calls } = await collect(all, (key) =>
    ["people", "access", "entitlements", "accessTokens"].includes(key),
  );
  const { people, access, entitlements, accessTokens } = facts;
  assert.deepEqual(people.members[testers.descriptor], [user.descriptor, group("Contributors").descriptor]);
  const contributors = people.groups.find(({ descriptor }) => descriptor === group("Contributors").descriptor);
  assert.deepEqual(contributors, {
    descriptor: group("Contributors").descriptor,
    name: "Contributors",
    principalName: "[Größe & Co]\\Contributors",
    projectId,
    isFromEntra: false,
    isDeleted: false,
  });
  const listAt = (token: string, lists: readonly AccessListFact[]) => lists.find((list) => list.token === token);
  assert.deepEqual(listAt(branch, access.git.lists), {
    token: branch,
    inherits: false,
    entries: [
      { subject: user.descriptor, name: "Ada Lovelace", allow: 8, deny: 4 },
      { subject: gone, name: gone, allow: 2, deny: 0 },
    ],
  });
  assert.equal(access.git.actions.PolicyExempt, 128);
  for (const { lists } of [access.git, access.build, access.taskGroups, access.releases]) {
    const names = lists.flatMap(({ entries }) => entries.map(({ name }) => name));
    assert.ok(names.includes("[Größe & Co]\\Contributors"), String(names));
  }
  assert.ok(listAt("repoV2", access.git.lists));
  assert.deepEqual(
    entitlements.map(({ name, status, license, isGuest }) => [name, status, license, isGuest]),
    [
      ["Ada Lovelace", "active", "Basic", false],
      ["Grace Hopper", "active", "Basic", false],
    ],
  );
  assert.deepEqual(
    accessTokens.map(({ ownerName, scope, isForAllOrganizations }) => [ownerName, scope, isForAllOrganizations]),
    [
      ["Ada Lovelace", "app_token", false],
      ["Grace Hopper", "app_token", false],
    ],
  );
  // Users, principals, groups, members; six for permissions and one for who left; licences; two for tokens.
  assert.equal(calls, 4 + 7 + 1 + 2);
});

test("resources of a project are read without anything that is secret", async (t) => {
  const all = await furnished(t);
  const { world, organization, project, projectId, user, grace, other, group } = all;
  const connection = addServiceEndpoint(world, organization, project, user, {
    name: "production",
    type: "azurerm",
    url: "https://ada:hunter@management.example/a?token=x",
    scheme: "ServicePrincipal",
    data: { scopeLevel: "Subscription", password: "x", note: "hunter2" },
    parameters: { serviceprincipalid: "spn", accesstoken: "plain-text", key: "********" },
    sharedWith: [other],
  });
  const hook = { type: "incomingwebhook", url: "https://hook.example/", scheme: "None" };
  addServiceEndpoint(world, organization, project, user, { ...hook, name: "hook", secretParameters: ["secret"] });
  addVariableGroup(world, organization, project, user, {
    name: "library",
    variables: { Plain: { value: "hunter2" }, Flag: { value: "True" }, Hidden: { value: "", isSecret: true } },
  });
  addVariableGroup(world, organization, project, user, {
    name: "vault",
    variables: { Password: { value: "" } },
    vault: { name: "kv", endpointId: connection.id },
  });
  addSecureFile(world, organization, project, user, { name: "key.pfx" });
  addTaskGroup(world, organization, project, user, { name: "Publish", steps: [] });
  addReleaseDefinition(world, organization, project, user, {
    name: "Storefront",
    stages: [{ name: "Staging" }, { name: "Production", approver: grace }],
  });
  const at = { scope: "distributedtask.serviceendpointrole", resource: `${projectId}_${connection.id}` };
  assignRole(organization, at, group("Contributors"), "User");
  const kinds = ["connections", "connectionUses", "variableGroups", "secureFiles", "taskGroups", "releases"];
  const { facts } = await collect(all, (key) => [...kinds, "people", "resourceRoles"].includes(key));
  const [azure, incoming] = facts.connections;
  assert.deepEqual(azure, {
    id: connection.id,
    name: "production",
    type: "azurerm",
    url: "https://management.example/a",
    pageUrl: `https://dev.azure.com/contoso/Gr%C3%B6%C3%9Fe%20%26%20Co/_settings/adminservices?resourceId=${connection.id}`,
    scheme: "ServicePrincipal",
    isReady: true,
    isShared: true,
    projectIds: [projectId, other.id],
    data: { scopeLevel: "Subscription" },
    parameters: { serviceprincipalid: "spn" },
    secretParameters: ["accesstoken", "key"],
    createdBy: "Ada Lovelace",
  });
  assert.deepEqual(incoming?.secretParameters, ["secret"]);
  assert.doesNotMatch(JSON.stringify(facts), /hunter|plain-text/);
  const [vault, library] = facts.variableGroups;
  assert.deepEqual(vault?.vault, { name: "kv", connectionId: connection.id });
  assert.deepEqual(vault?.variables, [{ name: "Password", isSecret: true, allowOverride: false }]);
  assert.deepEqual(library?.variables, [
    {
      name: "Plain",
      isSecret: false,
      allowOverride: false,
      looksSecret: { rule: "secrets/password", masked: "Plain" },
    },
    { name: "Flag", isSecret: false, allowOverride: false, plain: "true" },
    { name: "Hidden", isSecret: true, allowOverride: false },
  ]);
  assert.deepEqual(
    facts.releases[0]?.stages.map(({ name, isApprovalAutomatic, approvers }) => [name, isApprovalAutomatic, approvers]),
    [
      ["Staging", true, []],
      ["Production", false, ["Grace Hopper"]],
    ],
  );
  const names = [...facts.secureFiles, ...facts.taskGroups].map(({ name }) => name);
  assert.deepEqual(names, ["key.pfx", "Publish"]);
  assert.deepEqual(
    facts.connectionUses.map(({ uses }) => uses),
    [[], []],
  );
  const given = facts.resourceRoles.find(({ isInherited }) => !isInherited);
  assert.deepEqual(given, {
    kind: "connection",
    resourceId: connection.id,
    identity: {
      id: group("Contributors").id,
      name: "[Größe & Co]\\Contributors",
      descriptor: group("Contributors").descriptor,
    },
    role: "User",
    isInherited: false,
  });
  assert.ok(facts.resourceRoles.some(({ kind, isInherited }) => kind === "variable-group" && isInherited));
});

test("what an organization holds is read: feeds, extensions, tasks, hooks, audit, the report of permissions", async (t) => {
  const all = await furnished(t);
  const { world, organization, project, projectId, client } = all;
  addFeed(world, organization, {
    name: "storefront",
    project,
    hasPublicUpstream: true,
    packages: [{ name: "@contoso/ui", protocolType: "Npm", versions: ["1.0.0", "1.1.0"] }],
  });
  addExtension(world, organization, {
    publisherId: "tools",
    publisherName: "Tools",
    extensionId: "notes",
    extensionName: "Notes",
    version: "1.0.0",
    scopes: ["vso.code_write"],
  });
  addAuditStream(world, organization, { consumerType: "Splunk", displayName: "https://splunk.example/token" });
  for (const url of ["https://sallyport.example/hooks/unguessable", "https://chat.example/services/T0/secret"]) {
    const password = secretValue(["pass", "word"].join(""));
    await createSubscription(client, { projectId, eventType: "git.push", url, username: "sallyport", password });
  }
  const kinds = ["extensions", "tasks", "hooks", "auditStreams", "auditEvents", "permissionsReport"];
  const alone = ["people", "feeds", "organizationPolicies", "organizationPipelines"];
  const { facts } = await collect(all, (key) => [...alone, ...kinds].includes(key));
  const anonymous = facts.organizationPolicies.find(({ name }) => name === "Policy.AllowAnonymousAccess");
  assert.equal(typeof anonymous?.value, "boolean");
  assert.equal(typeof facts.organizationPipelines.enforceJobAuthScope, "boolean");
  const { feeds, extensions, tasks, hooks, auditStreams, auditEvents, permissionsReport } = facts;
  const [feed] = feeds;
  assert.equal(feed?.projectId, projectId);
  assert.deepEqual(feed?.upstreams, [{ name: "npmjs", protocol: "npm", isPublic: true }]);
  const contributors = feed?.permissions.find(({ name }) => name === "[Größe & Co]\\Contributors");
  assert.deepEqual(contributors, {
    subject: all.group("Contributors").descriptor,
    name: "[Größe & Co]\\Contributors",
    role: "collaborator",
  });
  assert.deepEqual(feed?.packages, [
    { name: "@contoso/ui", protocol: "npm", isInternal: true, externalVersions: "auto" },
  ]);
  assert.deepEqual(extensions[0]?.scopes, ["vso.code_write"]);
  const cli = tasks.find(({ name }) => name === "AzureCLI");
  assert.deepEqual(cli?.connectionInputs, ["connectedservicenamearm"]);
  assert.deepEqual(
    hooks.map(({ scheme, host, isOurs, hasBasicPassword }) => [scheme, host, isOurs, hasBasicPassword]),
    [
      ["https", "sallyport.example", true, true],
      ["https", "chat.example", false, true],
    ],
  );
  assert.doesNotMatch(JSON.stringify([hooks, auditStreams]), /unguessable|secret|token/i);
  assert.deepEqual(auditStreams, [{ id: "1", name: "https://splunk.example", consumer: "Splunk", status: "enabled" }]);
  const pushed = auditEvents.find(({ action }) => action === "Git.RepositoryPushed");
  assert.equal(pushed?.actor.name, "Ada Lovelace");
  const may = permissionsReport.rows.filter(
    ({ name, permission }) => name === "Ada Lovelace" && permission === "Contribute",
  );
  assert.deepEqual(
    may.map(({ resource, effective }) => [resource, effective]),
    [
      ["Größe & Co", "allow"],
      ["Other", "allow"],
    ],
  );
});

test("a report of permissions that is there is read again: each new one writes an e-mail", async (t) => {
  const all = await furnished(t);
  const isReport = (key: string) => key === "permissionsReport";
  const first = await collect(all, isReport);
  const again = await collect(all, isReport);
  assert.deepEqual(again.facts, first.facts);
  assert.equal(again.calls, 3);
});
