/** How answers and the `build.complete` payload show builds and definitions. */
import { inventoryOf, queueIdOf } from "../inventory/inventory.ts";
import { identityRef, organizationUrl, projectReference, repositoryWebUrl } from "../shapes.ts";
import type { BuildState, DefinitionState, OrganizationState, ProjectState, World } from "../world.ts";
import { buildNotes, changesOf, definitionNotes } from "./build-notes.ts";

/** The queue of a definition: of the pool that it names, or of the hosted one. */
function queueOf(world: World, organization: OrganizationState, projectId: string, poolId: number | undefined) {
  const { pools } = inventoryOf(world, organization);
  const pool = pools.find((one) => (poolId === undefined ? one.isHosted : one.id === poolId));
  if (!pool) return undefined;
  const { id, name, isHosted } = pool;
  return { id: queueIdOf(world, organization, projectId, id), name, pool: { id, name, isHosted } };
}

export function projectUrl(world: World, organization: OrganizationState, projectId: string): string {
  return `${organizationUrl(world, organization)}/${projectId}`;
}

export function requireState<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is missing from the world`);
  return value;
}

export function definitionReference(
  world: World,
  organization: OrganizationState,
  definition: DefinitionState,
): Record<string, unknown> {
  const base = projectUrl(world, organization, definition.projectId);
  const project = requireState(organization.projects.get(definition.projectId), "the definition's project");
  return {
    drafts: [],
    id: definition.id,
    name: definition.name,
    url: `${base}/_apis/build/Definitions/${definition.id}?revision=${definition.revision}`,
    uri: `vstfs:///Build/Definition/${definition.id}`,
    path: definition.path,
    type: "build",
    queueStatus: definitionNotes(definition).queueStatus,
    revision: definition.revision,
    project: projectReference(world, organization, project),
  };
}

function buildRepository(
  world: World,
  organization: OrganizationState,
  definition: DefinitionState,
  branch?: string,
): Record<string, unknown> {
  const repository = organization.repositories.get(definition.repositoryId);
  const { outside } = definitionNotes(definition);
  return {
    id: definition.repositoryId,
    type: "TfsGit",
    ...(repository ? { name: repository.name, url: repositoryWebUrl(world, organization, repository) } : {}),
    ...(outside ? { id: outside.id, type: outside.type, name: outside.name, url: outside.url } : {}),
    ...(branch ? { defaultBranch: branch } : {}),
    clean: null,
    checkoutSubmodules: false,
  };
}

/** What a definition runs and where its code comes from, which lists leave out. */
function origin(world: World, organization: OrganizationState, definition: DefinitionState) {
  const notes = definitionNotes(definition);
  return {
    ...(notes.comment ? { comment: notes.comment } : {}),
    ...(notes.description ? { description: notes.description } : {}),
    jobAuthorizationScope: notes.jobAuthorizationScope,
    jobTimeoutInMinutes: 60,
    jobCancelTimeoutInMinutes: 5,
    ...(notes.processParameters ? { processParameters: notes.processParameters } : {}),
    process: notes.phases
      ? { phases: notes.phases, target: {}, type: 1 }
      : { yamlFilename: definition.yamlFilename, type: 2 },
    repository: {
      properties: {
        reportBuildStatus: "true",
        cleanOptions: "0",
        fetchDepth: "0",
        gitLfsSupport: "false",
        ...notes.outside?.properties,
      },
      ...buildRepository(world, organization, definition, notes.defaultBranch),
    },
  };
}

const fromFile = {
  branchFilters: [],
  pathFilters: [],
  settingsSourceType: 2,
  batchChanges: false,
  maxConcurrentBuildsPerBranch: 1,
  triggerType: "continuousIntegration",
};

/** Groups of variables that a definition takes: a secret is named, its value is not told. */
function variableGroups(world: World, organization: OrganizationState, ids: readonly number[]) {
  if (ids.length === 0) return [];
  return inventoryOf(world, organization)
    .variableGroups.filter(({ id }) => ids.includes(id))
    .map(({ id, name, description, vault, variables }) => ({
      variables: Object.fromEntries(
        Object.entries(variables).map(([key, { value, isSecret }]) => [
          key,
          isSecret || vault ? { value: null, isSecret: true } : { value },
        ]),
      ),
      type: vault ? "AzureKeyVault" : "Vsts",
      name,
      description,
      id,
    }));
}

/** A definition in full, or as lists show it. */
export function definitionShape(
  world: World,
  organization: OrganizationState,
  definition: DefinitionState,
  isFull: boolean,
): Record<string, unknown> {
  const base = projectUrl(world, organization, definition.projectId);
  const { drafts, ...reference } = definitionReference(world, organization, definition);
  const notes = definitionNotes(definition);
  const variables = Object.keys(notes.variables).length > 0 ? { variables: notes.variables } : {};
  const groups = variableGroups(world, organization, notes.variableGroupIds);
  const queue = queueOf(world, organization, definition.projectId, notes.poolId);
  const queueUrl = `${organizationUrl(world, organization)}/_apis/build/Queues/${queue?.id}`;
  return {
    ...(isFull
      ? {
          triggers: notes.triggers ?? [fromFile],
          ...variables,
          ...(groups.length > 0 ? { variableGroups: groups } : {}),
          properties: {},
          tags: [],
        }
      : {}),
    _links: {
      self: { href: reference.url },
      web: { href: `${base}/_build/definition?definitionId=${definition.id}` },
      editor: { href: `${base}/_build/designer?id=${definition.id}&_a=edit-build-definition` },
      badge: { href: `${base}/_apis/build/status/${definition.id}` },
    },
    ...(isFull ? origin(world, organization, definition) : {}),
    quality: "definition",
    ...(notes.authoredBy ? { authoredBy: identityRef(world, notes.authoredBy, organization) } : {}),
    drafts,
    ...(queue ? { queue: { _links: { self: { href: queueUrl } }, ...queue, url: queueUrl } } : {}),
    ...reference,
    createdDate: (changesOf(definition).at(-1)?.changedDate ?? definition.createdDate).toISOString(),
  };
}

/** What a build of a pull request says of it. */
function pullRequestTrigger(organization: OrganizationState, build: BuildState) {
  const id = /^refs\/pull\/(\d+)\/merge$/.exec(build.sourceBranch)?.[1];
  const found = organization.pullRequests.find((one) => String(one.id) === id);
  if (!found) return {};
  return {
    "pr.number": String(found.id),
    "pr.isFork": found.sourceRepositoryId === undefined ? "False" : "True",
    "pr.triggerRepository": found.repositoryId,
    "pr.sourceBranch": found.sourceRefName,
    "pr.sourceSha": found.lastMergeSourceCommit ?? "",
    "pr.title": found.title,
    "pr.draft": found.isDraft ? "True" : "False",
  };
}

/** What a build that a push started says of that push. */
function ciTrigger(
  build: BuildState,
  reason: string,
  message: string | undefined,
  definition: DefinitionState | undefined,
) {
  if (reason !== "individualCI") return {};
  return {
    "ci.sourceBranch": build.sourceBranch,
    "ci.sourceSha": build.sourceVersion,
    "ci.message": message ?? "",
    "ci.triggerRepository": definition?.repositoryId ?? "",
  };
}

function buildLinks(base: string, url: string, build: BuildState) {
  return {
    self: { href: url },
    web: { href: `${base}/_build/results?buildId=${build.id}` },
    sourceVersionDisplayUri: { href: `${base}/_apis/build/builds/${build.id}/sources` },
    timeline: { href: `${base}/_apis/build/builds/${build.id}/Timeline` },
    badge: { href: `${base}/_apis/build/status/${build.definitionId}` },
  };
}

/** What started a build, with what, for whom, and who touched it last. */
function originOf(
  world: World,
  organization: OrganizationState,
  build: BuildState,
  definition: DefinitionState | undefined,
): Record<string, unknown> {
  const notes = buildNotes(build);
  return {
    triggerInfo: {
      ...ciTrigger(build, notes.reason, notes.message, definition),
      ...pullRequestTrigger(organization, build),
    },
    sourceBranch: build.sourceBranch,
    sourceVersion: build.sourceVersion,
    reason: notes.reason,
    ...(notes.parameters ? { parameters: notes.parameters } : {}),
    ...(notes.templateParameters ? { templateParameters: notes.templateParameters } : {}),
    requestedFor: identityRef(world, notes.requestedFor ?? build.requestedBy, organization),
    requestedBy: identityRef(world, build.requestedBy, organization),
    lastChangedDate: notes.lastChangedDate.toISOString(),
    lastChangedBy: identityRef(world, notes.lastChangedBy, organization),
  };
}

export function buildShape(world: World, organization: OrganizationState, build: BuildState): Record<string, unknown> {
  const base = projectUrl(world, organization, build.projectId);
  const definition = organization.definitions.find((one) => one.id === build.definitionId);
  const project: ProjectState = requireState(organization.projects.get(build.projectId), "the build's project");
  const { planId, tags, definitionRevision } = buildNotes(build);
  const url = `${base}/_apis/build/Builds/${build.id}`;
  const poolId = definition && definitionNotes(definition).poolId;
  return {
    _links: buildLinks(base, url, build),
    properties: {},
    tags,
    validationResults: [],
    plans: [{ planId }],
    id: build.id,
    buildNumber: build.buildNumber,
    status: build.status,
    ...(build.result ? { result: build.result } : {}),
    queueTime: build.queueTime.toISOString(),
    ...(build.startTime ? { startTime: build.startTime.toISOString() } : {}),
    ...(build.finishTime ? { finishTime: build.finishTime.toISOString() } : {}),
    url,
    ...(definition ? { definition: builtDefinition(world, organization, definition, definitionRevision) } : {}),
    buildNumberRevision: Number(build.buildNumber.split(".").at(-1)),
    project: projectReference(world, organization, project),
    uri: `vstfs:///Build/Build/${build.id}`,
    queue: queueOf(world, organization, build.projectId, poolId),
    priority: "normal",
    ...originOf(world, organization, build, definition),
    orchestrationPlan: { planId },
    logs: { id: 0, type: "Container", url: `${base}/_apis/build/builds/${build.id}/logs` },
    ...(definition ? { repository: buildRepository(world, organization, definition) } : {}),
    keepForever: false,
    retainedByRelease: false,
    triggeredByBuild: null,
    appendCommitMessageToRunName: true,
  };
}

/** A build names the revision of the definition that it ran. */
function builtDefinition(
  world: World,
  organization: OrganizationState,
  definition: DefinitionState,
  revision = definition.revision,
): Record<string, unknown> {
  return { ...definitionReference(world, organization, definition), revision };
}
