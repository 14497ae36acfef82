/** Routes of what a build leaves behind: timeline, logs, changes, artifacts; and the project's pipeline settings. */
import { createHash } from "node:crypto";
import { type CommitData, readCommits } from "../git/read-commits.ts";
import { resolveRef } from "../git/repository-store.ts";
import { headerPage, isRecord } from "../pull-requests/request-body.ts";
import { requireGroup } from "../rights.ts";
import { type Call, list, Refusal, type Route } from "../route.ts";
import { repositoryUrl, requireProject } from "../shapes.ts";
import type { BuildState, ProjectState, World } from "../world.ts";
import { buildNotes } from "./build-notes.ts";
import { projectUrl } from "./build-shape.ts";
import { requireBuild } from "./builds.ts";

function stableGuid(text: string): string {
  const hash = createHash("sha256").update(text).digest("hex");
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join("-");
}

const timelineResults = {
  succeeded: "succeeded",
  partiallySucceeded: "succeededWithIssues",
  failed: "failed",
  canceled: "canceled",
} as const;

/** One stage, one job, one step: all as far as the build is. */
function timeline(call: Call, world: World) {
  const build = requireBuild(call, world);
  const base = `${projectUrl(world, call.organization, build.projectId)}/_apis/build/builds/${build.id}`;
  const { planId, lastChangedBy, lastChangedDate } = buildNotes(build);
  const state = build.status === "completed" ? "completed" : build.status === "inProgress" ? "inProgress" : "pending";
  const names = [
    ["Stage", "__default"],
    ["Job", "Job"],
    ["Task", "Build"],
  ] as const;
  const records = names.map(([type, name], index) => {
    const parent = names[index - 1];
    return {
      previousAttempts: [],
      id: stableGuid(`${planId} ${type}`),
      ...(parent ? { parentId: stableGuid(`${planId} ${parent[0]}`) } : {}),
      type,
      name,
      ...(build.startTime ? { startTime: build.startTime.toISOString() } : {}),
      ...(build.finishTime ? { finishTime: build.finishTime.toISOString() } : {}),
      state,
      ...(build.result ? { result: timelineResults[build.result] } : {}),
      changeId: index + 1,
      lastModified: lastChangedDate.toISOString(),
      order: 1,
      errorCount: build.result === "failed" ? 1 : 0,
      warningCount: 0,
      ...(type === "Task" ? { log: { id: 1, type: "Container", url: `${base}/logs/1` } } : {}),
      attempt: 1,
    };
  });
  return {
    body: {
      records,
      lastChangedBy,
      lastChangedOn: lastChangedDate.toISOString(),
      id: planId,
      changeId: records.length,
      url: `${base}/Timeline/${planId}`,
    },
  };
}

function logLines(build: BuildState): string[] {
  const at = (build.startTime ?? build.queueTime).toISOString();
  return [
    `${at} ##[section]Starting: Build`,
    `${at} Checking out ${build.sourceVersion} of ${build.sourceBranch}`,
    ...(build.status === "completed" ? [`${at} ##[section]Finishing: Build (${build.result})`] : []),
  ];
}

function logShape(call: Call, world: World, build: BuildState) {
  const base = `${projectUrl(world, call.organization, build.projectId)}/_apis/build/builds/${build.id}`;
  const time = (build.startTime ?? build.queueTime).toISOString();
  return {
    lineCount: logLines(build).length,
    createdOn: time,
    lastChangedOn: buildNotes(build).lastChangedDate.toISOString(),
    id: 1,
    type: "Container",
    url: `${base}/logs/1`,
  };
}

function listLogs(call: Call, world: World) {
  return list([logShape(call, world, requireBuild(call, world))]);
}

/** Text, or JSON lines where the client asks for JSON. */
function getLog(call: Call, world: World) {
  const build = requireBuild(call, world);
  if (call.params.logId !== "1")
    throw new Refusal(
      404,
      "BuildLogNotFoundException",
      `The log ${call.params.logId} of build ${build.id} does not exist.`,
    );
  const lines = logLines(build);
  if (/application\/json/.test(call.header("accept") ?? "")) return list(lines);
  return { text: lines.join("\r\n"), contentType: "text/plain" };
}

/** The commits since the build before, newest first. */
async function listChanges(call: Call, world: World) {
  const build = requireBuild(call, world);
  const definition = call.organization.definitions.find((one) => one.id === build.definitionId);
  const repository = definition && call.organization.repositories.get(definition.repositoryId);
  if (!repository || !(await resolveRef(world, repository.id, build.sourceVersion))) return list([]);
  const before = call.organization.builds.findLast(
    (one) => one.definitionId === build.definitionId && one.id < build.id && one.sourceBranch === build.sourceBranch,
  );
  const range = before ? [build.sourceVersion, `^${before.sourceVersion}`] : [build.sourceVersion];
  const commits = await readCommits(world, repository.id, ["--max-count=200", ...range]);
  const base = repositoryUrl(world, call.organization, repository);
  const shape = (commit: CommitData) => ({
    id: commit.commitId,
    message: commit.comment,
    type: "TfsGit",
    author: {
      displayName: commit.author.name,
      id: stableGuid(commit.author.email),
      uniqueName: commit.author.email,
    },
    timestamp: commit.author.date,
    location: `${base}/commits/${commit.commitId}`,
  });
  const { values, headers } = headerPage(call, commits, 50, 1000);
  return list(values.map(shape), headers);
}

function listArtifacts(call: Call, world: World) {
  requireBuild(call, world);
  const name = call.query("artifactName");
  if (name === undefined) return list([]);
  throw new Refusal(
    404,
    "ArtifactNotFoundException",
    `Artifact ${name} was not found for build ${call.params.buildId}.`,
  );
}

const defaults: Readonly<Record<string, boolean>> = {
  enforceReferencedRepoScopedToken: true,
  disableClassicPipelineCreation: false,
  disableClassicBuildPipelineCreation: false,
  disableClassicReleasePipelineCreation: false,
  forkProtectionEnabled: true,
  buildsEnabledForForks: false,
  enforceJobAuthScopeForForks: true,
  enforceNoAccessToSecretsFromForks: true,
  isCommentRequiredForPullRequest: true,
  requireCommentsForNonTeamMembersOnly: false,
  requireCommentsForNonTeamMemberAndNonContributors: false,
  enableShellTasksArgsSanitizing: false,
  enableShellTasksArgsSanitizingAudit: false,
  statusBadgesArePrivate: true,
  enforceSettableVar: true,
  enforceJobAuthScope: true,
  enforceJobAuthScopeForReleases: true,
  publishPipelineMetadata: false,
  auditEnforceSettableVar: false,
};

const settings = new WeakMap<ProjectState, Record<string, boolean>>();

function getSettings(call: Call, world: World) {
  return { body: settings.get(requireProject(call, world)) ?? defaults };
}

function patchSettings(call: Call, world: World) {
  const project = requireProject(call, world);
  requireGroup(call, "project administrators", project, "Edit project-level information");
  const changed = { ...(settings.get(project) ?? defaults) };
  for (const [name, value] of Object.entries(isRecord(call.body) ? call.body : {}))
    if (name in defaults && typeof value === "boolean") changed[name] = value;
  settings.set(project, changed);
  return { body: changed };
}

function listFolders(call: Call, world: World) {
  const project = requireProject(call, world);
  const paths = call.organization.definitions.filter((one) => one.projectId === project.id).map((one) => one.path);
  return list([...new Set(["\\", ...paths])].sort().map((path) => ({ path })));
}

/** The hosted queue is open to every pipeline; nothing else was authorized. */
function listAuthorized(call: Call, world: World) {
  requireProject(call, world);
  return list([{ type: "queue", id: "1", name: "Azure Pipelines", authorized: true }]);
}

const at = "/{organization}/{project}/_apis/build";

export const routes: readonly Route[] = [
  { method: "GET", path: `${at}/builds/{buildId}/timeline/{timelineId?}`, scopes: ["build"], handle: timeline },
  { method: "GET", path: `${at}/builds/{buildId}/logs`, scopes: ["build"], handle: listLogs },
  { method: "GET", path: `${at}/builds/{buildId}/logs/{logId}`, scopes: ["build"], handle: getLog },
  { method: "GET", path: `${at}/builds/{buildId}/changes`, scopes: ["build"], handle: listChanges },
  { method: "GET", path: `${at}/builds/{buildId}/artifacts`, scopes: ["build"], handle: listArtifacts },
  { method: "GET", path: `${at}/generalsettings`, scopes: ["project"], handle: getSettings },
  { method: "PATCH", path: `${at}/generalsettings`, scopes: ["project_write", "build_execute"], handle: patchSettings },
  { method: "GET", path: `${at}/folders/{path*}`, scopes: ["build"], preview: true, handle: listFolders },
  { method: "GET", path: `${at}/authorizedresources`, scopes: ["build"], preview: true, handle: listAuthorized },
];
