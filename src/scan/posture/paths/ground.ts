/** Facts of an organization by what paths ask of them: pipelines by their repository, runs by their pipeline, who belongs to what. */
import type { BranchPolicyFact, RepositoryFact } from "#model/posture/code-facts.ts";
import type { Fact } from "#model/posture/fact.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { DefinitionFact, RunFact } from "#model/posture/pipeline-facts.ts";
import type { Evidence } from "#model/posture/posture-result.ts";
import type { Membership } from "../facts/membership.ts";
import { membershipOf } from "../facts/membership.ts";
import { isEnforced, policiesOfBranch } from "../facts/policies-of-branch.ts";
import type { JudgedPipeline } from "../pipelines/judged-pipeline.ts";
import type { PostureSettings } from "../posture-settings.ts";
import { keepSettings, type SettingsKept } from "./cut-settings.ts";
import { type GuardedResource, resourcesOf } from "./guarded-resources.ts";

export interface PathContext {
  readonly settings: PostureSettings;
  readonly now: Date;
  readonly pipelines: readonly JudgedPipeline[];
}

export interface PipelineGround {
  readonly project: ProjectFacts;
  readonly definition: DefinitionFact;
  /** Absent: its code was not read. */
  readonly judged: JudgedPipeline | undefined;
  /** Of the last days, newest first. */
  readonly runs: readonly RunFact[];
}

export interface ProjectGround {
  readonly facts: ProjectFacts;
  readonly repositories: readonly RepositoryFact[];
  readonly pipelines: readonly PipelineGround[];
  readonly resources: readonly GuardedResource[];
  /** Those that a pipeline uses, or that are given to it by name. */
  readonly resourcesFor: (definitionId: number) => readonly GuardedResource[];
}

export interface Ground {
  readonly facts: OrganizationFacts;
  readonly settings: PostureSettings;
  readonly membership: Membership | undefined;
  readonly projects: readonly ProjectGround[];
  readonly byId: ReadonlyMap<string, ProjectGround>;
  /** Pipelines whose code is in the repository, of all projects. */
  readonly builtFrom: (repositoryId: string) => readonly PipelineGround[];
  readonly kept: SettingsKept;
  /** For how many days runs are known. */
  readonly days: number;
}

const dayLength = 86_400_000;
const mostDays = 30;

export function groundOf(facts: OrganizationFacts, { settings, now, pipelines }: PathContext): Ground {
  const judged = new Map(pipelines.map((one) => [`${one.projectId}/${one.definition.id}`, one]));
  const since = new Date(now.getTime() - mostDays * dayLength).toISOString();
  const projects = facts.projects.map((project) => projectGround(project, { facts, settings, judged, since }));
  const byRepository = new Map<string, PipelineGround[]>();
  for (const pipeline of projects.flatMap((project) => project.pipelines)) {
    const { kind, id } = pipeline.definition.repository;
    if (kind !== "azure-repos") continue;
    const list = byRepository.get(id.toLowerCase());
    if (list) list.push(pipeline);
    else byRepository.set(id.toLowerCase(), [pipeline]);
  }
  return {
    facts,
    settings,
    membership: facts.people.is === "known" ? membershipOf(facts.people.value) : undefined,
    projects,
    byId: new Map(projects.map((project) => [project.facts.id, project])),
    builtFrom: (id) => byRepository.get(id.toLowerCase()) ?? [],
    kept: keepSettings(),
    days: daysOf(projects, now),
  };
}

interface Making {
  readonly facts: OrganizationFacts;
  readonly settings: PostureSettings;
  readonly judged: ReadonlyMap<string, JudgedPipeline>;
  /** Runs queued before do not count. */
  readonly since: string;
}

function projectGround(project: ProjectFacts, { facts, settings, judged, since }: Making): ProjectGround {
  const runs = new Map<number, RunFact[]>();
  for (const run of knownOf(project.runs) ?? []) {
    if (run.queuedAt < since) continue;
    const list = runs.get(run.definitionId);
    if (list) list.push(run);
    else runs.set(run.definitionId, [run]);
  }
  const read = [...judged.values()].filter(({ projectId }) => projectId === project.id);
  const definitions = knownOf(project.definitions) ?? read.map(({ definition }) => definition);
  const pipelines = definitions
    .filter(({ isEnabled }) => isEnabled)
    .map((definition) => ({
      project,
      definition: withFullRef(definition),
      judged: judged.get(`${project.id}/${definition.id}`),
      runs: runs.get(definition.id) ?? [],
    }));
  const repositories = (knownOf(project.repositories) ?? []).filter(({ isDisabled }) => !isDisabled);
  const resources = resourcesOf(facts, project, { pipelines, settings });
  const byDefinition = new Map<number, GuardedResource[]>();
  for (const resource of resources) {
    for (const id of new Set([...resource.users.keys(), ...(resource.permission?.definitionIds ?? [])])) {
      const list = byDefinition.get(id);
      if (list) list.push(resource);
      else byDefinition.set(id, [resource]);
    }
  }
  return { facts: project, repositories, pipelines, resources, resourcesFor: (id) => byDefinition.get(id) ?? [] };
}

/** Older definitions name a branch without `refs/heads/`. */
function withFullRef(definition: DefinitionFact): DefinitionFact {
  const { defaultBranch } = definition.repository;
  if (defaultBranch === undefined || defaultBranch.startsWith("refs/")) return definition;
  return { ...definition, repository: { ...definition.repository, defaultBranch: `refs/heads/${defaultBranch}` } };
}

function daysOf(projects: readonly ProjectGround[], now: Date): number {
  let oldest = now.getTime();
  for (const { pipelines } of projects) {
    for (const { runs } of pipelines) {
      for (const { queuedAt } of runs) oldest = Math.min(oldest, Date.parse(queuedAt) || oldest);
    }
  }
  return Math.min(mostDays, Math.ceil((now.getTime() - oldest) / dayLength));
}

export function knownOf<T>(fact: Fact<T>): T | undefined {
  return fact.is === "known" ? fact.value : undefined;
}

type Policies = readonly BranchPolicyFact[];

const heldOfProjects = new WeakMap<ProjectFacts, Map<string, Policies>>();

/** Policies that hold on a branch; undefined: they are not known. */
export function heldBy(project: ProjectFacts, repository: RepositoryFact, ref: string): Policies | undefined {
  const { branchPolicies } = project;
  if (branchPolicies.is === "unknown") return undefined;
  const kept = heldOfProjects.get(project) ?? new Map<string, Policies>();
  heldOfProjects.set(project, kept);
  const key = `${repository.id} ${ref}`;
  const known = kept.get(key);
  if (known) return known;
  const isDefault = ref === repository.defaultBranch;
  const held = policiesOfBranch(branchPolicies.value, { repository, ref, isDefault }).filter(isEnforced);
  kept.set(key, held);
  return held;
}

export function proof(what: string, { url, at }: { readonly url?: string; readonly at?: string } = {}): Evidence {
  return { what, ...(url === undefined ? {} : { url }), ...(at === undefined ? {} : { at }) };
}

export function readAt(fact: Fact<unknown>): { readonly at?: string } {
  return fact.is === "known" ? { at: fact.at } : {};
}
