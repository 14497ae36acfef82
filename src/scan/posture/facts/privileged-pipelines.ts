/**
 * Which pipelines hold something worth having: a connection, a group of secret variables, a secure file, or an environment of
 * production, because their code uses it or because they are allowed to without being asked. What every pipeline may use makes
 * none of them privileged: the resource is then what is wrong.
 */
import type { ProjectFacts } from "#model/posture/organization-facts.ts";
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import type { Evidence } from "#model/posture/posture-result.ts";
import type { ResourceKind } from "#model/posture/resource-facts.ts";
import type { PostureContext } from "../posture-context.ts";
import { isProduction } from "./production.ts";

export interface Privilege {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly name: string;
  readonly evidence: Evidence;
}

export interface PrivilegedPipelines {
  readonly of: (definitionId: number) => readonly Privilege[];
  /** What kept some privilege of it from being seen, as sentences; empty: all are known. */
  readonly gapsOf: (definitionId: number) => readonly string[];
}

const answered = new WeakMap<PostureContext, Map<ProjectFacts, PrivilegedPipelines>>();

/** Found once for a project while one organization is judged. */
export function privilegedPipelines(project: ProjectFacts, context: PostureContext): PrivilegedPipelines {
  const known = answered.get(context) ?? new Map<ProjectFacts, PrivilegedPipelines>();
  answered.set(context, known);
  const answer = known.get(project) ?? findPrivileged(project, context);
  known.set(project, answer);
  return answer;
}

function findPrivileged(project: ProjectFacts, context: PostureContext): PrivilegedPipelines {
  const valuable = valuableResources(project, context);
  const found = new Map<number, Map<string, Privilege>>();
  const gaps = new Set<string>();
  function add(definitionId: number, kind: ResourceKind, id: string | undefined, evidence: Evidence): void {
    const name = id === undefined ? undefined : valuable.get(keyOf(kind, id));
    if (id === undefined || name === undefined) return;
    const own = found.get(definitionId) ?? new Map<string, Privilege>();
    found.set(definitionId, own);
    if (!own.has(keyOf(kind, id))) own.set(keyOf(kind, id), { kind, id, name, evidence });
  }

  const unread = new Map<number, string>();
  for (const { projectId, definition, uses, gaps: ofCode } of context.pipelines) {
    if (projectId !== project.id) continue;
    for (const { kind, id, evidence } of uses) add(definition.id, kind, id, evidence);
    unread.set(definition.id, definition.kind === "classic" ? "" : (ofCode[0] ?? ""));
  }
  if (project.definitions.is === "known") {
    for (const definition of project.definitions.value) {
      for (const { kind, id, what } of namedBy(definition)) add(definition.id, kind, id, { what, url: definition.url });
    }
  }
  const { pipelinePermissions } = project;
  if (pipelinePermissions.is === "known") {
    for (const { kind, id, definitionIds } of pipelinePermissions.value) {
      for (const definitionId of definitionIds) {
        const what = `pipelinepermissions of ${kind} ${id}: pipeline ${definitionId} is authorized`;
        add(definitionId, kind, id, { what, at: pipelinePermissions.at });
      }
    }
    const told = new Set(pipelinePermissions.value.map(({ kind, id }) => keyOf(kind, id)));
    const untold = [...valuable].find(([key]) => !told.has(key))?.[1];
    if (untold !== undefined) gaps.add(`Azure DevOps did not tell which pipelines may use ${untold}.`);
  } else gaps.add(`Which pipelines may use which resources is not known: ${pipelinePermissions.reason}`);
  for (const key of ["connections", "variableGroups", "environments"] as const) {
    const fact = project[key];
    if (fact.is === "unknown") gaps.add(fact.reason);
  }
  const open = openOf(project, valuable);
  return {
    of: (id) => [...(found.get(id)?.values() ?? [])],
    gapsOf(id) {
      const gap = unread.get(id) ?? "Its code was not read.";
      return open === undefined || gap === ""
        ? [...gaps]
        : [...gaps, `Every pipeline may use ${open}; does this one? ${gap}`];
    },
  };
}

/** Something worth having that every pipeline may use: then only the code tells which do. */
function openOf(
  { pipelinePermissions: fact }: ProjectFacts,
  valuable: ReadonlyMap<string, string>,
): string | undefined {
  if (fact.is === "unknown") return undefined;
  const names = fact.value.map(({ kind, id, allPipelines }) =>
    allPipelines ? valuable.get(keyOf(kind, id)) : undefined,
  );
  return names.find((name) => name !== undefined);
}

/** What a classic definition names itself. */
function namedBy({ variableGroupIds, steps }: DefinitionFact) {
  const groups = variableGroupIds.map((id) => ({
    kind: "variable-group" as const,
    id: `${id}`,
    what: `definition: variableGroups has ${id}`,
  }));
  const connections = steps.flatMap(({ name, inputs }) =>
    inputs.flatMap(({ name: input, connectionId: id }) =>
      id === undefined ? [] : [{ kind: "connection" as const, id, what: `definition: step ${name}: ${input} = ${id}` }],
    ),
  );
  return [...groups, ...connections];
}

/** Names by kind and id. */
function valuableResources(project: ProjectFacts, { settings }: PostureContext): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  if (project.connections.is === "known") {
    for (const { id, name, type } of project.connections.value) {
      if (type !== "incomingwebhook") names.set(keyOf("connection", id), name);
    }
  }
  if (project.variableGroups.is === "known") {
    for (const { id, name, vault, variables } of project.variableGroups.value) {
      if (vault || variables.some(({ isSecret }) => isSecret)) names.set(keyOf("variable-group", `${id}`), name);
    }
  }
  if (project.secureFiles.is === "known") {
    for (const { id, name } of project.secureFiles.value) names.set(keyOf("secure-file", id), name);
  }
  if (project.environments.is === "known") {
    for (const { id, name } of project.environments.value) {
      if (isProduction(name, settings.productionWords)) names.set(keyOf("environment", `${id}`), name);
    }
  }
  return names;
}

function keyOf(kind: ResourceKind, id: string): string {
  return `${kind} ${id.toLowerCase()}`;
}

const kindWords: Readonly<Record<ResourceKind, string>> = {
  connection: "service connection",
  "variable-group": "variable group",
  "secure-file": "secure file",
  environment: "environment",
  queue: "agent queue",
  repository: "repository",
};

/** `service connection azure-prod and 2 more`. */
export function sayPrivileges(privileges: readonly Privilege[]): string {
  const [first, ...rest] = privileges;
  if (!first) return "nothing";
  const more = rest.length === 0 ? "" : ` and ${rest.length} more`;
  return `${kindWords[first.kind]} ${first.name}${more}`;
}
