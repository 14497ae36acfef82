/** How answers and the `build.complete` payload show builds and definitions. */
import { identityRef, organizationUrl, projectReference, repositoryWebUrl } from "../shapes.ts";
import type { BuildState, DefinitionState, OrganizationState, ProjectState, World } from "../world.ts";
import { buildNotes, definitionNotes } from "./build-notes.ts";

export const hostedQueue = { id: 1, name: "Azure Pipelines", pool: { id: 9, name: "Azure Pipelines", isHosted: true } };

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
    queueStatus: "enabled",
    revision: definition.revision,
    project: projectReference(world, organization, project),
  };
}

function buildRepository(world: World, organization: OrganizationState, repositoryId: string, branch?: string) {
  const repository = organization.repositories.get(repositoryId);
  return {
    id: repositoryId,
    type: "TfsGit",
    ...(repository ? { name: repository.name, url: repositoryWebUrl(world, organization, repository) } : {}),
    ...(branch ? { defaultBranch: branch } : {}),
    clean: null,
    checkoutSubmodules: false,
  };
}

/** Where a definition's YAML comes from, which lists leave out. */
function origin(world: World, organization: OrganizationState, definition: DefinitionState) {
  const notes = definitionNotes(definition);
  return {
    ...(notes.comment ? { comment: notes.comment } : {}),
    ...(notes.description ? { description: notes.description } : {}),
    jobAuthorizationScope: "projectCollection",
    process: { yamlFilename: definition.yamlFilename, type: 2 },
    repository: {
      properties: { reportBuildStatus: "true", cleanOptions: "0", fetchDepth: "0", gitLfsSupport: "false" },
      ...buildRepository(world, organization, definition.repositoryId, notes.defaultBranch),
    },
  };
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
  const queueUrl = `${organizationUrl(world, organization)}/_apis/build/Queues/1`;
  const queue = { _links: { self: { href: queueUrl } }, ...hostedQueue, url: queueUrl };
  return {
    ...(isFull
      ? {
          triggers: [
            {
              branchFilters: [],
              pathFilters: [],
              settingsSourceType: 2,
              batchChanges: false,
              maxConcurrentBuildsPerBranch: 1,
              triggerType: "continuousIntegration",
            },
          ],
          ...variables,
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
    queue,
    ...reference,
    createdDate: definition.createdDate.toISOString(),
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

export function buildShape(world: World, organization: OrganizationState, build: BuildState): Record<string, unknown> {
  const base = projectUrl(world, organization, build.projectId);
  const definition = organization.definitions.find((one) => one.id === build.definitionId);
  const project: ProjectState = requireState(organization.projects.get(build.projectId), "the build's project");
  const { reason, tags, planId, lastChangedBy, lastChangedDate, parameters, message } = buildNotes(build);
  const url = `${base}/_apis/build/Builds/${build.id}`;
  const requester = identityRef(world, build.requestedBy, organization);
  const repository = definition ? { repository: buildRepository(world, organization, definition.repositoryId) } : {};
  return {
    _links: buildLinks(base, url, build),
    properties: {},
    tags,
    validationResults: [],
    plans: [{ planId }],
    triggerInfo: ciTrigger(build, reason, message, definition),
    id: build.id,
    buildNumber: build.buildNumber,
    status: build.status,
    ...(build.result ? { result: build.result } : {}),
    queueTime: build.queueTime.toISOString(),
    ...(build.startTime ? { startTime: build.startTime.toISOString() } : {}),
    ...(build.finishTime ? { finishTime: build.finishTime.toISOString() } : {}),
    url,
    ...(definition ? { definition: definitionReference(world, organization, definition) } : {}),
    buildNumberRevision: Number(build.buildNumber.split(".").at(-1)),
    project: projectReference(world, organization, project),
    uri: `vstfs:///Build/Build/${build.id}`,
    sourceBranch: build.sourceBranch,
    sourceVersion: build.sourceVersion,
    queue: hostedQueue,
    priority: "normal",
    reason,
    ...(parameters ? { parameters } : {}),
    requestedFor: requester,
    requestedBy: requester,
    lastChangedDate: lastChangedDate.toISOString(),
    lastChangedBy: identityRef(world, lastChangedBy, organization),
    orchestrationPlan: { planId },
    logs: { id: 0, type: "Container", url: `${base}/_apis/build/builds/${build.id}/logs` },
    ...repository,
    keepForever: false,
    retainedByRelease: false,
    triggeredByBuild: null,
    appendCommitMessageToRunName: true,
  };
}
