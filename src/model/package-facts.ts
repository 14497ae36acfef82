/** What registries and forges tell about a package. Every fact may be absent: unknown is not zero. */
import type { Ecosystem } from "./ecosystem.ts";

export interface PackageFacts {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  /** Where the answer came from: a host's name, `deps.dev`. */
  readonly source: string;
  /** ISO time of the answer. */
  readonly asOf: string;
  /** The feed is a private one: popularity means nothing there. */
  readonly isPrivate?: boolean;
  readonly versions: readonly VersionFacts[];
  /** Of the whole package: deprecated, abandoned, relocated, with the words given and the replacement. */
  readonly abandoned?: { readonly reason: string; readonly replacement?: string };
  /** Empty if the registry says that there is none. */
  readonly repository?: string;
  readonly isArchived?: boolean;
  readonly maintainers?: { readonly count: number; readonly changed?: string };
  /** In the registry's own unit, and the share of packages of the ecosystem with fewer, 0 to 1. */
  readonly downloads?: { readonly count: number; readonly unit: string; readonly percentile?: number };
  readonly dependents?: number;
}

export interface VersionFacts {
  readonly version: string;
  readonly published?: string;
  readonly deprecated?: string;
  /** Yanked, retracted or unlisted; the reason if there is one. */
  readonly withdrawn?: string;
  readonly licenses?: readonly string[];
  readonly integrity?: string;
  readonly runsInstallScript?: boolean;
  readonly hasProvenance?: boolean;
  readonly publisher?: string;
}

export interface PackageKnowledge {
  /** Synchronous: what the local copy has. `name` is normalised (`packageKey`). */
  factsOf(ecosystem: Ecosystem, name: string): PackageFacts | undefined;
}
