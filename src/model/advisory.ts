/** What the world knows against a package, as the local copy answers it. Aliases are merged and withdrawn ones gone. */
import type { Ecosystem } from "./ecosystem.ts";

export interface Advisory {
  /** The id to show: GHSA for NuGet, npm and Maven, the native one for Go, Rust and Python. */
  readonly id: string;
  /** All other ids of the same problem: CVE, GHSA, PYSEC, vendor's. */
  readonly aliases: readonly string[];
  /** The package itself is an attack (MAL-). */
  readonly isMalicious: boolean;
  /** One line. */
  readonly title: string;
  /** Markdown of its author. */
  readonly details?: string;
  /** ISO dates. */
  readonly published?: string;
  readonly modified?: string;
  /** CVSS vectors as written, of any version. */
  readonly vectors: readonly string[];
  /** The source's own word, where it has one: for advisories without a vector. */
  readonly severityWord?: "critical" | "high" | "medium" | "low";
  /** CWE ids. */
  readonly weaknesses: readonly string[];
  readonly references: readonly string[];
  /** About the package that was asked for: the union of all these is affected. */
  readonly affected: readonly AffectedVersions[];
  /** Name of the database and its licence, to be shown with it. */
  readonly source: string;
}

export interface AffectedVersions {
  readonly ranges: readonly AffectedRange[];
  /** Explicit versions, only where no range says the same. */
  readonly versions: readonly string[];
  /** Go, Rust: what of the package is affected. Empty or absent: all of it. */
  readonly parts?: readonly { readonly path: string; readonly symbols: readonly string[] }[];
}

/** In the ecosystem's order of versions; `introduced` of the first may be "0", below everything. */
export interface AffectedRange {
  readonly events: readonly RangeEvent[];
}

export type RangeEvent =
  | { readonly introduced: string }
  | { readonly fixed: string }
  /** Inclusive. */
  | { readonly lastAffected: string };

/** Answers of the local copy. Synchronous: the copy is indexed, and a package is asked for tens of thousands of times. */
export interface AdvisoryKnowledge {
  /** `name` is normalised (`packageKey`). */
  advisoriesOf(ecosystem: Ecosystem, name: string): readonly Advisory[];
  /** The chance that it is exploited within 30 days, and the share of all CVEs that are less likely; FIRST's EPSS. */
  exploitLikelihood(cve: string): ExploitLikelihood | undefined;
  /** CISA's list of vulnerabilities that are exploited. */
  knownExploited(cve: string): KnownExploited | undefined;
  /** Releases of .NET with what each was released against. */
  readonly runtimes: readonly RuntimeRelease[];
}

export interface ExploitLikelihood {
  readonly probability: number;
  readonly percentile: number;
  /** ISO date of the scores. */
  readonly asOf: string;
}

export interface KnownExploited {
  readonly added: string;
  readonly due?: string;
  readonly inRansomware: boolean;
}

/** One support line of a runtime: `.NET 8.0`. */
export interface RuntimeRelease {
  readonly channel: string;
  readonly latest: string;
  readonly latestSdk?: string;
  readonly endOfLife?: string;
  readonly isLongTerm?: boolean;
  /** Newest first. */
  readonly releases: readonly {
    readonly version: string;
    readonly released?: string;
    readonly sdks: readonly string[];
    /** CVEs that are fixed by it. */
    readonly fixes: readonly string[];
  }[];
}
