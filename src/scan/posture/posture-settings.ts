/** What an organization may decide about the rules on its settings. Ages are in days. */
export interface PostureSettings {
  /** People and guests who did not come are stale. */
  readonly staleAfter: number;
  /** Pipelines and connections that nobody used are idle. */
  readonly idleAfter: number;
  readonly mostAdministrators: number;
  /** A group with more people than this is as good as everybody. */
  readonly broadFrom: number;
  readonly longestToken: number;
  /** Names of branches, stages, environments and connections that are production: words, compared without case. */
  readonly productionWords: readonly string[];
  /** Branches that are held like the default branch, with `*`. */
  readonly releaseBranches: readonly string[];
  /** Publishers whose extensions may hold wide rights; owners outside whose templates may be used. */
  readonly trustedPublishers: readonly string[];
  readonly trustedOwners: readonly string[];
  /** Hosts that service hooks may call. */
  readonly trustedHosts: readonly string[];
  /** Names of projects that are meant to be open to everybody. */
  readonly publicProjects?: readonly string[];
  /** Names of people and groups who may pass policies by in an emergency. */
  readonly breakGlass: readonly string[];
}

export const defaultPostureSettings: PostureSettings = {
  staleAfter: 90,
  idleAfter: 180,
  mostAdministrators: 6,
  broadFrom: 50,
  longestToken: 90,
  productionWords: ["production", "prod", "prd", "live"],
  releaseBranches: ["refs/heads/release/*", "refs/heads/releases/*"],
  trustedPublishers: ["ms", "ms-devlabs", "microsoft", "ms-securitydevops"],
  trustedOwners: [],
  trustedHosts: [],
  breakGlass: [],
};
