/** The same organization with everything guarded: what rules on settings ask for holds. */
import { addAuditStream } from "../../administration/audit-log.ts";
import { noteEntitlement } from "../../administration/entitlement-notes.ts";
import { setOrganizationPolicies } from "../../administration/organization-policies.ts";
import { setPipelineSettings } from "../../administration/pipeline-settings.ts";
import { definitionNotes, keepDefinition } from "../../build/build-notes.ts";
import { setGeneralSettings } from "../../build/general-settings.ts";
import { addMembership, addToken, addUser } from "../../build-world.ts";
import { descriptorOfGroup } from "../../identity/identity-descriptor.ts";
import {
  addApprovalCheck,
  addBranchControl,
  addBusinessHours,
  addExclusiveLock,
  addRequiredTemplate,
  type GuardedResource,
  openToPipeline,
} from "../../inventory/build-guards.ts";
import { addExtension, addFeed, addReleaseDefinition } from "../../inventory/build-inventory.ts";
import { queueIdOf } from "../../inventory/inventory.ts";
import { addPolicy } from "../../policy/build-policies.ts";
import { setEntry } from "../../security/access-control-lists.ts";
import type { ProjectState, RepositoryState } from "../../world.ts";
import { addHook } from "./add-hook.ts";
import { groupOf, type PostureGround, placeOf } from "./build-ground.ts";
import { requireNamespace } from "./require-namespace.ts";

const day = 86_400_000;

export function guard(ground: PostureGround): void {
  const { projects, repositories } = ground;
  guardCode(ground, projects.payments, repositories.shop);
  guardCode(ground, projects.platform, repositories.templates);
  guardPipelines(ground);
  guardResources(ground);
  guardAccess(ground);
  guardPeople(ground);
  guardOrganization(ground);
  addRelease(ground);
}

function guardCode(ground: PostureGround, project: ProjectState, repository: RepositoryState): void {
  const { world, organization, administrator, definitions } = ground;
  const add = (made: Omit<Parameters<typeof addPolicy>[4], "repository">) =>
    addPolicy(world, organization, project, administrator, { ...made, repository });
  add({
    kind: "minimumReviewers",
    settings: {
      minimumApproverCount: 2,
      creatorVoteCounts: false,
      allowDownvotes: false,
      resetOnSourcePush: true,
      requireVoteOnLastIteration: true,
      blockLastPusherVote: true,
    },
  });
  add({
    kind: "build",
    settings: {
      buildDefinitionId: definitions.checks.id,
      displayName: "Checks",
      manualQueueOnly: false,
      queueOnSourceUpdateOnly: true,
      validDuration: 720,
    },
  });
  add({
    kind: "requiredReviewers",
    settings: {
      requiredReviewerIds: [groupOf(ground, "Project Administrators", project).id],
      minimumApproverCount: 1,
      creatorVoteCounts: false,
      filenamePatterns: ["/*.yml", "/templates/*", "/*.sh", "/package.json"],
      message: "Whoever owns the pipelines looks at them.",
    },
  });
  add({ kind: "comments", settings: {} });
  const domain = `*@${organization.name}.example`;
  add({ kind: "commitAuthorEmail", settings: { authorEmailPatterns: [domain] } });
  add({ kind: "credentialScan", settings: {} });
}

function guardPipelines(ground: PostureGround): void {
  const { world, organization, projects, definitions, administrator } = ground;
  for (const project of [projects.payments, projects.platform])
    setGeneralSettings(project, {
      enableShellTasksArgsSanitizing: true,
      disableImpliedYAMLCiTrigger: true,
      disableClassicPipelineCreation: true,
      disableClassicBuildPipelineCreation: true,
      disableClassicReleasePipelineCreation: true,
    });
  setPipelineSettings(organization, {
    enforceJobAuthScope: true,
    enforceJobAuthScopeForReleases: true,
    enforceReferencedRepoScopedToken: true,
    enforceSettableVar: true,
    statusBadgesArePrivate: true,
  });
  for (const one of Object.values(definitions))
    Object.assign(definitionNotes(one), { jobAuthorizationScope: "project" });
  Object.assign(definitionNotes(definitions.shop), {
    variables: { ApiToken: { value: null, isSecret: true }, Channel: { value: "stable" } },
  });
  Object.assign(definitionNotes(definitions.site), { triggers: [], queueStatus: "disabled" });
  for (const one of Object.values(definitions)) keepDefinition(one, administrator.id, world.clock.now());
}

function guardResources(ground: PostureGround): void {
  const { world, organization, projects, administrator, resources, definitions } = ground;
  const place = placeOf(ground);
  const guarded: readonly GuardedResource[] = [
    { type: "endpoint", id: resources.connection.id },
    { type: "variablegroup", id: resources.library.id },
    { type: "securefile", id: resources.file.id },
    { type: "environment", id: resources.environment.id },
    { type: "queue", id: queueIdOf(world, organization, projects.payments.id, resources.pool.id) },
  ];
  for (const resource of guarded) {
    openToPipeline(place, resource, definitions.shop);
    addApprovalCheck(place, resource, { approvers: [ground.people.olaf, administrator], minimum: 1 });
    addBranchControl(place, resource, { branches: ["refs/heads/main"], ensuresProtection: true });
    addRequiredTemplate(place, resource, {
      repository: "Platform/pipeline-templates",
      ref: "refs/tags/v1",
      path: "guarded.yml",
    });
  }
  const environment = { type: "environment", id: resources.environment.id };
  addExclusiveLock(place, environment);
  addBusinessHours(place, environment);
}

/** Nobody bypasses, forces or tags; contributors edit neither pipelines nor task groups. */
function guardAccess(ground: PostureGround): void {
  const { organization, projects } = ground;
  const gitSpace = requireNamespace("Git Repositories");
  const all = gitSpace.actions.reduce((sum, { bit }) => sum | bit, 0);
  const bypass = 128 | 32_768;
  const collection = descriptorOfGroup(groupOf(ground, "Project Collection Administrators"));
  const set = (namespace: typeof gitSpace, token: string, descriptor: string, allow: number, deny = 0) =>
    setEntry(organization, namespace, token, { descriptor, allow, deny }, false);
  set(gitSpace, "repoV2", collection, all & ~bypass);
  for (const project of [projects.payments, projects.platform]) {
    const administrators = descriptorOfGroup(groupOf(ground, "Project Administrators", project));
    const contributors = descriptorOfGroup(groupOf(ground, "Contributors", project));
    set(gitSpace, `repoV2/${project.id}`, administrators, all & ~bypass & ~8);
    set(gitSpace, `repoV2/${project.id}`, contributors, 2 | 4 | 16 | 64 | 16_384, 8 | 32);
    set(requireNamespace("Build"), project.id, contributors, 1 | 128 | 1024);
    set(requireNamespace("MetaTask"), project.id, contributors, 0, 2 | 4);
    set(requireNamespace("ReleaseManagement"), project.id, contributors, 1 | 32);
  }
}

function guardPeople(ground: PostureGround): void {
  const { world, organization, projects, people } = ground;
  const at = (days: number) => new Date(world.clock.now().getTime() + days * day);
  addMembership(organization, people.gus, "readers", projects.payments);
  // nobody is the only one who can
  addUser(world, "Nils Berg", { organization, group: "collection administrators" });
  for (const one of Object.values(people)) noteEntitlement(organization, one, { lastAccess: at(-2) });
  addToken(world, people.devi, { displayName: "editor", organization, scopes: ["code"], expires: at(30) });
}

function guardOrganization(ground: PostureGround): void {
  const { world, organization, projects } = ground;
  setOrganizationPolicies(organization, {
    "Policy.AllowAnonymousAccess": false,
    "Policy.DisallowAadGuestUserAccess": true,
    "Policy.AllowTeamAdminsInvitationsAccessToken": false,
    "Policy.AllowRequestAccessToken": false,
    "Policy.DisallowOAuthAuthentication": true,
    "Policy.DisallowSecureShell": true,
    "Policy.EnforceAADConditionalAccess": true,
    "Policy.ArtifactsExternalPackageProtectionToken": true,
    "Policy.LogAuditEvents": true,
  });
  addAuditStream(world, organization, { consumerType: "AzureMonitorLogs", displayName: "Security workspace" });
  addExtension(world, organization, {
    publisherId: "ms",
    publisherName: "Microsoft",
    extensionId: "vss-code-search",
    extensionName: "Code Search",
    version: "20.263.0",
    scopes: ["vso.code"],
    flags: ["builtIn", "trusted"],
  });
  addHook(ground, { url: "https://hooks.stonebridge.example/build", acceptsUntrusted: false });
  const contributors = groupOf(ground, "Contributors", projects.payments);
  const release = groupOf(ground, "Release Administrators", projects.payments);
  addFeed(world, organization, {
    name: "packages",
    project: projects.payments,
    hasPublicUpstream: true,
    roles: { [contributors.descriptor]: "reader", [release.descriptor]: "contributor" },
    packages: [{ name: "@stonebridge/shop-ui", protocolType: "Npm", versions: ["1.0.0"] }],
  });
}

function addRelease({
  world,
  organization,
  projects,
  administrator,
  people,
  definitions,
  resources,
}: PostureGround): void {
  const step = {
    name: "Deploy",
    taskId: resources.taskGroup.id,
    versionSpec: "1.*",
    definitionType: "metaTask",
    inputs: {},
  } as const;
  const queueId = queueIdOf(world, organization, projects.payments.id, resources.pool.id);
  const phases = [{ name: "Agent job", queueId, tokenForScripts: false, steps: [step] }];
  const stage = { creatorMayApprove: false, artifactBranches: { _shop: ["main"] }, phases };
  addReleaseDefinition(world, organization, projects.payments, administrator, {
    name: "Shop",
    variables: { Token: { value: "", isSecret: true } },
    artifacts: [{ alias: "_shop", definition: { id: definitions.shop.id, name: definitions.shop.name } }],
    triggers: [{ alias: "_shop", branches: ["main"] }],
    stages: [
      { name: "Staging", approver: people.olaf, ...stage },
      { name: "Production", approver: administrator, ...stage },
    ],
  });
}
