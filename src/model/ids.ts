/** Branded ids: a repository id cannot be passed where an organization id is meant. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };

/** Azure DevOps' own GUID of an organization (`instanceId` of connectionData). */
export type OrganizationId = Brand<string, "OrganizationId">;
/** Azure DevOps' own GUID of a project. */
export type ProjectId = Brand<string, "ProjectId">;
/** Azure DevOps' own GUID of a repository; survives renames. */
export type RepositoryId = Brand<string, "RepositoryId">;
/** Azure DevOps' own GUID of a service-hook subscription. */
export type SubscriptionId = Brand<string, "SubscriptionId">;

/** Ids below are made by the store, as version 7 UUIDs: they sort by age. */
export type InstanceId = Brand<string, "InstanceId">;
export type CredentialId = Brand<string, "CredentialId">;
export type SignInId = Brand<string, "SignInId">;
export type HookEventId = Brand<string, "HookEventId">;
export type ScanId = Brand<string, "ScanId">;
export type IssueId = Brand<string, "IssueId">;
export type UserId = Brand<string, "UserId">;
export type ImportId = Brand<string, "ImportId">;
export type VerdictId = Brand<string, "VerdictId">;

/** A git object id: 40 (SHA-1) or 64 (SHA-256) lower-case hex digits. */
export type ObjectId = Brand<string, "ObjectId">;

/** The object id Azure DevOps and git send for "no such object": a created or deleted ref. */
export function isZeroObjectId(id: string): boolean {
  return /^0+$/.test(id);
}
