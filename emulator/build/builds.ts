/** Routes of builds: queue, list, read, change; a PATCH to `completed` is how a build ends here. */
import { resolveRef } from "../git/repository-store.ts";
import {
  enumValue,
  headerPage,
  invalidArgument,
  plain,
  record,
  requireBody,
  text,
} from "../pull-requests/request-body.ts";
import { mayAct, requireGroup } from "../rights.ts";
import { type Call, list, Refusal, type Route } from "../route.ts";
import { requireProject } from "../shapes.ts";
import type { BuildState, DefinitionState, World } from "../world.ts";
import { buildNotes, definitionNotes } from "./build-notes.ts";
import { buildShape } from "./build-shape.ts";
import { requireDefinition } from "./definitions.ts";
import { completeBuild, queueBuild, startBuild } from "./queue-build.ts";

export function requireBuild(call: Call, world: World): BuildState {
  const project = requireProject(call, world);
  const id = call.params.buildId ?? "";
  const build = call.organization.builds.find((one) => String(one.id) === id && one.projectId === project.id);
  if (build) return build;
  throw new Refusal(
    404,
    "BuildNotFoundException",
    `The requested build ${id} could not be found.`,
    "Microsoft.TeamFoundation.Build.WebApi.BuildNotFoundException, Microsoft.TeamFoundation.Build2.WebApi",
  );
}

const statuses = { 1: "inProgress", 2: "completed", 4: "cancelling", 8: "postponed", 32: "notStarted" } as const;
const results = { 2: "succeeded", 4: "partiallySucceeded", 8: "failed", 32: "canceled" } as const;

/** Which time `minTime` and `maxTime` mean follows from the order. */
function timeOf(call: Call, build: BuildState): Date {
  const order = call.query("queryOrder")?.toLowerCase() ?? "";
  if (order.startsWith("queuetime")) return build.queueTime;
  if (order.startsWith("starttime")) return build.startTime ?? build.queueTime;
  return build.finishTime ?? build.startTime ?? build.queueTime;
}

function isRequestedFor(call: Call, world: World, build: BuildState): boolean {
  const wanted = call.query("requestedFor")?.toLowerCase();
  if (!wanted) return true;
  const user = world.users.get(buildNotes(build).requestedFor ?? build.requestedBy);
  return user !== undefined && [user.id, user.displayName.toLowerCase(), user.mail.toLowerCase()].includes(wanted);
}

function matches(call: Call, world: World, build: BuildState): boolean {
  const any = (name: string, value: string | undefined) => {
    const wanted = call.query(name);
    if (!wanted || wanted.toLowerCase() === "all") return true;
    return wanted.split(",").some((one) => one.trim().toLowerCase() === value?.toLowerCase());
  };
  /** Names, or the sum of their numbers. */
  const flagged = (name: string, codes: Readonly<Record<number, string>>, value: string | undefined) => {
    const wanted = call.query(name);
    if (!wanted || !/^\d+$/.test(wanted)) return any(name, value);
    return Object.entries(codes).some(([code, one]) => one === value && (Number(wanted) & Number(code)) !== 0);
  };
  const [minTime, maxTime] = [call.query("minTime"), call.query("maxTime")];
  const time = timeOf(call, build);
  const repositoryOf = ({ definitionId }: BuildState) =>
    call.organization.definitions.find(({ id }) => id === definitionId)?.repositoryId;
  return (
    any("definitions", String(build.definitionId)) &&
    any("buildNumber", build.buildNumber) &&
    flagged("statusFilter", statuses, build.status) &&
    flagged("resultFilter", results, build.result) &&
    any("reasonFilter", buildNotes(build).reason) &&
    isRequestedFor(call, world, build) &&
    any("branchName", build.sourceBranch) &&
    any("buildIds", String(build.id)) &&
    (!call.query("repositoryId") || any("repositoryId", repositoryOf(build))) &&
    (call.query("tagFilters")?.split(",") ?? []).every((tag) => buildNotes(build).tags.includes(tag)) &&
    (!minTime || time >= new Date(minTime)) &&
    (!maxTime || time <= new Date(maxTime))
  );
}

function listBuilds(call: Call, world: World) {
  const project = requireProject(call, world);
  const found = call.organization.builds.filter(
    (build) => build.projectId === project.id && matches(call, world, build),
  );
  const ascending = call.query("queryOrder")?.toLowerCase().endsWith("ascending");
  if (!ascending) found.reverse();
  const sign = ascending ? 1 : -1;
  if (call.query("queryOrder") !== undefined)
    found.sort((left, right) => sign * (timeOf(call, left).getTime() - timeOf(call, right).getTime()));
  const { values, headers } = headerPage(call, found, 1000, 5000);
  return list(
    values.map((build) => buildShape(world, call.organization, build)),
    headers,
  );
}

function getBuild(call: Call, world: World) {
  return { body: buildShape(world, call.organization, requireBuild(call, world)) };
}

/** Queues a build of the definition on a branch, or on its default one. */
export async function queueOn(
  call: Call,
  world: World,
  definition: DefinitionState,
  asked: {
    branch?: string | undefined;
    version?: string | undefined;
    reason?: string | undefined;
    parameters?: string | undefined;
    templateParameters?: Readonly<Record<string, string>> | undefined;
  },
): Promise<BuildState> {
  const repository = call.organization.repositories.get(definition.repositoryId);
  const branch = asked.branch || repository?.defaultBranch || definitionNotes(definition).defaultBranch;
  const sourceBranch = branch.startsWith("refs/") ? branch : `refs/heads/${branch}`;
  const tip = asked.version || (repository && (await resolveRef(world, repository.id, sourceBranch)));
  if (!tip)
    throw new Refusal(
      400,
      "BuildRequestValidationFailedException",
      "Could not queue the build because there were validation errors or warnings.",
      "Microsoft.TeamFoundation.Build.WebApi.BuildRequestValidationFailedException, Microsoft.TeamFoundation.Build2.WebApi",
    );
  return queueBuild(world, call.organization, definition, {
    requestedBy: call.user.id,
    sourceBranch,
    sourceVersion: tip,
    ...(asked.reason ? { reason: asked.reason } : {}),
    ...(asked.parameters ? { parameters: asked.parameters } : {}),
    ...(asked.templateParameters ? { templateParameters: asked.templateParameters } : {}),
  });
}

/** The texts of a map of parameters; undefined if there are none. */
export function textsOf(value: unknown): Readonly<Record<string, string>> | undefined {
  const entries = Object.entries(record(value)).map(([name, one]) => [name, plain(one)] as const);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

async function queue(call: Call, world: World) {
  const project = requireProject(call, world);
  requireGroup(call, "contributors", project, "Queue builds");
  const body = requireBody(call);
  const id = record(body.definition).id ?? call.query("definitionId");
  if (id === undefined) throw invalidArgument("build.Definition");
  const build = await queueOn(call, world, requireDefinition(call, project, plain(id)), {
    branch: text(body.sourceBranch),
    version: text(body.sourceVersion),
    reason: text(body.reason),
    parameters: text(body.parameters),
    templateParameters: textsOf(body.templateParameters),
  });
  return { body: buildShape(world, call.organization, build) };
}

async function update(call: Call, world: World) {
  const build = requireBuild(call, world);
  if (!mayAct(call.organization, call.user.id, "contributors", build.projectId))
    requireGroup(call, "contributors", call.organization.projects.get(build.projectId), "Update build information");
  const body = requireBody(call);
  const status = enumValue(body.status, statuses, "status");
  const result = enumValue(body.result, results, "result");
  if (status === "inProgress") startBuild(world, build);
  else if (status === "cancelling") await completeBuild(world, call.organization, build, "canceled", call.user.id);
  else if (status === "completed" || (status === undefined && result))
    await completeBuild(world, call.organization, build, result ?? "succeeded", call.user.id);
  return { body: buildShape(world, call.organization, build) };
}

function listTags(call: Call, world: World) {
  return list(buildNotes(requireBuild(call, world)).tags);
}

function addTags(call: Call, world: World) {
  const { tags } = buildNotes(requireBuild(call, world));
  const wanted =
    call.params.tag === undefined ? (Array.isArray(call.body) ? call.body.map(String) : []) : [call.params.tag];
  for (const tag of wanted) if (!tags.includes(tag)) tags.push(tag);
  return list(tags);
}

function deleteTag(call: Call, world: World) {
  const { tags } = buildNotes(requireBuild(call, world));
  const at = tags.indexOf(call.params.tag ?? "");
  if (at >= 0) tags.splice(at, 1);
  return list(tags);
}

function latest(call: Call, world: World) {
  const project = requireProject(call, world);
  const definition = requireDefinition(call, project, call.params.definition ?? "");
  const branch = call.query("branchName");
  const build = call.organization.builds.findLast(
    (one) =>
      one.definitionId === definition.id &&
      (!branch || one.sourceBranch === (branch.startsWith("refs/") ? branch : `refs/heads/${branch}`)),
  );
  if (!build) throw new Refusal(404, "BuildNotFoundException", "No builds found for the definition.");
  return { body: buildShape(world, call.organization, build) };
}

const at = "/{organization}/{project}/_apis/build";

export const routes: readonly Route[] = [
  { method: "GET", path: `${at}/builds`, scopes: ["build"], handle: listBuilds },
  { method: "POST", path: `${at}/builds`, scopes: ["build_execute"], handle: queue },
  { method: "GET", path: `${at}/builds/{buildId}`, scopes: ["build"], handle: getBuild },
  { method: "PATCH", path: `${at}/builds/{buildId}`, scopes: ["build_execute"], handle: update },
  { method: "GET", path: `${at}/builds/{buildId}/tags`, scopes: ["build"], handle: listTags },
  { method: "POST", path: `${at}/builds/{buildId}/tags`, scopes: ["build_execute"], handle: addTags },
  { method: "PUT", path: `${at}/builds/{buildId}/tags/{tag}`, scopes: ["build_execute"], handle: addTags },
  { method: "DELETE", path: `${at}/builds/{buildId}/tags/{tag}`, scopes: ["build_execute"], handle: deleteTag },
  { method: "GET", path: `${at}/latest/{definition}`, scopes: ["build"], preview: true, handle: latest },
];
