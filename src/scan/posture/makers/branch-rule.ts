/**
 * A rule on the policies of each branch that matters: the default branch, and release branches that are known.
 *
 * Left out are repositories that nobody can push to or nobody has pushed to yet, those behind wikis, and forks that no pipeline
 * is built from: people work on these alone, and their way back is a pull request that the original guards.
 */
import type { BranchPolicyFact, RepositoryFact } from "#model/posture/code-facts.ts";
import type { FactKey } from "#model/posture/fact-key.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { Evidence, PostureAnswer, PostureResource } from "#model/posture/posture-result.ts";
import { repositoryPage } from "../facts/pages-of.ts";
import { type BranchOfRepository, branchName, heldBranches, policiesOfBranch } from "../facts/policies-of-branch.ts";
import type { PostureContext } from "../posture-context.ts";
import { onProjects, type PostureRule, type PostureWords } from "../posture-rule.ts";

export interface GivenBranch {
  readonly branch: BranchOfRepository;
  /** All that are written for it, in force or not. */
  readonly policies: readonly BranchPolicyFact[];
  readonly project: ProjectFacts;
  readonly organization: OrganizationFacts;
  /** Where its policies are set. */
  readonly url: string;
}

interface BranchWords extends Omit<PostureWords, "category"> {
  readonly needs?: readonly FactKey[];
  /** Undefined: it says nothing about this branch. */
  readonly checkBranch: (given: GivenBranch, context: PostureContext) => PostureAnswer | undefined;
}

export function branchRule({ checkBranch, ...words }: BranchWords): PostureRule {
  return onProjects({
    ...words,
    category: "repository",
    needs: ["repositories", "branchPolicies", ...(words.needs ?? [])],
    checkProject({ repositories, branchPolicies, project, organization }, context) {
      const branches = judgedRepositories(repositories, project).flatMap((repository) =>
        heldBranches(repository, context.settings),
      );
      return branches.flatMap((branch) => {
        const resource = branchResource(organization, project, branch);
        const policies = policiesOfBranch(branchPolicies, branch);
        const answer = checkBranch({ branch, policies, project, organization, url: resource.url }, context);
        return answer ? [{ resource, answer }] : [];
      });
    },
  });
}

export function judgedRepositories(
  repositories: readonly RepositoryFact[],
  { name, definitions }: ProjectFacts,
): readonly RepositoryFact[] {
  const built = new Set(
    definitions.is === "known" ? definitions.value.map(({ repository }) => repository.id.toLowerCase()) : [],
  );
  return repositories.filter(
    (repository) =>
      !repository.isDisabled &&
      repository.defaultBranch !== undefined &&
      repository.name !== `${name}.wiki` &&
      (!repository.isFork || built.has(repository.id.toLowerCase())),
  );
}

export function branchResource(
  organization: OrganizationFacts,
  project: ProjectFacts,
  { repository, ref }: BranchOfRepository,
): PostureResource & { readonly url: string } {
  return {
    kind: "branch",
    id: `${repository.id}/${ref}`,
    name: `${repository.name}/${branchName(ref)}`,
    projectId: project.id,
    url: repositoryPage(organization, project, { id: repository.id, ref, tab: "policies" }),
  };
}

export function repositoryResource(
  organization: OrganizationFacts,
  project: ProjectFacts,
  { id, name }: RepositoryFact,
  tab: "policies" | "permissions" | "settings",
): PostureResource & { readonly url: string } {
  return {
    kind: "repository",
    id,
    name,
    projectId: project.id,
    url: repositoryPage(organization, project, { id, tab }),
  };
}

/** What stands in a policy, and if it does not hold: why. */
export function policyEvidence({ project, url }: GivenBranch, policy: BranchPolicyFact, says: string): Evidence {
  const state = policy.isEnabled ? (policy.isBlocking ? [] : ["isBlocking = false"]) : ["isEnabled = false"];
  const what = `branch policy ${policy.id} (${policy.typeName}): ${[says, ...state].filter((part) => part !== "").join(", ")}`;
  return { what, url, ...readAt(project) };
}

/** That there is no policy of this kind. */
export function noPolicyEvidence({ project, branch, url }: GivenBranch, kind: string): Evidence {
  const what = `policy/configurations: no ${kind} policy whose scope holds ${branch.ref} of repository ${branch.repository.id}`;
  return { what, url, ...readAt(project) };
}

function readAt({ branchPolicies }: ProjectFacts) {
  return branchPolicies.is === "known" ? { at: branchPolicies.at } : {};
}
