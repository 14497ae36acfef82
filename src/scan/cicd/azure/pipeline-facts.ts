/**
 * What is known about a pipeline beside its files, as plain data: where its code lives, who may start it, and what guards
 * the things that it uses. Whatever is absent is not known, and rules that need it say so.
 */
export interface PipelineFacts {
  readonly repositoryKind?: "azure-repos" | "github" | "bitbucket";
  /** Azure Repos: an enabled build policy starts it for pull requests. */
  readonly hasBuildPolicy?: boolean;
  /** Pools by their name in small letters. */
  readonly pools?: Readonly<Record<string, { readonly isHosted: boolean; readonly isEphemeral: boolean }>>;
  /** Variables whose value is secret, from groups and the definition, in small letters. */
  readonly secretVariables?: readonly string[];
  /** Variables that may be set when a run is queued, in small letters. */
  readonly queueVariables?: readonly string[];
  /** Names of connections and environments that an approval or branch control guards. */
  readonly guarded?: readonly string[];
  /** A check on a resource demands that pipelines extend a template. */
  readonly isTemplateRequired?: boolean;
  /** Tasks of extensions that are installed, by name in small letters. */
  readonly extensionTasks?: readonly string[];
  /** Branches that policies protect: `repository@ref`. */
  readonly protectedRefs?: readonly string[];
  /** Connections that use a stored secret rather than federation. */
  readonly secretConnections?: readonly string[];
  /** Owners outside that are trusted: `contoso` of `contoso/templates`. */
  readonly trustedOwners?: readonly string[];
}

/**
 * Whether code of pull requests runs; undefined where that is not known. `pr:` means something only for GitHub and
 * Bitbucket: on Azure Repos a branch policy decides, whatever the file says.
 */
export function runsPullRequests(
  { repositoryKind, hasBuildPolicy }: PipelineFacts,
  pr: { readonly isNone: boolean },
): boolean | undefined {
  if (repositoryKind === "azure-repos") return hasBuildPolicy;
  return repositoryKind === undefined ? undefined : !pr.isNone;
}
