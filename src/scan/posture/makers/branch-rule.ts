/**
 * A rule on the policies of the branches that matter: the default branch, and release branches that are known, from a list or
 * because a pipeline ran on them. Those of one pattern are told together, because one policy on their folder holds them all.
 *
 * Left out are repositories that nobody can push to or nobody has pushed to yet, those behind wikis, and forks that no pipeline
 * is built from: people work on these alone, and their way back is a pull request that the original guards.
 */
import type { BranchPolicyFact, RepositoryFact } from "#model/posture/code-facts.ts";
import type { FactKey } from "#model/posture/fact-key.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { Evidence, PostureAnswer, PostureResource } from "#model/posture/posture-result.ts";
import { compareSeverity } from "#model/severity.ts";
import { builtBranches } from "../facts/built-branches.ts";
import { builtRepositories } from "../facts/judged-pipeline-of.ts";
import { repositoryPage } from "../facts/pages-of.ts";
import { type BranchOfRepository, branchName, heldBranches, policiesOfBranch } from "../facts/policies-of-branch.ts";
import type { PostureContext } from "../posture-context.ts";
import { onProjects, type PostureRule, type PostureWords, pass } from "../posture-rule.ts";

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
      return judgedRepositories(repositories, project).flatMap((repository) => {
        const groups = Map.groupBy(heldBranches(repository, context.settings), ({ pattern, ref }) => pattern ?? ref);
        return [...groups].flatMap(([called, branches]) => {
          const resource = branchResource(organization, project, { repository, ref: called });
          const answers = branches.flatMap((branch) => {
            const policies = policiesOfBranch(branchPolicies, branch);
            return checkBranch({ branch, policies, project, organization, url: resource.url }, context) ?? [];
          });
          return answers.length === 0 ? [] : [{ resource, answer: worstOf(answers) }];
        });
      });
    },
  });
}

/** Of branches that one policy would hold: told once, as the gravest. */
function worstOf(answers: readonly PostureAnswer[]): PostureAnswer {
  const failures = answers.filter((answer) => answer.is === "fail");
  const [worst, ...rest] = failures.toSorted((a, b) => compareSeverity(a.severity, b.severity));
  if (worst) return rest.length === 0 ? worst : { ...worst, why: `${worst.why}, and ${rest.length} more like it` };
  return answers.find(({ is }) => is === "not-evaluated") ?? pass;
}

export function judgedRepositories(
  repositories: readonly RepositoryFact[],
  project: ProjectFacts,
): readonly RepositoryFact[] {
  const judged = repositories.filter(
    ({ id, name, isDisabled, isFork, defaultBranch }) =>
      !isDisabled &&
      defaultBranch !== undefined &&
      name !== `${project.name}.wiki` &&
      (!isFork || builtRepositories(project)?.has(id.toLowerCase())),
  );
  return judged.map((one) => (one.branches ? one : { ...one, branches: builtBranches(one.id, project) }));
}

export function branchResource(
  organization: OrganizationFacts,
  project: ProjectFacts,
  { repository, ref }: Pick<BranchOfRepository, "repository" | "ref">,
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
