/** A build as `build.complete` of version 1.0 shows it: the shape of XAML builds, in which the result is the status. */
import { identityRef, organizationUrl } from "../shapes.ts";
import type { BuildState, DefinitionState, OrganizationState, World } from "../world.ts";
import { buildNotes } from "./build-notes.ts";

const statuses = {
  succeeded: "succeeded",
  partiallySucceeded: "partiallySucceeded",
  failed: "failed",
  canceled: "stopped",
} as const;

function person(world: World, organization: OrganizationState, userId: string): Record<string, unknown> {
  const { id, displayName, uniqueName, url, imageUrl } = identityRef(world, userId, organization);
  return { id, displayName, uniqueName, url, imageUrl };
}

function logOf(base: string, build: BuildState): Record<string, unknown> {
  const url = `${base}/_apis/resources/Containers/${build.id}/logs`;
  const name = `${build.buildNumber}_logs`;
  return {
    type: "container",
    url,
    downloadUrl: `${url}?api-version=1.0&$format=zip&downloadFileName=${encodeURIComponent(name)}`,
  };
}

export function xamlBuildShape(
  world: World,
  organization: OrganizationState,
  build: BuildState,
  definition: DefinitionState | undefined,
): Record<string, unknown> {
  const base = organizationUrl(world, organization);
  const builds = `${base}/${build.projectId}/_apis/build`;
  const { reason, lastChangedBy } = buildNotes(build);
  return {
    uri: `vstfs:///Build/Build/${build.id}`,
    id: build.id,
    buildNumber: build.buildNumber,
    url: `${builds}/Builds/${build.id}`,
    ...(build.startTime ? { startTime: build.startTime.toISOString() } : {}),
    ...(build.finishTime ? { finishTime: build.finishTime.toISOString() } : {}),
    reason,
    status: statuses[build.result ?? "succeeded"],
    log: logOf(base, build),
    sourceGetVersion: `LG:${build.sourceBranch}:${build.sourceVersion}`,
    lastChangedBy: person(world, organization, lastChangedBy),
    retainIndefinitely: false,
    hasDiagnostics: true,
    definition: {
      batchSize: 1,
      triggerType: "none",
      definitionType: "xaml",
      id: build.definitionId,
      name: definition?.name ?? "",
      url: `${builds}/Definitions/${build.definitionId}`,
    },
    queue: {
      queueType: "buildController",
      id: 1,
      name: "Hosted Build Controller",
      url: `${base}/_apis/build/Queues/1`,
    },
    requests: [
      {
        id: build.id,
        url: `${builds}/Requests/${build.id}`,
        requestedFor: person(world, organization, build.requestedBy),
      },
    ],
  };
}
