/** Routes of the pipelines area: the same definitions and builds in newer words. */
import { createHash } from "node:crypto";
import { headerPage, invalidArgument, plain, record, requireBody, text } from "../pull-requests/request-body.ts";
import { requireGroup } from "../rights.ts";
import { type Call, list, Refusal, type Route } from "../route.ts";
import { findRepository, repositoryNotFound, requireProject } from "../shapes.ts";
import type { BuildState, DefinitionState, World } from "../world.ts";
import { buildNotes } from "./build-notes.ts";
import { projectUrl } from "./build-shape.ts";
import { queueOn, textsOf } from "./builds.ts";
import { addDefinition, definitionYaml, pipelineInvalid, requireDefinition } from "./definitions.ts";
import { expandYaml } from "./expand-yaml.ts";

function pipelineShape(
  call: Call,
  world: World,
  definition: DefinitionState,
  isFull: boolean,
): Record<string, unknown> {
  const base = projectUrl(world, call.organization, definition.projectId);
  const url = `${base}/_apis/pipelines/${definition.id}?revision=${definition.revision}`;
  return {
    _links: { self: { href: url }, web: { href: `${base}/_build/definition?definitionId=${definition.id}` } },
    ...(isFull
      ? {
          configuration: {
            path: definition.yamlFilename,
            repository: { id: definition.repositoryId, type: "azureReposGit" },
            type: "yaml",
          },
        }
      : {}),
    url,
    id: definition.id,
    revision: definition.revision,
    name: definition.name,
    folder: definition.path,
  };
}

const runResults = {
  succeeded: "succeeded",
  partiallySucceeded: "succeeded",
  failed: "failed",
  canceled: "canceled",
} as const;

function runShape(call: Call, world: World, definition: DefinitionState, build: BuildState): Record<string, unknown> {
  const base = projectUrl(world, call.organization, build.projectId);
  const url = `${base}/_apis/pipelines/${definition.id}/runs/${build.id}`;
  const { _links, ...pipeline } = pipelineShape(call, world, definition, false);
  return {
    _links: {
      self: { href: url },
      web: { href: `${base}/_build/results?buildId=${build.id}` },
      "pipeline.web": { href: `${base}/_build/definition?definitionId=${definition.id}` },
      pipeline: { href: pipeline.url },
    },
    templateParameters: buildNotes(build).templateParameters ?? {},
    pipeline,
    state: build.status === "completed" ? "completed" : build.status === "cancelling" ? "canceling" : "inProgress",
    ...(build.result ? { result: runResults[build.result] } : {}),
    createdDate: build.queueTime.toISOString(),
    ...(build.finishTime ? { finishedDate: build.finishTime.toISOString() } : {}),
    url,
    resources: {
      repositories: {
        self: {
          repository: { id: definition.repositoryId, type: "azureReposGit" },
          refName: build.sourceBranch,
          version: build.sourceVersion,
        },
      },
    },
    id: build.id,
    name: build.buildNumber,
  };
}

function listPipelines(call: Call, world: World) {
  const project = requireProject(call, world);
  const found = call.organization.definitions.filter((one) => one.projectId === project.id);
  const { values, headers } = headerPage(call, found, 10_000, 10_000);
  return list(
    values.map((one) => pipelineShape(call, world, one, false)),
    headers,
  );
}

function find(call: Call, world: World): DefinitionState {
  return requireDefinition(call, requireProject(call, world), call.params.pipelineId ?? "");
}

function getPipeline(call: Call, world: World) {
  return { body: pipelineShape(call, world, find(call, world), true) };
}

function createPipeline(call: Call, world: World) {
  const project = requireProject(call, world);
  requireGroup(call, "contributors", project, "Create build pipeline");
  const body = requireBody(call);
  const name = text(body.name);
  if (!name) throw invalidArgument("name");
  const configuration = record(body.configuration);
  const wanted = record(configuration.repository);
  const repository = findRepository(call, text(wanted.id) ?? text(wanted.name) ?? "", project);
  if (!repository) throw repositoryNotFound(text(wanted.id) ?? text(wanted.name) ?? "");
  const definition = addDefinition(
    world,
    call,
    {
      projectId: project.id,
      name,
      repositoryId: repository.id,
      yamlFilename: (text(configuration.path) ?? "azure-pipelines.yml").replace(/^\//, ""),
      path: text(body.folder) ?? "\\",
    },
    { authoredBy: call.user.id, defaultBranch: repository.defaultBranch ?? "refs/heads/main" },
  );
  return { body: pipelineShape(call, world, definition, true) };
}

function runsOf(call: Call, definition: DefinitionState): BuildState[] {
  return call.organization.builds.filter((build) => build.definitionId === definition.id);
}

/** The newest first, at most 10,000. */
function listRuns(call: Call, world: World) {
  const definition = find(call, world);
  const runs = runsOf(call, definition).reverse().slice(0, 10_000);
  return list(runs.map((build) => runShape(call, world, definition, build)));
}

function requireRun(call: Call, definition: DefinitionState): BuildState {
  const run = runsOf(call, definition).find((build) => String(build.id) === call.params.runId);
  if (run) return run;
  throw new Refusal(
    404,
    "RunNotFoundException",
    `Run ${call.params.runId} of pipeline ${definition.id} was not found.`,
    "Microsoft.Azure.Pipelines.WebApi.RunNotFoundException, Microsoft.Azure.Pipelines.WebApi",
  );
}

function getRun(call: Call, world: World) {
  const definition = find(call, world);
  return { body: runShape(call, world, definition, requireRun(call, definition)) };
}

async function run(call: Call, world: World) {
  const definition = find(call, world);
  const body = record(call.body);
  if (body.previewRun === true) return preview(call, world);
  requireGroup(call, "contributors", call.organization.projects.get(definition.projectId), "Queue builds");
  const self = record(record(record(body.resources).repositories).self);
  const given = Object.entries(record(body.variables)).map(([name, one]) => [name, plain(record(one).value)]);
  const build = await queueOn(call, world, definition, {
    branch: text(self.refName),
    version: text(self.version),
    parameters: given.length > 0 ? JSON.stringify(Object.fromEntries(given)) : undefined,
    templateParameters: textsOf(body.templateParameters),
  });
  return { body: runShape(call, world, definition, build) };
}

/** Puts together what would run, of the file or of `yamlOverride`: as far as this stand-in can without templates. */
async function preview(call: Call, world: World) {
  const definition = find(call, world);
  const body = record(call.body);
  const self = record(record(record(body.resources).repositories).self);
  const override = text(body.yamlOverride);
  const yaml = override ?? (await definitionYaml(call, world, definition, text(self.version) ?? text(self.refName)));
  const expanded = expandYaml(yaml);
  if (expanded.is === "expanded") return { body: { finalYaml: expanded.finalYaml } };
  throw pipelineInvalid(`/${definition.yamlFilename.replace(/^\//, "")}: ${expanded.why}`);
}

function logShape(call: Call, world: World, definition: DefinitionState, build: BuildState) {
  const url = `${projectUrl(world, call.organization, build.projectId)}/_apis/pipelines/${definition.id}/runs/${build.id}/logs`;
  const time = (build.startTime ?? build.queueTime).toISOString();
  return { createdOn: time, id: 1, lastChangedOn: time, lineCount: 3, url: `${url}/1` };
}

function listLogs(call: Call, world: World) {
  const definition = find(call, world);
  const log = logShape(call, world, definition, requireRun(call, definition));
  return { body: { logs: [log], url: log.url.replace(/\/1$/, "") } };
}

function getLog(call: Call, world: World) {
  const definition = find(call, world);
  const log = logShape(call, world, definition, requireRun(call, definition));
  if (call.params.logId !== "1")
    throw new Refusal(404, "LogNotFoundException", `Log ${call.params.logId} was not found.`);
  const signature = createHash("sha256").update(log.url).digest("hex");
  return call.query("$expand") === "signedContent"
    ? {
        body: {
          ...log,
          signedContent: {
            url: `${log.url}/signedlogcontent?urlSignature=${signature}`,
            signatureExpires: log.createdOn,
          },
        },
      }
    : { body: log };
}

const at = "/{organization}/{project}/_apis/pipelines";

export const routes: readonly Route[] = [
  { method: "GET", path: at, scopes: ["build"], handle: listPipelines },
  { method: "POST", path: at, scopes: ["build_execute"], handle: createPipeline },
  { method: "GET", path: `${at}/{pipelineId}`, scopes: ["build"], handle: getPipeline },
  { method: "POST", path: `${at}/{pipelineId}/preview`, scopes: ["build"], handle: preview },
  { method: "GET", path: `${at}/{pipelineId}/runs`, scopes: ["build"], handle: listRuns },
  { method: "POST", path: `${at}/{pipelineId}/runs`, scopes: ["build_execute"], handle: run },
  { method: "GET", path: `${at}/{pipelineId}/runs/{runId}`, scopes: ["build"], handle: getRun },
  { method: "GET", path: `${at}/{pipelineId}/runs/{runId}/logs`, scopes: ["build"], handle: listLogs },
  { method: "GET", path: `${at}/{pipelineId}/runs/{runId}/logs/{logId}`, scopes: ["build"], handle: getLog },
];
