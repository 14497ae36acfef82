/** Whether code on a branch was seen by somebody else: a policy that blocks asks for reviewers. */
import { type BranchPolicyFact, policyTypes } from "#model/posture/code-facts.ts";
import { type BranchOfRepository, isEnforced, policiesOfBranch } from "./policies-of-branch.ts";

/** The policy that asks for a review, or undefined. */
export function reviewPolicyOf(
  policies: readonly BranchPolicyFact[],
  branch: BranchOfRepository,
): BranchPolicyFact | undefined {
  return policiesOfBranch(policies, branch).find((policy) => isEnforced(policy) && asksForReview(policy));
}

function asksForReview({ typeId, settings }: BranchPolicyFact): boolean {
  const { minimumApproverCount = 0, filenamePatterns } = settings;
  const type = typeId.toLowerCase();
  // Zero reviewers block nobody; required reviewers may be of some paths only, so they do not hold the branch.
  if (type === policyTypes.minimumReviewers) return Number(minimumApproverCount) > 0;
  if (type !== policyTypes.requiredReviewers) return false;
  return !Array.isArray(filenamePatterns) || filenamePatterns.length === 0 || filenamePatterns.includes("*");
}
