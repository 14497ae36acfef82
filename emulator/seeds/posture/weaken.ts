/** Everything about an organization that rules on settings complain of: nothing is guarded, everything is open. */
import { randomUUID } from "node:crypto";
import { addAuditStream } from "../../administration/audit-log.ts";
import { noteEntitlement } from "../../administration/entitlement-notes.ts";
import { setOrganizationPolicies } from "../../administration/organization-policies.ts";
import { definitionNotes, keepDefinition } from "../../build/build-notes.ts";
import { addDefinition } from "../../build/definitions.ts";
import { setGeneralSettings } from "../../build/general-settings.ts";
import { addMembership, addProject, addRepository, addToken, addUser } from "../../build-world.ts";
import { buildIdentitiesOf } from "../../identity/build-identities.ts";
import { joinGroup } from "../../identity/group-members.ts";
import { descriptorOfGroup } from "../../identity/identity-descriptor.ts";
import {
  addApprovalCheck,
  addBranchControl,
  addRequiredTemplate,
  openToAllPipelines,
  openToPipeline,
} from "../../inventory/build-guards.ts";
import { addExtension, addFeed, addVariableGroup } from "../../inventory/build-inventory.ts";
import { queueIdOf } from "../../inventory/inventory.ts";
import { addPolicy } from "../../policy/build-policies.ts";
import { setEntry } from "../../security/access-control-lists.ts";
import { assignRole } from "../../security/security-roles.ts";
import { stableId } from "../stable-id.ts";
import { addHook } from "./add-hook.ts";
import { addRiskyConnections, addRiskyRelease } from "./add-risky.ts";
import { groupOf, type PostureGround, placeOf } from "./build-ground.ts";
import { ledgerFiles, shopFiles } from "./posture-files.ts";
import { requireNamespace } from "./require-namespace.ts";

const day = 86_400_000;

export async function weaken(ground: PostureGround): Promise<void> {
  await weakenCode(ground);
  weakenPipelines(ground);
  openResources(ground);
  addRiskyConnections(ground);
  weakenAccess(ground);
  weakenPeople(ground);
  weakenOrganization(ground);
  addRiskyRelease(ground);
}

/** A policy that anybody satisfies alone, a repository without any, and a fork that everybody sees. */
async function weakenCode({
  world,
  organization,
  projects,
  repositories,
  administrator,
}: PostureGround): Promise<void> {
  addPolicy(world, organization, projects.payments, administrator, {
    kind: "minimumReviewers",
    repository: repositories.shop,
    settings: { minimumApproverCount: 1, creatorVoteCounts: true, allowDownvotes: true },
  });
  const ledger = await addRepository(world, organization, projects.payments, "ledger", {
    id: stableId("wavecrest repository ledger"),
    files: ledgerFiles(),
    pushedBy: administrator,
  });
  const at = { projectId: projects.payments.id, repositoryId: ledger.id, yamlFilename: "azure-pipelines.yml" };
  addDefinition(world, { organization }, { ...at, name: "ledger" }, { authoredBy: administrator.id });
  const website = addProject(world, organization, "Website", {
    id: stableId("wavecrest project Website"),
    visibility: "public",
  });
  await addRepository(world, organization, website, "shop of a contractor", {
    id: stableId("wavecrest repository fork"),
    files: shopFiles("weak"),
    parentId: repositories.shop.id,
    pushedBy: administrator,
  });
}

function weakenPipelines(ground: PostureGround): void {
  const { world, organization, projects, definitions, resources, secrets, administrator } = ground;
  setGeneralSettings(projects.payments, {
    enforceJobAuthScope: false,
    enforceJobAuthScopeForReleases: false,
    enforceReferencedRepoScopedToken: false,
    enforceSettableVar: false,
    buildsEnabledForForks: true,
    forkProtectionEnabled: false,
    enforceNoAccessToSecretsFromForks: false,
    enforceJobAuthScopeForForks: false,
    isCommentRequiredForPullRequest: false,
    enableShellTasksArgsSanitizing: false,
    disableImpliedYAMLCiTrigger: false,
    statusBadgesArePrivate: false,
  });
  Object.assign(definitionNotes(definitions.shop), {
    variables: {
      ApiToken: { value: secrets.githubToken },
      Channel: { value: "stable", allowOverride: true },
    },
    variableGroupIds: [resources.library.id],
  });
  Object.assign(definitionNotes(definitions.site), {
    triggers: [
      {
        triggerType: "pullRequest",
        branchFilters: ["+main"],
        forks: { enabled: true, allowSecrets: true, allowFullAccessToken: true },
        isCommentRequiredForPullRequest: false,
        requireCommentsForNonTeamMembersOnly: false,
        settingsSourceType: 1,
      },
    ],
  });
  for (const one of [definitions.shop, definitions.site]) keepDefinition(one, administrator.id, world.clock.now());
  // nobody ran it for long, and it may still deploy
  const idle = addDefinition(
    world,
    { organization },
    {
      projectId: projects.payments.id,
      name: "shop before the move",
      repositoryId: ground.repositories.shop.id,
      yamlFilename: "azure-pipelines.yml",
      createdDate: new Date(world.clock.now().getTime() - 500 * day),
    },
    { authoredBy: administrator.id },
  );
  openToPipeline(placeOf(ground), { type: "endpoint", id: resources.connection.id }, idle);
}

function openResources(ground: PostureGround): void {
  const { world, organization, projects, repositories, resources, secrets, administrator } = ground;
  const { payments } = projects;
  const place = placeOf(ground);
  const queue = { type: "queue", id: queueIdOf(world, organization, payments.id, resources.pool.id) };
  const repository = { type: "repository", id: `${payments.id}.${repositories.shop.id}` };
  const library = { type: "variablegroup", id: resources.library.id };
  const environment = { type: "environment", id: resources.environment.id };
  const connection = { type: "endpoint", id: resources.connection.id };
  const file = { type: "securefile", id: resources.file.id };
  for (const one of [queue, repository, library, environment, connection, file]) openToAllPipelines(place, one);
  addBranchControl(place, queue, { branches: ["*"], allowsUnknownStatus: true });
  addRequiredTemplate(place, queue, {
    repository: "Platform/pipeline-templates",
    ref: "refs/heads/main",
    path: "guarded.yml",
  });
  addApprovalCheck(place, repository, {
    approvers: [groupOf(ground, "Contributors", payments)],
    requesterMayApprove: true,
  });
  addVariableGroup(world, organization, payments, administrator, {
    name: "staging",
    variables: { NpmToken: { value: secrets.npmToken } },
  });
  const contributors = groupOf(ground, "Contributors", payments);
  const serviceEndpoint = "distributedtask.serviceendpointrole";
  const at = { scope: serviceEndpoint, resource: `${payments.id}_${resources.connection.id}` };
  assignRole(organization, at, contributors, "User");
  const ofLibrary = { scope: "distributedtask.variablegroup", resource: `${payments.id}$${resources.library.id}` };
  assignRole(organization, ofLibrary, contributors, "Administrator");
}

function weakenAccess(ground: PostureGround): void {
  const { organization, projects, repositories, definitions } = ground;
  const { payments } = projects;
  const contributors = descriptorOfGroup(groupOf(ground, "Contributors", payments));
  const repository = `repoV2/${payments.id}/${repositories.shop.id}`;
  const gitSpace = requireNamespace("Git Repositories");
  const allow = (token: string, descriptor: string, bits: number) =>
    setEntry(organization, gitSpace, token, { descriptor, allow: bits, deny: 0 }, true);
  // bypassing when pushing and when completing, force push, editing policies, managing permissions
  allow(repository, contributors, 128 | 32_768 | 8 | 2048 | 8192);
  const builder = buildIdentitiesOf(organization).find((one) => one.project === payments);
  if (builder) allow(`repoV2/${payments.id}`, builder.identityDescriptor, 4 | 16 | 128 | 16_384);
  const build = requireNamespace("Build");
  const token = `${payments.id}/${definitions.shop.id}`;
  setEntry(organization, build, token, { descriptor: contributors, allow: 2048 | 16_384, deny: 0 }, true);
}

function weakenPeople(ground: PostureGround): void {
  const { world, organization, projects, people, administrator } = ground;
  const ago = (days: number) => new Date(world.clock.now().getTime() - days * day);
  for (const name of ["Ines Falk", "Jan Okafor", "Kim Silva", "Lena Ortiz", "Milo Brand", "Nora Quist"]) {
    const user = addUser(world, name, { organization, group: "collection administrators" });
    noteEntitlement(organization, user, { lastAccess: ago(3) });
  }
  addMembership(organization, people.gus, "collection administrators");
  noteEntitlement(organization, people.gus, { lastAccess: ago(200) });
  noteEntitlement(organization, people.rosa, { lastAccess: "never", created: ago(400) });
  noteEntitlement(organization, people.olaf, { lastAccess: ago(150) });
  joinGroup(world, organization, groupOf(ground, "Project Collection Service Accounts"), people.devi);
  const administrators = groupOf(ground, "Project Administrators", projects.payments);
  const builder = buildIdentitiesOf(organization).find((one) => one.project === projects.payments);
  if (builder) joinGroup(world, organization, administrators, builder);
  joinGroup(world, organization, administrators, groupOf(ground, "Project Valid Users", projects.payments));
  addToken(world, administrator, {
    displayName: "everything",
    expires: new Date(world.clock.now().getTime() + 360 * day),
  });
  addToken(world, people.rosa, {
    displayName: "builds",
    organization,
    scopes: ["build_execute", "code_full"],
    expires: new Date(world.clock.now().getTime() + 300 * day),
  });
}

function weakenOrganization(ground: PostureGround): void {
  const { world, organization, projects } = ground;
  setOrganizationPolicies(organization, {
    "Policy.AllowAnonymousAccess": true,
    "Policy.DisallowAadGuestUserAccess": false,
    "Policy.DisallowOAuthAuthentication": false,
    "Policy.DisallowSecureShell": false,
    "Policy.EnforceAADConditionalAccess": false,
    "Policy.ArtifactsExternalPackageProtectionToken": false,
    "Policy.LogAuditEvents": true,
  });
  addAuditStream(world, organization, {
    consumerType: "Splunk",
    displayName: "splunk.wavecrest.example",
    status: "disabledBySystem",
  });
  addExtension(world, organization, {
    publisherId: "quick-tools",
    publisherName: "Quick Tools",
    extensionId: "deploy-kit",
    extensionName: "Deploy kit (preview)",
    version: "0.3.0",
    scopes: ["vso.code_manage", "vso.serviceendpoint_manage", "vso.build_execute"],
    flags: ["preview"],
    lastPublished: new Date(world.clock.now().getTime() - 1200 * day),
    contributions: [{ id: "quick-tools.deploy-kit.decorator", type: "ms.azure-pipelines.pipeline-decorator" }],
    tasks: [{ id: stableId("task QuickDeploy"), name: "QuickDeploy", versions: [1] }],
  });
  addHook(ground, { url: "http://hooks.wavecrest.example/build", acceptsUntrusted: true, password: randomUUID() });
  const contributors = groupOf(ground, "Contributors", projects.payments);
  addFeed(world, organization, {
    name: "packages",
    project: projects.payments,
    hasPublicUpstream: true,
    roles: { [contributors.descriptor]: "contributor" },
    packages: [
      { name: "shop-ui", protocolType: "Npm", versions: ["1.0.0"], externalVersions: "allowExternalVersions" },
      { name: "left-pad", protocolType: "Npm", versions: [{ version: "1.3.0", from: "npmjs" }] },
    ],
  });
}
