/** Repositories, their branch policies, and what a project lets its pipelines do. */

export interface RepositoryFact {
  readonly id: string;
  readonly name: string;
  /** Full ref name; absent while it is empty. */
  readonly defaultBranch?: string;
  readonly isDisabled: boolean;
  readonly isFork: boolean;
  readonly size: number;
  readonly url: string;
  /** Forks of it that the credential sees; absent if nobody asked. */
  readonly forks?: readonly { readonly name: string; readonly project: string; readonly ownerId?: string }[];
  /** Absent if the answer does not say. */
  readonly allowsForks?: boolean;
  /** Advanced Security refuses pushes that hold secrets; absent if nobody asked. */
  readonly blocksSecretPushes?: boolean;
  /** Full ref names of those that may be release branches; absent if nobody asked. */
  readonly branches?: readonly string[];
  /** Absent if nobody asked; an annotated tag has the id of its own object. */
  readonly tags?: readonly { readonly name: string; readonly objectId: string }[];
}

export interface BranchScope {
  /** Absent: all repositories of the project. */
  readonly repositoryId?: string;
  /** Full ref name; absent: every branch. */
  readonly refName?: string;
  readonly match: "exact" | "prefix" | "default-branch";
}

export interface BranchPolicyFact {
  readonly id: number;
  /** In small letters; see `policyTypes`. */
  readonly typeId: string;
  readonly typeName: string;
  readonly isEnabled: boolean;
  readonly isBlocking: boolean;
  readonly scopes: readonly BranchScope[];
  /** As Azure DevOps has them, without `scope`: booleans that are false may be absent. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export const policyTypes = {
  minimumReviewers: "fa4e907d-c16b-4a4c-9dfa-4906e5d171dd",
  build: "0609b952-1397-4640-95ec-e00a01b2c241",
  requiredReviewers: "fd2167ab-b0be-447a-8ec8-39368250530e",
  commentRequirements: "c6a1889d-b943-4856-b76f-9e46bb6b0df2",
  status: "cbdc66da-9728-4af8-aada-9a5a32e4a226",
  commitAuthorEmail: "77ed4bd3-b063-4689-934a-175e4d0a78d7",
  credentialScan: "e67ae10f-cf9a-40bc-8e66-6b3a8216956e",
} as const;

/** Absent where this edition does not have the setting. */
export interface GeneralSettings {
  readonly enforceJobAuthScope?: boolean;
  readonly enforceJobAuthScopeForReleases?: boolean;
  readonly enforceReferencedRepoScopedToken?: boolean;
  readonly enforceSettableVar?: boolean;
  readonly buildsEnabledForForks?: boolean;
  readonly forkProtectionEnabled?: boolean;
  readonly enforceNoAccessToSecretsFromForks?: boolean;
  readonly enforceJobAuthScopeForForks?: boolean;
  readonly isCommentRequiredForPullRequest?: boolean;
  readonly requireCommentsForNonTeamMembersOnly?: boolean;
  readonly requireCommentsForNonTeamMemberAndNonContributors?: boolean;
  readonly enableShellTasksArgsSanitizing?: boolean;
  readonly disableImpliedYAMLCiTrigger?: boolean;
  readonly disableClassicPipelineCreation?: boolean;
  readonly disableClassicBuildPipelineCreation?: boolean;
  readonly disableClassicReleasePipelineCreation?: boolean;
  readonly statusBadgesArePrivate?: boolean;
}
