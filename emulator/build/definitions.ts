/** Routes of build definitions. */
import { git, tryGit } from "../git/repository-store.ts";
import { resourcesOfPipeline } from "../inventory/resources.ts";
import { headerPage, invalidArgument, record, requireBody, text } from "../pull-requests/request-body.ts";
import { requireGroup } from "../rights.ts";
import { type Call, list, Refusal, type Route } from "../route.ts";
import { findRepository, identityRef, repositoryNotFound, requireProject } from "../shapes.ts";
import { type BuildState, type DefinitionState, nextId, type ProjectState, type World } from "../world.ts";
import { changesOf, type DefinitionNotes, definitionNotes, keepDefinition } from "./build-notes.ts";
import { buildShape, definitionReference, definitionShape } from "./build-shape.ts";
import { generalSettingsOf } from "./general-settings.ts";
import { readNotes, readOutside } from "./read-definition.ts";

export function requireDefinition(call: Call, project: ProjectState, id: string): DefinitionState {
  const definition = call.organization.definitions.find(
    (one) => (String(one.id) === id || one.name.toLowerCase() === id.toLowerCase()) && one.projectId === project.id,
  );
  if (definition) return definition;
  throw new Refusal(
    404,
    "DefinitionNotFoundException",
    `TF215016: The build definition ${id} does not exist. Specify a valid build definition and try again.`,
    "Microsoft.TeamFoundation.Build.WebApi.DefinitionNotFoundException, Microsoft.TeamFoundation.Build2.WebApi",
  );
}

function listDefinitions(call: Call, world: World) {
  const project = requireProject(call, world);
  const name = call.query("name")?.toLowerCase();
  const pattern = name
    ? new RegExp(`^${name.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`)
    : undefined;
  const ids = call.query("definitionIds")?.split(",");
  const repositoryId = call.query("repositoryId")?.toLowerCase();
  const yaml = call.query("yamlFilename");
  const processType = call.query("processType");
  const taskId = call.query("taskIdFilter")?.toLowerCase();
  const found = call.organization.definitions.filter(
    (one) =>
      one.projectId === project.id &&
      (!pattern || pattern.test(one.name.toLowerCase())) &&
      (!ids || ids.includes(String(one.id))) &&
      (!repositoryId || one.repositoryId === repositoryId) &&
      (!yaml || one.yamlFilename === yaml) &&
      (!processType || processType === (definitionNotes(one).phases ? "1" : "2")) &&
      (!taskId || JSON.stringify(definitionNotes(one).phases ?? []).includes(taskId)) &&
      (!call.query("path") || one.path === call.query("path")),
  );
  const { values, headers } = headerPage(call, found, 10_000, 10_000);
  const isFull = call.query("includeAllProperties") === "true";
  const withBuilds = call.query("includeLatestBuilds") === "true";
  const builds = withBuilds ? Map.groupBy(call.organization.builds, (one) => one.definitionId) : undefined;
  return list(
    values.map((one) => ({
      ...definitionShape(world, call.organization, one, isFull),
      ...(builds ? latestBuilds(call, world, builds.get(one.id) ?? []) : {}),
    })),
    headers,
  );
}

function latestBuilds(call: Call, world: World, builds: readonly BuildState[]) {
  const latest = builds.at(-1);
  const completed = builds.findLast((build) => build.status === "completed");
  return {
    ...(latest ? { latestBuild: buildShape(world, call.organization, latest) } : {}),
    ...(completed ? { latestCompletedBuild: buildShape(world, call.organization, completed) } : {}),
  };
}

/** As it is, or as a revision was. */
function getDefinition(call: Call, world: World) {
  const project = requireProject(call, world);
  const definition = requireDefinition(call, project, call.params.definitionId ?? "");
  const revision = call.query("revision");
  const kept = changesOf(definition).find(({ state }) => String(state.revision) === revision);
  if (revision !== undefined && !kept)
    throw new Refusal(
      404,
      "DefinitionNotFoundException",
      `TF215016: Revision ${revision} of the build definition ${definition.id} does not exist.`,
    );
  return { body: definitionShape(world, call.organization, kept?.state ?? definition, true) };
}

/** Adds a YAML definition to the world, by the API and by seeds. */
export function addDefinition(
  world: World,
  call: Pick<Call, "organization">,
  wanted: Pick<DefinitionState, "projectId" | "name" | "repositoryId" | "yamlFilename"> & {
    path?: string;
    createdDate?: Date;
  },
  notes: Partial<DefinitionNotes> & { authoredBy: string },
): DefinitionState {
  const definition: DefinitionState = {
    id: nextId(world, `definition ${call.organization.id}`),
    path: "\\",
    revision: 1,
    createdDate: world.clock.now(),
    ...wanted,
  };
  Object.assign(definitionNotes(definition), notes);
  keepDefinition(definition, notes.authoredBy, definition.createdDate);
  call.organization.definitions.push(definition);
  return definition;
}

function requireNewName(call: Call, project: ProjectState, name: string): void {
  if (!call.organization.definitions.some((one) => one.projectId === project.id && one.name === name)) return;
  throw new Refusal(
    409,
    "DefinitionExistsException",
    `A build definition named ${name} already exists in project ${project.name}.`,
    "Microsoft.TeamFoundation.Build.WebApi.DefinitionExistsException, Microsoft.TeamFoundation.Build2.WebApi",
  );
}

function create(call: Call, world: World) {
  const project = requireProject(call, world);
  requireGroup(call, "contributors", project, "Edit build pipeline");
  const body = requireBody(call);
  const { id, name, defaultBranch } = record(body.repository);
  const outside = readOutside(body.repository);
  const wanted = text(id) ?? text(name) ?? "";
  const repository = outside ? undefined : findRepository(call, wanted, project);
  if (!repository && !outside) throw repositoryNotFound(wanted);
  const title = text(body.name);
  if (!title) throw invalidArgument("definition.Name");
  requireNewName(call, project, title);
  const notes = readNotes(world, call.organization, project, body);
  requireAllowedKind(call, project, notes);
  const definition = addDefinition(
    world,
    call,
    {
      projectId: project.id,
      name: title,
      repositoryId: repository?.id ?? outside?.id ?? "",
      yamlFilename: text(record(body.process).yamlFilename) ?? "azure-pipelines.yml",
      path: text(body.path) ?? "\\",
    },
    {
      authoredBy: call.user.id,
      defaultBranch: text(defaultBranch) ?? repository?.defaultBranch ?? "refs/heads/main",
      ...(outside ? { outside } : {}),
      ...notes,
    },
  );
  return { body: definitionShape(world, call.organization, definition, true) };
}

/** Projects may forbid pipelines whose steps are in no file. */
function requireAllowedKind(call: Call, project: ProjectState, notes: Partial<DefinitionNotes>): void {
  const settings = generalSettingsOf(call.organization, project);
  const isForbidden = settings.disableClassicPipelineCreation || settings.disableClassicBuildPipelineCreation;
  if (!notes.phases || !isForbidden) return;
  throw new Refusal(
    400,
    "InvalidDefinitionException",
    "Creation of classic build pipelines is disabled for this project.",
    "Microsoft.TeamFoundation.Build.WebApi.InvalidDefinitionException, Microsoft.TeamFoundation.Build2.WebApi",
  );
}

function replace(call: Call, world: World) {
  const project = requireProject(call, world);
  requireGroup(call, "contributors", project, "Edit build pipeline");
  const definition = requireDefinition(call, project, call.params.definitionId ?? "");
  const body = requireBody(call);
  definition.name = text(body.name) ?? definition.name;
  definition.path = text(body.path) ?? definition.path;
  definition.yamlFilename = text(record(body.process).yamlFilename) ?? definition.yamlFilename;
  const branch = text(record(body.repository).defaultBranch);
  Object.assign(
    definitionNotes(definition),
    { variables: {} },
    branch === undefined ? {} : { defaultBranch: branch },
    readNotes(world, call.organization, project, body),
  );
  definition.revision += 1;
  keepDefinition(definition, call.user.id, world.clock.now());
  return { body: definitionShape(world, call.organization, definition, true) };
}

function remove(call: Call, world: World) {
  const project = requireProject(call, world);
  requireGroup(call, "contributors", project, "Delete build pipeline");
  const definition = requireDefinition(call, project, call.params.definitionId ?? "");
  call.organization.definitions.splice(call.organization.definitions.indexOf(definition), 1);
  return { status: 204 };
}

function listRevisions(call: Call, world: World) {
  const project = requireProject(call, world);
  const definition = requireDefinition(call, project, call.params.definitionId ?? "");
  return list(
    changesOf(definition).map(({ state, changedBy, changedDate }, index) => ({
      revision: state.revision,
      name: state.name,
      ...(changedBy ? { changedBy: identityRef(world, changedBy, call.organization) } : {}),
      changedDate: changedDate.toISOString(),
      changeType: index === 0 ? "add" : "update",
      comment: definitionNotes(state).comment ?? "",
      definitionUrl: String(definitionReference(world, call.organization, state).url),
    })),
  );
}

/** The YAML as the repository holds it, on the default branch unless told otherwise. */
export async function definitionYaml(
  call: Call,
  world: World,
  definition: DefinitionState,
  ref?: string,
): Promise<string> {
  const repository = call.organization.repositories.get(definition.repositoryId);
  const path = definition.yamlFilename.replace(/^\//, "");
  const object = `${ref ?? repository?.defaultBranch ?? "refs/heads/main"}:${path}`;
  const id = repository && (await tryGit(world, repository.id, ["rev-parse", "--verify", "--quiet", object]));
  if (!repository || !id) throw pipelineInvalid(`/${path}: File /${path} not found in repository.`);
  return (await git(world, repository.id, ["cat-file", "blob", id])).toString();
}

/** The service could not make a pipeline of the YAML. */
export function pipelineInvalid(message: string): Refusal {
  return new Refusal(
    400,
    "PipelineValidationException",
    message,
    "Microsoft.Azure.Pipelines.WebApi.PipelineValidationException, Microsoft.Azure.Pipelines.WebApi",
  );
}

async function getYaml(call: Call, world: World) {
  const definition = requireDefinition(call, requireProject(call, world), call.params.definitionId ?? "");
  return { body: { yaml: await definitionYaml(call, world, definition) } };
}

/** What the pipeline may use because somebody named it; what is open to all is not listed. */
function listResources(call: Call, world: World) {
  const project = requireProject(call, world);
  const definition = requireDefinition(call, project, call.params.definitionId ?? "");
  const found = resourcesOfPipeline(world, call.organization, project.id, definition.id);
  return list(found.map((one) => ({ ...one, authorized: true })));
}

const at = "/{organization}/{project}/_apis/build/definitions";

export const routes: readonly Route[] = [
  { method: "GET", path: at, scopes: ["build"], handle: listDefinitions },
  { method: "POST", path: at, scopes: ["build_execute"], handle: create },
  { method: "GET", path: `${at}/{definitionId}`, scopes: ["build"], handle: getDefinition },
  { method: "PUT", path: `${at}/{definitionId}`, scopes: ["build_execute"], handle: replace },
  { method: "DELETE", path: `${at}/{definitionId}`, scopes: ["build_execute"], handle: remove },
  { method: "GET", path: `${at}/{definitionId}/revisions`, scopes: ["build"], handle: listRevisions },
  { method: "GET", path: `${at}/{definitionId}/yaml`, scopes: ["build"], handle: getYaml },
  { method: "GET", path: `${at}/{definitionId}/resources`, scopes: ["build"], preview: true, handle: listResources },
];
