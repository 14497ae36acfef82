/** Who may do what: group membership as one ladder, and the refusals of the real service for those who stand too low. */
import { type Call, Refusal } from "./route.ts";
import type { GroupName, OrganizationState, ProjectState, RepositoryState } from "./world.ts";

const ladder: readonly GroupName[] = ["readers", "contributors", "project administrators", "collection administrators"];

/** -1 for a stranger; an organization-wide membership counts in every project. */
function levelOf(organization: OrganizationState, userId: string, projectId: string | undefined): number {
  let level = -1;
  for (const membership of organization.memberships) {
    if (membership.userId !== userId) continue;
    if (membership.projectId !== undefined && membership.projectId !== projectId) continue;
    level = Math.max(level, ladder.indexOf(membership.group));
  }
  return level;
}

export function isMember(organization: OrganizationState, userId: string): boolean {
  return organization.memberships.some((membership) => membership.userId === userId);
}

/** Whether the user stands at least as high as `group`, in the project or, without one, in the organization. */
export function mayAct(
  organization: OrganizationState,
  userId: string,
  group: GroupName,
  project?: ProjectState | string,
): boolean {
  const projectId = typeof project === "string" ? project : project?.id;
  return levelOf(organization, userId, projectId) >= ladder.indexOf(group);
}

/** Refuses with 403 unless the caller stands at least as high as `group`. */
export function requireGroup(
  call: Call,
  group: GroupName,
  project: ProjectState | undefined,
  permission: string,
): void {
  if (mayAct(call.organization, call.user.id, group, project)) return;
  throw new Refusal(
    403,
    "AccessCheckException",
    `Access Denied: ${call.user.displayName} needs the following permission(s) on the resource ${project?.name ?? call.organization.name} to perform this action: ${permission}`,
    "Microsoft.VisualStudio.Services.Security.AccessCheckException, Microsoft.VisualStudio.Services.WebApi",
  );
}

export type GitPermission =
  | "GenericContribute"
  | "ForcePush"
  | "CreateBranch"
  | "CreateTag"
  | "PullRequestContribute"
  | "CreateRepository"
  | "DeleteRepository"
  | "RenameRepository"
  | "EditPolicies";

const gitPermissions: Readonly<Record<GitPermission, GroupName>> = {
  GenericContribute: "contributors",
  ForcePush: "contributors",
  CreateBranch: "contributors",
  CreateTag: "contributors",
  PullRequestContribute: "contributors",
  CreateRepository: "project administrators",
  DeleteRepository: "project administrators",
  RenameRepository: "project administrators",
  EditPolicies: "project administrators",
};

/** Refuses with 403 TF401027 unless the caller holds the Git permission in the repository's project. */
export function requireGitPermission(
  call: Pick<Call, "organization" | "user">,
  where: RepositoryState | ProjectState,
  permission: GitPermission,
): void {
  const projectId = "projectId" in where ? where.projectId : where.id;
  if (mayAct(call.organization, call.user.id, gitPermissions[permission], projectId)) return;
  throw gitPermissionMissing(call, where, permission);
}

export function gitPermissionMissing(
  { user }: Pick<Call, "user">,
  where: RepositoryState | ProjectState,
  permission: string,
): Refusal {
  return new Refusal(
    403,
    "GitNeedsPermissionException",
    `TF401027: You need the Git '${permission}' permission to perform this action. Details: identity '${user.mail}', scope '${"projectId" in where ? "repository" : "project"}'.`,
    "Microsoft.TeamFoundation.Git.Server.GitNeedsPermissionException, Microsoft.TeamFoundation.Git.Server",
  );
}
