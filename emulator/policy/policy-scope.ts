/** Which branches a policy applies to. */
import type { OrganizationState, PolicyState, PullRequestState, RepositoryState } from "../world.ts";

interface Scope {
  readonly repositoryId?: string | null;
  readonly refName?: string | null;
  readonly matchKind?: string;
}

export function appliesTo(policy: PolicyState, repository: RepositoryState, refName?: string): boolean {
  if (policy.isDeleted || policy.projectId !== repository.projectId) return false;
  const scopes = Array.isArray(policy.settings.scope) ? (policy.settings.scope as Scope[]) : [];
  if (scopes.length === 0) return true;
  return scopes.some((scope) => {
    if (scope.repositoryId && scope.repositoryId.toLowerCase() !== repository.id) return false;
    const kind = (scope.matchKind ?? "exact").toLowerCase();
    if (kind === "defaultbranch") return refName === undefined || refName === repository.defaultBranch;
    if (!scope.refName || refName === undefined) return true;
    return kind === "prefix" ? refName.startsWith(scope.refName) : refName === scope.refName;
  });
}

export function policiesOf(
  organization: OrganizationState,
  repository: RepositoryState,
  pullRequest: PullRequestState,
): PolicyState[] {
  return organization.policies.filter(
    (policy) => policy.isEnabled && appliesTo(policy, repository, pullRequest.targetRefName),
  );
}
