/** Pipelines and what is understood of their code, found by definition, branch and repository. */
import type { ProjectFacts } from "#model/posture/organization-facts.ts";
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import type { JudgedPipeline } from "../pipelines/judged-pipeline.ts";
import type { PostureContext } from "../posture-context.ts";
import type { BranchOfRepository } from "./policies-of-branch.ts";

const indexes = new WeakMap<readonly JudgedPipeline[], ReadonlyMap<string, JudgedPipeline>>();

/** Undefined: its code was not read. */
export function judgedPipelineOf(
  definitionId: number,
  { id }: ProjectFacts,
  { pipelines }: PostureContext,
): JudgedPipeline | undefined {
  const index =
    indexes.get(pipelines) ?? new Map(pipelines.map((one) => [`${one.projectId}/${one.definition.id}`, one]));
  indexes.set(pipelines, index);
  return index.get(`${id}/${definitionId}`);
}

const byBranch = new WeakMap<readonly JudgedPipeline[], ReadonlyMap<string, readonly JudgedPipeline[]>>();

/** Those whose code stands on a branch. */
export function pipelinesOnBranch(
  { repository, ref }: BranchOfRepository,
  { id }: ProjectFacts,
  { pipelines }: PostureContext,
): readonly JudgedPipeline[] {
  const index =
    byBranch.get(pipelines) ??
    Map.groupBy(pipelines, ({ projectId, source }) =>
      branchKey(projectId, source?.repositoryId ?? "", source?.ref ?? ""),
    );
  byBranch.set(pipelines, index);
  return index.get(branchKey(id, repository.id, ref)) ?? [];
}

function branchKey(projectId: string, repositoryId: string, ref: string): string {
  return `${projectId}/${repositoryId.toLowerCase()}/${ref}`;
}

const built = new WeakMap<readonly DefinitionFact[], ReadonlySet<string>>();

/** Ids, in small letters, of repositories that some pipeline is built from; undefined: pipelines are not known. */
export function builtRepositories({ definitions: fact }: ProjectFacts): ReadonlySet<string> | undefined {
  if (fact.is === "unknown") return undefined;
  const ids = built.get(fact.value) ?? new Set(fact.value.map(({ repository }) => repository.id.toLowerCase()));
  built.set(fact.value, ids);
  return ids;
}
