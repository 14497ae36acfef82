/** What holds for a whole organization: its policies, extensions, service hooks, feeds and its audit log. */

export interface OrganizationPolicyFact {
  /** `Policy.AllowAnonymousAccess`. */
  readonly name: string;
  readonly value: boolean;
}

/** What overrides the settings of projects, where it is on. */
export interface OrganizationPipelineSettings {
  readonly enforceJobAuthScope?: boolean;
  readonly enforceJobAuthScopeForReleases?: boolean;
  readonly enforceReferencedRepoScopedToken?: boolean;
  readonly enforceSettableVar?: boolean;
}

export interface ExtensionFact {
  readonly publisherId: string;
  readonly publisherName: string;
  readonly extensionId: string;
  readonly name: string;
  readonly version: string;
  /** Where Azure DevOps says them: `builtIn`, `trusted`, `verified`, `preview`, `private`, `deprecated`. */
  readonly flags: readonly string[];
  readonly scopes: readonly string[];
  readonly lastPublished?: string;
  /** Types of its contributions: `ms.azure-pipelines.pipeline-decorator`. */
  readonly contributionTypes: readonly string[];
  readonly isDisabled: boolean;
}

export interface TaskFact {
  readonly id: string;
  readonly name: string;
  readonly versions: readonly string[];
  readonly isDeprecated: boolean;
  /** Not from Microsoft: `publisher.extension`. */
  readonly extension?: string;
  /** Inputs that name a service connection, in small letters. */
  readonly connectionInputs: readonly string[];
}

export interface HookFact {
  readonly id: string;
  readonly projectId?: string;
  readonly event: string;
  readonly consumer: string;
  /** Scheme and host only: addresses hold secrets. */
  readonly scheme?: string;
  readonly host?: string;
  readonly acceptsUntrustedCertificates: boolean;
  readonly hasBasicPassword: boolean;
  readonly status: string;
  /** It is one of our own. */
  readonly isOurs: boolean;
}

export interface FeedFact {
  readonly id: string;
  readonly name: string;
  /** Absent: of the organization. */
  readonly projectId?: string;
  readonly url: string;
  readonly upstreams: readonly { readonly name: string; readonly protocol: string; readonly isPublic: boolean }[];
  /** `none`, `reader`, `collaborator`, `contributor`, `administrator`. */
  readonly permissions: readonly { readonly subject: string; readonly name: string; readonly role: string }[];
  readonly packages: readonly FeedPackageFact[];
  /** Not all packages were listed. */
  readonly isCut: boolean;
}

export interface FeedPackageFact {
  readonly name: string;
  readonly protocol: string;
  /** Some version was published here, not taken from an upstream. */
  readonly isInternal: boolean;
  /** Absent if nobody asked: `auto` blocks versions from outside once one was published here. */
  readonly externalVersions?: "auto" | "allowed";
}

export interface AuditStreamFact {
  readonly id: string;
  readonly name: string;
  readonly consumer: string;
  readonly status: "enabled" | "disabled-by-user" | "disabled-by-system" | "other";
}

export interface AuditEventFact {
  readonly id: string;
  /** `Policy.PolicyConfigModified`. */
  readonly action: string;
  readonly at: string;
  readonly actor: { readonly id: string; readonly name: string };
  readonly projectId?: string;
  readonly details: string;
  /** Names, ids, words and numbers of the event, by Azure DevOps' own keys; texts that look like secrets are left out. */
  readonly data: Readonly<Record<string, string | number | boolean>>;
  readonly address?: string;
  readonly userAgent?: string;
}
