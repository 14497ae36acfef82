/** What a pipeline uses, with the server's ids, and how sure that is: a run did it, settings allow it, or it may be. */
import type { PathCertainty } from "#model/posture/attack-path.ts";
import type { ProjectFacts } from "#model/posture/organization-facts.ts";
import type { Evidence } from "#model/posture/posture-result.ts";
import type { PipelinePermission, ResourceKind } from "#model/posture/resource-facts.ts";
import type { ResourceUse } from "./judged-pipeline.ts";
import { type Mention, mentionsOf } from "./mentions-of.ts";
import { possibleNames } from "./possible-names.ts";
import type { Definition, PipelineCode } from "./read-code.ts";
import { type ResourcesByName, repositoryNamed, resourcesByName, valuesOf } from "./resources-by-name.ts";
import { groupsOf } from "./variable-facts.ts";

const mostUses = 2000;

export function usesOf(given: Definition, code: PipelineCode | undefined): readonly ResourceUse[] {
  const written = code ? mentionsOf(code.pipeline).flatMap((one) => usesOfMention(given, code, one)) : [];
  const uses = [...written, ...usesOfDefinition(given, code), ...vaultConnections(given, written)];
  const found = new Map<string, ResourceUse>();
  for (const use of uses) {
    const key = `${use.kind} ${use.id ?? use.name.toLowerCase()} ${use.job ?? ""}`;
    const before = found.get(key);
    if (!before || order.indexOf(use.certainty) < order.indexOf(before.certainty)) found.set(key, use);
    if (found.size >= mostUses) break;
  }
  return [...found.values()];
}

const order: readonly PathCertainty[] = ["run", "authorised", "possible"];

function usesOfMention(given: Definition, code: PipelineCode, { kind, node, job, when, isDeployment }: Mention) {
  const names = possibleNames(node, code.pipeline, job).flatMap(({ name, isSure }) =>
    (kind === "connection" ? name.split(",") : [name]).map((one) => ({ name: one.trim(), isSure })),
  );
  return names.flatMap(({ name, isSure }): readonly ResourceUse[] => {
    if (name === "") return [];
    // `environment.resource`
    const called = kind === "environment" ? (name.split(".")[0] ?? name) : name;
    const found = findByName(given, kind, called);
    const isThere = isSure && when === undefined;
    return [
      {
        ...{ kind, name: found?.name ?? called, certainty: certaintyOf(given, kind, found?.id, isThere) },
        ...(found && { id: found.id }),
        ...(job && { job: job.address }),
        ...(isDeployment && { isDeployment }),
        evidence: code.evidenceOf(node.at, when === undefined ? undefined : `if ${when.slice(0, 200)}`),
      },
    ];
  });
}

interface Named {
  readonly id: string;
  readonly name: string;
}

const lists = {
  connection: "connections",
  "variable-group": "groups",
  environment: "environments",
  "secure-file": "secureFiles",
  queue: "queues",
} as const satisfies Partial<Record<ResourceKind, keyof ResourcesByName>>;

function findByName(
  { organization, project }: Pick<Definition, "organization" | "project">,
  kind: ResourceKind,
  name: string,
): Named | undefined {
  if (kind === "repository") {
    const found = repositoryNamed(organization, project, name);
    return found && { id: found.repository.id, name: found.repository.name };
  }
  const one = resourcesByName(project, organization)[lists[kind]].get(name.toLowerCase());
  return one && { id: `${one.id}`, name: one.name };
}

type Index = ReadonlyMap<string, PipelinePermission>;

const permissions = new WeakMap<ProjectFacts, Index>();

function permissionsOf(project: ProjectFacts): Index {
  const before = permissions.get(project);
  if (before) return before;
  const index = new Map(valuesOf(project.pipelinePermissions).map((one) => [keyOf(one.kind, one.id), one]));
  permissions.set(project, index);
  return index;
}

function keyOf(kind: ResourceKind, id: string): string {
  return `${kind} ${(kind === "repository" ? id.slice(id.lastIndexOf(".") + 1) : id).toLowerCase()}`;
}

/** Undefined: what may use the resource is not known. */
function mayUse({ project, definition }: Definition, kind: ResourceKind, id: string): boolean | undefined {
  const permission = permissionsOf(project).get(keyOf(kind, id));
  return permission && (permission.allPipelines || permission.definitionIds.includes(definition.id));
}

function certaintyOf(given: Definition, kind: ResourceKind, id: string | undefined, isThere: boolean): PathCertainty {
  if (id === undefined) return "possible";
  if (kind === "connection" && hasRun(given, id)) return "run";
  return isThere && mayUse(given, kind, id) === true ? "authorised" : "possible";
}

const runs = new WeakMap<ProjectFacts, ReadonlySet<string>>();

function hasRun({ project, definition }: Definition, connectionId: string): boolean {
  const kept =
    runs.get(project) ??
    new Set(
      valuesOf(project.connectionUses).flatMap(({ connectionId: id, uses }) =>
        uses.map(({ definitionId }) => `${id.toLowerCase()} ${definitionId}`),
      ),
    );
  runs.set(project, kept);
  return kept.has(`${connectionId.toLowerCase()} ${definition.id}`);
}

/** What the definition adds: its groups, the queue of jobs that name none, and all that a classic one says. */
function usesOfDefinition(given: Definition, code: PipelineCode | undefined): readonly ResourceUse[] {
  const { project, definition } = given;
  const evidenceOf = (what: string): Evidence => ({
    what: `definition ${definition.id}: ${what}`,
    url: definition.url,
  });
  const use = (kind: ResourceKind, { id, name }: Named, what: string): ResourceUse => ({
    ...{ kind, id, name, certainty: certaintyOf(given, kind, id, true), evidence: evidenceOf(what) },
  });
  const groups = valuesOf(project.variableGroups)
    .filter(({ id }) => definition.variableGroupIds.includes(id))
    .map(({ id, name }) => use("variable-group", { id: `${id}`, name }, `variableGroups has ${id}`));
  const queue = valuesOf(project.queues).find(({ id }) => id === definition.queueId);
  const isNeeded = !code || code.pipeline.jobs.some(({ pool }) => pool === undefined);
  const queues =
    queue && isNeeded ? [use("queue", { id: `${queue.id}`, name: queue.name }, `queue = ${queue.name}`)] : [];
  const connections = definition.steps
    .filter(({ isEnabled }) => isEnabled)
    .flatMap(({ name: step, inputs }) =>
      inputs.flatMap(({ name: input, connectionId }) => {
        if (connectionId === undefined) return [];
        const known = findByName(given, "connection", connectionId);
        return [use("connection", known ?? { id: connectionId, name: connectionId }, `step ${step}: ${input}`)];
      }),
    );
  return [...groups, ...queues, ...connections];
}

/** Whoever uses a group that a vault fills lets its connection sign in. */
function vaultConnections(given: Definition, written: readonly ResourceUse[]): readonly ResourceUse[] {
  const names = new Set(written.flatMap(({ kind, name }) => (kind === "variable-group" ? [name] : [])));
  return groupsOf(given, names).flatMap(({ name, vault, url }): readonly ResourceUse[] => {
    if (!vault) return [];
    const found = findByName(given, "connection", vault.connectionId);
    const evidence = { what: `variable group ${name}: filled by the vault ${vault.name}`, url };
    return [
      {
        ...{
          kind: "connection",
          id: vault.connectionId,
          name: found?.name ?? vault.connectionId,
          certainty: "possible",
        },
        evidence,
      },
    ];
  });
}
