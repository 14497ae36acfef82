/** The branch of this project's repositories that the YAML file of a pipeline is read from, unless a run says otherwise. */
import type { RepositoryFact } from "#model/posture/code-facts.ts";
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import type { BranchOfRepository } from "./policies-of-branch.ts";

/** Undefined for classic pipelines, whose steps stand in the definition, for code kept elsewhere, and for what is switched off. */
export function sourceBranch(
  { kind, isEnabled, repository }: DefinitionFact,
  repositories: readonly RepositoryFact[],
): BranchOfRepository | undefined {
  if (kind !== "yaml" || !isEnabled || repository.kind !== "azure-repos") return undefined;
  const found = repositories.find(({ id }) => id.toLowerCase() === repository.id.toLowerCase());
  const ref = repository.defaultBranch ?? found?.defaultBranch;
  if (!found || found.isDisabled || ref === undefined) return undefined;
  return { repository: found, ref, isDefault: ref === found.defaultBranch };
}
