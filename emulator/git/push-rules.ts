/** What a push may not do to a ref although the pusher may contribute: locks, branches that change by pull request only, history of others. */
import { appliesTo } from "../policy/policy-scope.ts";
import { policyKind } from "../policy/policy-types.ts";
import { mayAct } from "../rights.ts";
import { zeroId } from "../shapes.ts";
import type { OrganizationState, RefUpdateState, RepositoryState, User } from "../world.ts";

export interface PushRefusal {
  readonly updateStatus: "locked" | "rejectedByPolicy" | "forcePushRequired";
  readonly typeKey: string;
  readonly message: string;
}

/** A required policy on the branch; optional ones and limits of file sizes do not ask for a pull request. */
function needsPullRequest(organization: OrganizationState, repository: RepositoryState, ref: string): boolean {
  return organization.policies.some((policy) => {
    if (!policy.isEnabled || !policy.isBlocking || policyKind(policy.typeId) === "fileSize") return false;
    const scopes = Array.isArray(policy.settings.scope) ? policy.settings.scope : [];
    const namesBranch = scopes.some((scope: { refName?: unknown; matchKind?: unknown }) =>
      Boolean(scope.refName ?? /^defaultbranch$/i.test(String(scope.matchKind))),
    );
    return namesBranch && appliesTo(policy, repository, ref);
  });
}

/** Rewriting or deleting a branch takes its creator or a project administrator. */
export function mayRewrite(
  organization: OrganizationState,
  repository: RepositoryState,
  user: User,
  ref: string,
): boolean {
  if (mayAct(organization, user.id, "project administrators", repository.projectId)) return true;
  const creation = repository.pushes.findLast((push) =>
    push.refUpdates.some((update) => update.name === ref && update.oldObjectId === zeroId),
  );
  return creation === undefined || creation.userId === user.id;
}

export function forcePushRefusal(user: User): PushRefusal {
  return {
    updateStatus: "forcePushRequired",
    typeKey: "GitNeedsPermissionException",
    message: `TF401027: You need the Git 'ForcePush' permission to perform this action. Details: identity '${user.mail}', scope 'branch'.`,
  };
}

/** Judges what can be told without the new commits: a forced update shows only once they are there. */
export function refusalOf(
  organization: OrganizationState,
  repository: RepositoryState,
  user: User,
  { name, oldObjectId, newObjectId }: RefUpdateState,
): PushRefusal | undefined {
  const locker = repository.lockedRefs.get(name);
  if (locker !== undefined && locker !== user.id)
    return {
      updateStatus: "locked",
      typeKey: "GitRefLockedException",
      message: `The ref '${name}' is locked by another person.`,
    };
  if (oldObjectId === zeroId) return undefined;
  if (needsPullRequest(organization, repository, name))
    return {
      updateStatus: "rejectedByPolicy",
      typeKey: "GitRefUpdateRejectedByPolicyException",
      message: "TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.",
    };
  if (newObjectId === zeroId && !mayRewrite(organization, repository, user, name)) return forcePushRefusal(user);
  return undefined;
}
