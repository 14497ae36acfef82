/** What no public source settles (section "not verifiable" of the reference): each is a switch, and a client must pass under all. */
export interface Switches {
  /** Milliseconds until a delivery without an answer counts as failed. */
  deliveryTimeout: number;
  minimalFields: "url-and-id" | "id-only";
  /** Whether `git.pullrequest.created` is raised before or after the first merge attempt. */
  createdWaitsForMerge: boolean;
  deliveryHeaders: "content-type-only" | "with-vss-headers";
  /** What a PUT that echoes `********` does with the stored password. */
  maskedPassword: "keeps" | "overwrites";
  /** Subscriptions an organization may hold; more are refused. */
  maximumSubscriptions: number;
  titleEditRaisesUpdated: boolean;
  /** Commits that a git.push payload lists at most. */
  pushCommitsLimit: number;
  commitsOnDelete: "missing" | "null" | "empty";
  hookRefusalStatus: 400 | 403;
  rateLimitHeadersOnHooks: boolean;
  disabledRepositoryStatus: 400 | 403 | 404;
  renamedOrganizationRedirects: boolean;
  /** Answer to an expired or revoked credential; 401 is what `X-TFS-FedAuthRedirect: Suppress` asks for. */
  expiredCredential: "203" | "302" | "401";
  unauthorizedBody: "empty" | "count-zero";
  bomInErrors: boolean;
  /** Whether a 401 of an organization with a directory names it in `WWW-Authenticate`. */
  entraChallengeHeader: boolean;
  notificationHistoryDays: 7 | 14;
  /** Which credentials the undocumented calls of Azure DevOps' own pages take. */
  portalCalls: "any credential" | "full access" | "nobody";
  /** What those calls say of policies whose name forbids: the value itself, or what the switch on the page shows. */
  invertedPolicyValues: "plain" | "turned";
  /** Calls that one identity may make within so many seconds; null = as many as it likes. */
  rateBudget: { readonly limit: number; readonly window: number } | null;
}

export const defaultSwitches: Switches = {
  deliveryTimeout: 10_000,
  minimalFields: "url-and-id",
  createdWaitsForMerge: false,
  deliveryHeaders: "content-type-only",
  maskedPassword: "overwrites",
  maximumSubscriptions: 100_000,
  titleEditRaisesUpdated: false,
  pushCommitsLimit: 25,
  commitsOnDelete: "missing",
  hookRefusalStatus: 403,
  rateLimitHeadersOnHooks: true,
  disabledRepositoryStatus: 404,
  renamedOrganizationRedirects: true,
  expiredCredential: "401",
  unauthorizedBody: "empty",
  bomInErrors: false,
  entraChallengeHeader: true,
  notificationHistoryDays: 14,
  portalCalls: "any credential",
  invertedPolicyValues: "plain",
  rateBudget: null,
};
