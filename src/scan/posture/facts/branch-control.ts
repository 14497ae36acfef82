/** What a branch control lets through: any branch, branches that anybody may make, or branches that nobody has to review. */
import type { ProjectFacts } from "#model/posture/organization-facts.ts";
import type { CheckSettings } from "#model/posture/resource-facts.ts";
import { allowsAnyBranch } from "./checks-of.ts";
import { branchName } from "./policies-of-branch.ts";
import { reviewPolicyOf } from "./reviewed-branches.ts";

export type BranchControl = CheckSettings & { readonly is: "branch-control" };

export interface Weakness {
  /** `theory`: nothing that is known gets through today. */
  readonly is: "open" | "makeable" | "unreviewed" | "unknown-status" | "unchecked" | "theory";
  /** As the end of a sentence about the check. */
  readonly says: string;
  /** The field that shows it. */
  readonly proof: string;
}

/** The repositories are those of the pipelines that may use the resource; undefined: it is not known which. */
export function weaknessesOf(
  control: BranchControl,
  project: ProjectFacts,
  repositoryIds: ReadonlySet<string> | undefined,
): readonly Weakness[] {
  const { allowedBranches, ensuresProtection, allowsUnknownStatus } = control;
  const list = allowedBranches.length === 0 ? "(empty)" : allowedBranches.join(",").slice(0, 200);
  const named = `allowedBranches = ${list}`;
  const found: Weakness[] = [];
  if (allowsAnyBranch(allowedBranches)) {
    const proof = `${named}, ensureProtectionOfBranch = ${ensuresProtection}`;
    const says = "any branch that has some policy gets through, also one whose policy its author has made";
    found.push(
      ensuresProtection
        ? { is: "theory", says, proof }
        : { is: "open", says: "a run of any branch gets through", proof },
    );
  } else if (!ensuresProtection) found.push(unchecked(allowedBranches, named, project, repositoryIds));
  if (allowsUnknownStatus && !found.some(({ is }) => is === "open")) {
    const says = "branches whose protection Azure DevOps cannot tell get through";
    found.push({ is: "unknown-status", says, proof: "allowUnknownStatusBranch = true" });
  }
  return found;
}

function unchecked(
  allowed: readonly string[],
  named: string,
  project: ProjectFacts,
  repositoryIds: ReadonlySet<string> | undefined,
): Weakness {
  const proof = `${named}, ensureProtectionOfBranch = false`;
  const pattern = allowed.find((one) => one.includes("*"));
  if (pattern !== undefined) {
    return { is: "makeable", says: `whoever makes a branch that matches ${pattern.trim()} gets through`, proof };
  }
  const bare = unreviewedOf(allowed, project, repositoryIds);
  if (bare === undefined) return { is: "unchecked", says: "it does not look whether the branch is protected", proof };
  const [first] = bare;
  if (first === undefined) {
    const says = "it does not look whether the branch is protected; today all that it names are";
    return { is: "theory", says, proof };
  }
  return { is: "unreviewed", says: `${first} gets through, and no policy asks for a review there`, proof };
}

/** More exact names than anybody writes by hand. */
const mostBranches = 100;

/** Undefined: policies or repositories are not known, or none of them has such a branch. */
function unreviewedOf(
  allowed: readonly string[],
  { repositories, branchPolicies }: ProjectFacts,
  repositoryIds: ReadonlySet<string> | undefined,
): readonly string[] | undefined {
  if (repositories.is === "unknown" || branchPolicies.is === "unknown") return undefined;
  const refs = allowed
    .slice(0, mostBranches)
    .map((one) => one.trim())
    .map((one) => (one.startsWith("refs/") ? one : `refs/heads/${one}`));
  const asked = repositories.value.filter(({ id, isDisabled }) => !isDisabled && (repositoryIds?.has(id) ?? true));
  const branches = asked.flatMap((repository) =>
    refs
      .filter((ref) => ref === repository.defaultBranch || repository.branches?.includes(ref))
      .map((ref) => ({ repository, ref, isDefault: ref === repository.defaultBranch })),
  );
  if (branches.length === 0) return undefined;
  return branches
    .filter((branch) => !reviewPolicyOf(branchPolicies.value, branch))
    .map(({ repository, ref }) => `${branchName(ref)} of ${repository.name}`);
}
