/** Routes of build definitions. */
import { git, tryGit } from "../git/repository-store.ts";
import { headerPage, invalidArgument, isRecord, record, requireBody, text } from "../pull-requests/request-body.ts";
import { requireGroup } from "../rights.ts";
import { type Call, list, Refusal, type Route } from "../route.ts";
import { findRepository, identityRef, repositoryNotFound, requireProject } from "../shapes.ts";
import { type DefinitionState, nextId, type ProjectState, type World } from "../world.ts";
import { type DefinitionNotes, definitionNotes } from "./build-notes.ts";
import { buildShape, definitionShape } from "./build-shape.ts";

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
  const found = call.organization.definitions.filter(
    (one) =>
      one.projectId === project.id &&
      (!pattern || pattern.test(one.name.toLowerCase())) &&
      (!ids || ids.includes(String(one.id))) &&
      (!repositoryId || one.repositoryId === repositoryId) &&
      (!yaml || one.yamlFilename === yaml) &&
      (!call.query("path") || one.path === call.query("path")),
  );
  const { values, headers } = headerPage(call, found, 10_000, 10_000);
  const isFull = call.query("includeAllProperties") === "true";
  const withBuilds = call.query("includeLatestBuilds") === "true";
  return list(
    values.map((one) => ({
      ...definitionShape(world, call.organization, one, isFull),
      ...(withBuilds ? latestBuilds(call, world, one) : {}),
    })),
    headers,
  );
}

function latestBuilds(call: Call, world: World, definition: DefinitionState) {
  const builds = call.organization.builds.filter((build) => build.definitionId === definition.id);
  const latest = builds.at(-1);
  const completed = builds.findLast((build) => build.status === "completed");
  return {
    ...(latest ? { latestBuild: buildShape(world, call.organization, latest) } : {}),
    ...(completed ? { latestCompletedBuild: buildShape(world, call.organization, completed) } : {}),
  };
}

function getDefinition(call: Call, world: World) {
  const project = requireProject(call, world);
  const definition = requireDefinition(call, project, call.params.definitionId ?? "");
  return { body: definitionShape(world, call.organization, definition, true) };
}

function readVariables(value: unknown): DefinitionNotes["variables"] {
  const variables: DefinitionNotes["variables"] = {};
  for (const [name, variable] of Object.entries(record(value))) {
    if (!isRecord(variable)) continue;
    const isSecret = variable.isSecret === true;
    variables[name] = {
      value: isSecret ? null : (text(variable.value) ?? ""),
      ...(variable.allowOverride === true ? { allowOverride: true } : {}),
      ...(isSecret ? { isSecret } : {}),
    };
  }
  return variables;
}

/** Adds a YAML definition to the world, by the API and by seeds. */
export function addDefinition(
  world: World,
  call: Pick<Call, "organization">,
  wanted: Pick<DefinitionState, "projectId" | "name" | "repositoryId" | "yamlFilename"> & { path?: string },
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
  call.organization.definitions.push(definition);
  return definition;
}

function create(call: Call, world: World) {
  const project = requireProject(call, world);
  requireGroup(call, "contributors", project, "Edit build pipeline");
  const body = requireBody(call);
  const { id, name, defaultBranch } = record(body.repository);
  const wanted = text(id) ?? text(name) ?? "";
  const repository = findRepository(call, wanted, project);
  if (!repository) throw repositoryNotFound(wanted);
  const title = text(body.name);
  if (!title) throw invalidArgument("definition.Name");
  if (call.organization.definitions.some((one) => one.projectId === project.id && one.name === title))
    throw new Refusal(
      409,
      "DefinitionExistsException",
      `A build definition named ${title} already exists in project ${project.name}.`,
      "Microsoft.TeamFoundation.Build.WebApi.DefinitionExistsException, Microsoft.TeamFoundation.Build2.WebApi",
    );
  const description = text(body.description);
  const comment = text(body.comment);
  const definition = addDefinition(
    world,
    call,
    {
      projectId: project.id,
      name: title,
      repositoryId: repository.id,
      yamlFilename: text(record(body.process).yamlFilename) ?? "azure-pipelines.yml",
      path: text(body.path) ?? "\\",
    },
    {
      authoredBy: call.user.id,
      defaultBranch: text(defaultBranch) ?? repository.defaultBranch ?? "refs/heads/main",
      variables: readVariables(body.variables),
      ...(description ? { description } : {}),
      ...(comment ? { comment } : {}),
    },
  );
  return { body: definitionShape(world, call.organization, definition, true) };
}

function replace(call: Call, world: World) {
  const project = requireProject(call, world);
  requireGroup(call, "contributors", project, "Edit build pipeline");
  const definition = requireDefinition(call, project, call.params.definitionId ?? "");
  const body = requireBody(call);
  definition.name = text(body.name) ?? definition.name;
  definition.path = text(body.path) ?? definition.path;
  definition.yamlFilename = text(record(body.process).yamlFilename) ?? definition.yamlFilename;
  definitionNotes(definition).variables = readVariables(body.variables);
  definition.revision += 1;
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
  const { authoredBy } = definitionNotes(definition);
  return list(
    Array.from({ length: definition.revision }, (_, index) => ({
      revision: index + 1,
      name: definition.name,
      ...(authoredBy ? { changedBy: identityRef(world, authoredBy, call.organization) } : {}),
      changedDate: definition.createdDate.toISOString(),
      changeType: index === 0 ? "add" : "update",
      definitionUrl: `${String(definitionShape(world, call.organization, definition, false).url).split("?")[0]}?revision=${index + 1}`,
    })),
  );
}

/** The YAML as the repository holds it on the default branch. */
export async function definitionYaml(call: Call, world: World, definition: DefinitionState): Promise<string> {
  const repository = call.organization.repositories.get(definition.repositoryId);
  const path = definition.yamlFilename.replace(/^\//, "");
  const object = `${repository?.defaultBranch ?? "refs/heads/main"}:${path}`;
  const id = repository && (await tryGit(world, repository.id, ["rev-parse", "--verify", "--quiet", object]));
  if (!repository || !id)
    throw new Refusal(
      400,
      "PipelineValidationException",
      `/${path}: File ${path} not found in repository.`,
      "Microsoft.Azure.Pipelines.WebApi.PipelineValidationException, Microsoft.Azure.Pipelines.WebApi",
    );
  return (await git(world, repository.id, ["cat-file", "blob", id])).toString();
}

async function getYaml(call: Call, world: World) {
  const definition = requireDefinition(call, requireProject(call, world), call.params.definitionId ?? "");
  return { body: { yaml: await definitionYaml(call, world, definition) } };
}

function listResources(call: Call, world: World) {
  requireDefinition(call, requireProject(call, world), call.params.definitionId ?? "");
  return list([]);
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
