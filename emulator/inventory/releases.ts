/** Classic release pipelines: definitions, releases, what was deployed, and who still has to approve. */
import type { Answer, Call, Route } from "../route.ts";
import { identityRef, requireProject } from "../shapes.ts";
import type { World } from "../world.ts";
import { inventoryOf, type Release, type ReleaseDefinition } from "./inventory.ts";
import { missing, pageAfterToken } from "./page.ts";
import { addressOf, approverShape, definitionReference, definitionShape, listedDefinition } from "./release-shape.ts";

const host = "vsrm.dev.azure.com" as const;
const root = "/{organization}/{project}/_apis/release";
const scopes = ["release"];

type Stage = ReleaseDefinition["stages"][number];

function releaseReference(call: Call, world: World, release: Release): Record<string, unknown> {
  const url = addressOf(call, world, release.projectId, `releases/${release.id}`);
  return { id: release.id, name: release.name, url, _links: { self: { href: url } } };
}

/** The first stage waits where it has an approver; later ones have not begun. */
function stageStatus(stage: Stage, index: number): "inProgress" | "succeeded" | "notStarted" {
  if (index > 0) return "notStarted";
  return stage.approverIds.length === 0 ? "succeeded" : "inProgress";
}

function approvalShape(call: Call, world: World, release: Release, stage: Stage): Record<string, unknown> {
  const created = release.createdOn.toISOString();
  return {
    id: release.id * 100 + stage.id,
    revision: 1,
    approver: approverShape(call, world, stage.approverIds[0] ?? release.createdBy),
    approvalType: "preDeploy",
    createdOn: created,
    modifiedOn: created,
    status: "pending",
    comments: "",
    isAutomated: false,
    isNotificationOn: true,
    trialNumber: 1,
    attempt: 1,
    rank: 1,
    release: releaseReference(call, world, release),
    releaseDefinition: definitionReference(call, world, release.definition),
    releaseEnvironment: { id: stage.id, name: stage.name },
    url: addressOf(call, world, release.projectId, `approvals/${release.id * 100 + stage.id}`),
  };
}

function pendingApprovals(call: Call, world: World, release: Release): Record<string, unknown>[] {
  const [first] = release.definition.stages;
  return !first || first.approverIds.length === 0 ? [] : [approvalShape(call, world, release, first)];
}

function releaseShape(call: Call, world: World, release: Release, isListed: boolean): Record<string, unknown> {
  const created = release.createdOn.toISOString();
  const by = identityRef(world, release.createdBy, call.organization);
  const project = call.organization.projects.get(release.projectId);
  const stages = release.definition.stages.map((stage, index) => ({
    id: release.id * 100 + stage.id,
    releaseId: release.id,
    name: stage.name,
    status: stageStatus(stage, index),
    variables: {},
    preDeployApprovals: index === 0 ? pendingApprovals(call, world, release) : [],
    postDeployApprovals: [],
    deploySteps: [],
    rank: index + 1,
    definitionEnvironmentId: stage.id,
  }));
  return {
    ...releaseReference(call, world, release),
    status: "active",
    createdOn: created,
    modifiedOn: created,
    modifiedBy: by,
    createdBy: by,
    createdFor: by,
    ...(isListed ? {} : { environments: stages, artifacts: [] }),
    variables: {},
    variableGroups: [],
    releaseDefinition: definitionReference(call, world, release.definition),
    releaseDefinitionRevision: 1,
    description: release.description,
    reason: "manual",
    releaseNameFormat: "Release-$(rev:r)",
    keepForever: false,
    definitionSnapshotRevision: 1,
    tags: [],
    projectReference: { id: release.projectId, name: project?.name ?? null },
    properties: {},
  };
}

function deploymentsOf(call: Call, world: World, release: Release): Record<string, unknown>[] {
  const [first] = release.definition.stages;
  if (!first || first.approverIds.length > 0) return [];
  const at = release.createdOn.toISOString();
  const by = identityRef(world, release.createdBy, call.organization);
  return [
    {
      id: release.id,
      release: releaseReference(call, world, release),
      releaseDefinition: definitionReference(call, world, release.definition),
      releaseEnvironment: { id: release.id * 100 + first.id, name: first.name },
      definitionEnvironmentId: first.id,
      attempt: 1,
      reason: "manual",
      deploymentStatus: "succeeded",
      operationStatus: "approved",
      requestedBy: by,
      requestedFor: by,
      queuedOn: at,
      startedOn: at,
      completedOn: at,
      lastModifiedOn: at,
      lastModifiedBy: by,
      conditions: [],
      preDeployApprovals: [],
      postDeployApprovals: [],
    },
  ];
}

function releasesOf(call: Call, world: World): Release[] {
  const project = requireProject(call, world);
  const definition = call.query("definitionId");
  return inventoryOf(world, call.organization).releases.filter(
    (one) => one.projectId === project.id && (!definition || String(one.definition.id) === definition),
  );
}

function getDefinition(call: Call, world: World): Answer {
  const project = requireProject(call, world);
  const definition = inventoryOf(world, call.organization).releaseDefinitions.find(
    (one) => one.projectId === project.id && String(one.id) === call.params.definitionId,
  );
  if (definition) return { body: definitionShape(call, world, definition) };
  throw missing(
    "ReleaseDefinitionNotFoundException",
    `VS402875: Release pipeline with ID ${call.params.definitionId} does not exist. Specify a valid id.`,
  );
}

function getRelease(call: Call, world: World): Answer {
  const release = releasesOf(call, world).find((one) => String(one.id) === call.params.releaseId);
  if (release) return { body: releaseShape(call, world, release, false) };
  throw missing(
    "ReleaseNotFoundException",
    `VS402881: Release with ID ${call.params.releaseId} does not exist. Specify a valid ID and try again.`,
  );
}

function get(path: string, handle: Route["handle"]): Route {
  return { method: "GET", host, path: `${root}/${path}`, scopes, handle };
}

/** Of releases and approvals, as documented. */
const usualPage = 50;

export const releaseRoutes: readonly Route[] = [
  get("definitions", (call, world) => {
    const project = requireProject(call, world);
    const all = inventoryOf(world, call.organization).releaseDefinitions.filter((one) => one.projectId === project.id);
    return pageAfterToken(call, all, (one) => listedDefinition(call, world, one));
  }),
  get("definitions/{definitionId}", getDefinition),
  get("releases", (call, world) =>
    pageAfterToken(call, releasesOf(call, world), (one) => releaseShape(call, world, one, true), usualPage),
  ),
  get("releases/{releaseId}", getRelease),
  get("approvals", (call, world) => {
    const pending = releasesOf(call, world).flatMap((one) => pendingApprovals(call, world, one));
    return pageAfterToken(call, pending, (one) => one, usualPage);
  }),
  get("deployments", (call, world) => {
    const made = releasesOf(call, world).flatMap((one) => deploymentsOf(call, world, one));
    return pageAfterToken(call, made, (one) => one);
  }),
];
