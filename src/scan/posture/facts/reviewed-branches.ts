/** Whether code on a branch was seen by somebody else: a policy that blocks asks for reviewers. */
import { type BranchPolicyFact, policyTypes } from "#model/posture/code-facts.ts";
import { type BranchOfRepository, isEnforced, policiesOfBranch } from "./policies-of-branch.ts";

type Policies = readonly BranchPolicyFact[];

/** Many checks ask about the same branches. */
const answers = new WeakMap<Policies, Map<string, BranchPolicyFact | undefined>>();

/** The policy that asks for a review, or undefined. */
export function reviewPolicyOf(policies: Policies, branch: BranchOfRepository): BranchPolicyFact | undefined {
  const own = answers.get(policies) ?? new Map<string, BranchPolicyFact | undefined>();
  answers.set(policies, own);
  const key = `${branch.repository.id} ${branch.isDefault} ${branch.ref}`;
  if (own.has(key)) return own.get(key);
  const found = policiesOfBranch(policies, branch).find((policy) => isEnforced(policy) && asksForReview(policy));
  own.set(key, found);
  return found;
}

function asksForReview({ typeId, settings }: BranchPolicyFact): boolean {
  const { minimumApproverCount = 0, filenamePatterns } = settings;
  const type = typeId.toLowerCase();
  // Zero reviewers block nobody; required reviewers may be of some paths only, so they do not hold the branch.
  if (type === policyTypes.minimumReviewers) return Number(minimumApproverCount) > 0;
  if (type !== policyTypes.requiredReviewers) return false;
  return !Array.isArray(filenamePatterns) || filenamePatterns.length === 0 || filenamePatterns.includes("*");
}
