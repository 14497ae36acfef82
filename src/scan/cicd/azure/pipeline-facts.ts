/**
 * What is known about a pipeline beside its files, as plain data: where its code lives, who may start it, and what guards
 * the things that it uses. Whatever is absent is not known, and rules that need it say so. Names are in small letters.
 */
export interface PipelineFacts {
  readonly repositoryKind?: "azure-repos" | "github" | "bitbucket";
  /** Azure Repos: an enabled build policy starts it for pull requests. */
  readonly hasBuildPolicy?: boolean;
  /** GitHub, Bitbucket: the definition and not the file says whether pull requests start it. */
  readonly pullRequestTrigger?: "on" | "off";
  /** Whether pull requests of forks start it, and what they get. */
  readonly forks?: "none" | "without-secrets" | "with-secrets";
  /** A file without `trigger:` is started by every branch. */
  readonly hasImpliedTrigger?: boolean;
  /** Branches that start it, where the definition says so and not the file; empty: none. */
  readonly branchTriggers?: readonly string[];
  /** Branches that nobody can push to without the review of somebody else: `main`, `releases/*`, `*`. */
  readonly reviewedBranches?: readonly string[];
  /** Others than administrators may make branches in its repository. */
  readonly canCreateBranches?: boolean;
  readonly pools?: Readonly<Record<string, { readonly isHosted: boolean; readonly isEphemeral: boolean }>>;
  /** Of jobs that name none. */
  readonly defaultPool?: string;
  /** Variables whose value is secret, from groups and the definition. */
  readonly secretVariables?: Readonly<Record<string, true>>;
  /** Of each group, whether it holds secrets. */
  readonly groups?: Readonly<Record<string, { readonly hasSecrets: boolean }>>;
  /** Variables that may be set when a run is queued. */
  readonly queueVariables?: readonly string[];
  /** Values of the definition's and groups' variables that are a switch or a number. */
  readonly switches?: Readonly<Record<string, string>>;
  /** `connection x`, `environment x`: whether an approval by others or branch control stands before it. */
  readonly guards?: Readonly<Record<string, boolean>>;
  /** A check on a resource demands that pipelines extend a template. */
  readonly isTemplateRequired?: boolean;
  /** Tasks of extensions that are installed. */
  readonly extensionTasks?: readonly string[];
  /** Tasks that the organization's list calls deprecated. */
  readonly deprecatedTasks?: readonly string[];
  /** Branches that policies protect: `repository@ref`. */
  readonly protectedRefs?: readonly string[];
  /** By name: whether it uses a stored secret rather than federation, and whether the pipeline may use it unasked. */
  readonly connections?: Readonly<Record<string, { readonly usesSecret: boolean; readonly isUsable?: boolean }>>;
  /** Connections of incoming webhooks. */
  readonly webhooks?: Readonly<Record<string, { readonly hasSecret: boolean }>>;
  /** What jobs act as. */
  readonly buildIdentity?: { readonly contributes: boolean; readonly bypassesPolicies: boolean };
  /** People may start it who may change neither it nor its code. */
  readonly isQueuedByOthers?: boolean;
  /** Only administrators start it. */
  readonly isQueuedByAdministratorsOnly?: boolean;
  /** Other pipelines, by name: whether their runs may hold code that nobody reviewed. */
  readonly upstreams?: Readonly<Record<string, { readonly isUnreviewed: boolean }>>;
  /** Python packages that are published in feeds of the organization, with `-` for `_` and `.`. */
  readonly internalPackages?: readonly string[];
  /** Addresses of its submodules that lie outside of the organization. */
  readonly outsideSubmodules?: readonly string[];
  /** Owners outside that are trusted: `contoso` of `contoso/templates`. */
  readonly trustedOwners?: readonly string[];
  /** Why something is not known, as a sentence. */
  readonly reasons?: Readonly<Partial<Record<FactName, string>>>;
}

export type FactName = Exclude<keyof PipelineFacts, "reasons">;

/**
 * Whether code of pull requests runs; undefined where that is not known. `pr:` means something only for GitHub and
 * Bitbucket: on Azure Repos a branch policy decides, whatever the file says.
 */
export function runsPullRequests(
  { repositoryKind, hasBuildPolicy, pullRequestTrigger }: PipelineFacts,
  pr: { readonly isNone: boolean },
): boolean | undefined {
  if (repositoryKind === "azure-repos") return hasBuildPolicy;
  if (repositoryKind === undefined) return undefined;
  return pullRequestTrigger === undefined ? !pr.isNone : pullRequestTrigger === "on";
}
