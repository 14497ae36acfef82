/** Reads one kind of facts with the calls of Azure DevOps; throws a RemoteError where it is refused, and guesses nothing. */
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import type { FactKey } from "#model/posture/fact-key.ts";
import type { FactValues, OrganizationKey, ProjectKey } from "#model/posture/organization-facts.ts";
import type { SecretLook } from "#model/posture/pipeline-facts.ts";
import type { OrganizationClient } from "../organization-client.ts";

export interface CollectedProject {
  readonly id: ProjectId;
  readonly name: string;
}

export interface Collecting {
  /** `url`: where pages of people begin, without a slash at the end. */
  readonly organization: { readonly id: OrganizationId; readonly name: string; readonly url: string };
  readonly projects: readonly CollectedProject[];
  /** What was read before it: of the organization, and of the same project. */
  readonly known: Partial<FactValues>;
  /** What the scanner for secrets says about a text; the text itself is kept nowhere. */
  readonly lookAt: (name: string, value: string) => SecretLook | undefined;
  /** What is the same for all projects is read by the first who asks. Absent: everybody reads it alone. */
  readonly once?: <T>(what: string, read: () => Promise<T>) => Promise<T>;
  /** Ids of repositories whose tags are asked for: pipelines take templates from them. */
  readonly templateRepositories?: ReadonlySet<string>;
  /** Patterns, with `*`, of full names of branches that are held like the default branch; absent: the usual ones. */
  readonly releaseBranches?: readonly string[];
  /** Whether an address of a service hook leads to this Sallyport; absent: there is none that hooks could reach. */
  readonly isOurHook?: (address: string) => boolean;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

export interface CollectingProject extends Collecting {
  readonly project: CollectedProject;
}

export interface OrganizationCollector<Key extends OrganizationKey = OrganizationKey> {
  readonly of: "organization";
  readonly key: Key;
  /** Read before it; where one of them is not known, it is not read either. */
  readonly after?: readonly FactKey[];
  /** Read before it, too; it is read without those that are not known, and not at all if none of them is. */
  readonly alsoAfter?: readonly FactKey[];
  readonly read: (client: OrganizationClient, given: Collecting) => Promise<FactValues[Key]>;
}

export interface ProjectCollector<Key extends ProjectKey = ProjectKey> {
  readonly of: "project";
  readonly key: Key;
  readonly after?: readonly FactKey[];
  readonly alsoAfter?: readonly FactKey[];
  readonly read: (client: OrganizationClient, given: CollectingProject) => Promise<FactValues[Key]>;
}

export type Collector =
  | { [K in OrganizationKey]: OrganizationCollector<K> }[OrganizationKey]
  | { [K in ProjectKey]: ProjectCollector<K> }[ProjectKey];
