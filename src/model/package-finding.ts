/** What a finding about a package carries beside its place: each judge of packages adds its own part. */
import type { ExploitLikelihood, KnownExploited } from "./advisory.ts";
import type { Ecosystem } from "./ecosystem.ts";
import type { Relation } from "./package-manifest.ts";

export interface PackageReference {
  readonly ecosystem: Ecosystem;
  readonly purl: string;
  readonly name: string;
  readonly version?: string;
  /** The file that stands for the manifest, which is not always the one that the finding is at. */
  readonly manifest: string;
  readonly relation: Relation;
  readonly isDevelopment: boolean;
  /** From the direct dependency to this package, `name@version` each; others may lead here too. */
  readonly via?: readonly string[];
  /** .NET: the target frameworks that it is in, if not all. */
  readonly frameworks?: readonly string[];
}

/** Vulnerabilities: what is known against the package. */
export interface AdvisoryReference {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly title: string;
  readonly published?: string;
  readonly modified?: string;
  readonly cvss?: { readonly score: number; readonly vector: string };
  readonly likelihood?: ExploitLikelihood;
  readonly exploited?: KnownExploited;
  readonly weaknesses: readonly string[];
  readonly references: readonly string[];
  /** The lowest versions that are not affected, one per line that the advisory names; empty: no fix is published. */
  readonly fixedIn: readonly string[];
  /** The database that says it, to be shown with it. */
  readonly source: string;
}

/** The smallest step that ends the problem. */
export interface Upgrade {
  /** What to raise: the package itself, or the direct dependency that brings it in. */
  readonly name: string;
  readonly from?: string;
  readonly to: string;
  readonly crossesMajor: boolean;
  /** True if `to` is known to bring in a version that is not affected; false if it is the way to try. */
  readonly isCertain: boolean;
  /** How, if the direct dependency is not what changes: pin, override, raise the central version. */
  readonly by: "raise" | "override";
}

/** Whether first-party code imports the package. Evidence that moves priority; "not imported" is no proof. */
export interface Reachability {
  readonly is: "imported" | "imported-by-tests" | "not-imported" | "unknown";
  /** Where, if somewhere: one place of several. */
  readonly example?: string;
  /** The imported direct dependency that leads to it. */
  readonly through?: string;
}

/** Operational risk: every point with its datum. */
export interface Risk {
  /** 0 to 100. */
  readonly score: number;
  readonly level: "low" | "medium" | "high" | "unknown";
  /** Share of the weight whose data was known, 0 to 1. */
  readonly confidence: number;
  readonly factors: readonly RiskFactor[];
}

export interface RiskFactor {
  readonly name: string;
  readonly points: number;
  readonly datum: string;
  readonly asOf: string;
  readonly source: string;
  /** It alone makes the risk high. */
  readonly isGate?: boolean;
}

/** Licences: what was judged, and what decided. */
export interface LicenseReference {
  /** As declared, or as detected; absent if there is none. */
  readonly expression?: string;
  readonly from: "manifest" | "registry" | "text" | "none";
  /** The branch of an OR that was taken, or the part of an AND that was worst. */
  readonly decidedBy?: string;
  readonly category: string;
  /** The rule of the policy that said it. */
  readonly rule: string;
}
