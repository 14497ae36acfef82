/** Queueing builds and letting them end; only a completed build raises `build.complete`. */
import { randomUUID } from "node:crypto";
import { raise } from "../hooks/raise.ts";
import { completeIfAsked } from "../pull-requests/completion.ts";
import {
  type BuildState,
  type DefinitionState,
  nextId,
  type OrganizationState,
  type RepositoryState,
  type World,
} from "../world.ts";
import { buildNotes, setBuildNotes } from "./build-notes.ts";
import { buildShape, projectUrl } from "./build-shape.ts";
import { xamlBuildShape } from "./xaml-build-shape.ts";

export interface BuildRequest {
  readonly requestedBy: string;
  readonly sourceBranch: string;
  readonly sourceVersion: string;
  readonly repository?: RepositoryState;
  readonly reason?: string;
  readonly parameters?: string;
  readonly templateParameters?: Readonly<Record<string, string>>;
  /** For whom it runs, where that is not who asked for it. */
  readonly requestedFor?: string;
  /** Of a run of another day; now when absent. */
  readonly queueTime?: Date;
  readonly message?: string;
}

export function queueBuild(
  world: World,
  organization: OrganizationState,
  definition: DefinitionState,
  request: BuildRequest,
): BuildState {
  const now = request.queueTime ?? world.clock.now();
  const day = now.toISOString().slice(0, 10).replaceAll("-", "");
  const build: BuildState = {
    id: nextId(world, `build ${organization.id}`),
    projectId: definition.projectId,
    definitionId: definition.id,
    buildNumber: `${day}.${nextId(world, `build number ${organization.id} ${definition.id} ${day}`)}`,
    queueTime: now,
    requestedBy: request.requestedBy,
    sourceBranch: request.sourceBranch,
    sourceVersion: request.sourceVersion,
    status: "notStarted",
  };
  setBuildNotes(build, {
    reason: request.reason ?? "manual",
    tags: [],
    lastChangedBy: request.requestedBy,
    lastChangedDate: now,
    planId: randomUUID(),
    definitionRevision: definition.revision,
    ...(request.templateParameters ? { templateParameters: request.templateParameters } : {}),
    ...(request.requestedFor ? { requestedFor: request.requestedFor } : {}),
    ...(request.parameters ? { parameters: request.parameters } : {}),
    ...(request.message ? { message: request.message } : {}),
  });
  organization.builds.push(build);
  return build;
}

export function startBuild(world: World, build: BuildState): void {
  build.status = "inProgress";
  build.startTime ??= world.clock.now();
  touch(world, build, build.requestedBy);
}

function touch(world: World, build: BuildState, userId: string): void {
  const notes = buildNotes(build);
  notes.lastChangedBy = userId;
  notes.lastChangedDate = world.clock.now();
}

/** Ends a build with a result; ending it again changes nothing. */
export async function completeBuild(
  world: World,
  organization: OrganizationState,
  build: BuildState,
  result: NonNullable<BuildState["result"]>,
  userId: string,
): Promise<void> {
  if (build.status === "completed") return;
  build.status = "completed";
  build.result = result;
  build.startTime ??= world.clock.now();
  build.finishTime = world.clock.now();
  touch(world, build, userId);
  raiseComplete(world, organization, build);
  await tellPullRequest(world, organization, build);
}

const buildStatuses = {
  succeeded: "Succeeded",
  partiallySucceeded: "PartiallySucceeded",
  failed: "Failed",
  canceled: "Stopped",
} as const;

function raiseComplete(world: World, organization: OrganizationState, build: BuildState): void {
  const definition = organization.definitions.find((one) => one.id === build.definitionId);
  const web = `${projectUrl(world, organization, build.projectId)}/_build/results?buildId=${build.id}`;
  const result = build.result ?? "succeeded";
  const outcome = result === "partiallySucceeded" ? "partially succeeded" : result;
  const { keepForever: _, ...resource } = buildShape(world, organization, build);
  raise(world, organization, {
    eventType: "build.complete",
    projectId: build.projectId,
    resourceVersion: "2.0",
    message: {
      text: `Build ${build.buildNumber} ${outcome}`,
      html: `Build <a href="${web}">${build.buildNumber}</a> ${outcome}`,
      markdown: `Build [${build.buildNumber}](${web}) ${outcome}`,
    },
    resource,
    otherVersions: { "1.0": xamlBuildShape(world, organization, build, definition) },
    filters: { definitionName: definition?.name ?? "", buildStatus: buildStatuses[result] },
  });
}

/** A build of refs/pull/{id}/merge may be what a pull request waited for. */
async function tellPullRequest(world: World, organization: OrganizationState, build: BuildState): Promise<void> {
  const id = /^refs\/pull\/(\d+)\/merge$/.exec(build.sourceBranch)?.[1];
  const pullRequest = organization.pullRequests.find((one) => String(one.id) === id);
  const repository = pullRequest && organization.repositories.get(pullRequest.repositoryId);
  if (pullRequest && repository) await completeIfAsked(world, organization, repository, pullRequest);
}
