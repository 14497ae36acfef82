/** Branches of a repository that pipelines ran on: what is known of them where nobody listed its branches. */
import type { ProjectFacts } from "#model/posture/organization-facts.ts";
import type { DefinitionFact, RunFact } from "#model/posture/pipeline-facts.ts";

const indexes = new WeakMap<readonly RunFact[], ReadonlyMap<string, ReadonlySet<string>>>();

/** Full ref names; those of pull requests and tags are none. A branch that is gone since may be among them. */
export function builtBranches(repositoryId: string, { runs, definitions }: ProjectFacts): readonly string[] {
  if (runs.is === "unknown" || definitions.is === "unknown") return [];
  const index = indexes.get(runs.value) ?? indexOf(runs.value, definitions.value);
  indexes.set(runs.value, index);
  return [...(index.get(repositoryId.toLowerCase()) ?? [])];
}

function indexOf(
  runs: readonly RunFact[],
  definitions: readonly DefinitionFact[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const built = new Map(definitions.map(({ id, repository }) => [id, repository.id.toLowerCase()]));
  const found = new Map<string, Set<string>>();
  for (const { definitionId, branch, isDeleted } of runs) {
    const repository = built.get(definitionId);
    if (repository === undefined || isDeleted || !branch.startsWith("refs/heads/")) continue;
    found.set(repository, (found.get(repository) ?? new Set()).add(branch));
  }
  return found;
}
