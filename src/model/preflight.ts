/** What a credential may do in one organization, as far as cheap calls can tell, and which features that carries. */
import type { FeatureName, ScopeName } from "./scopes.ts";

export type Verdict = "granted" | "missing" | "unknown";

export interface CheckedScope {
  readonly scope: ScopeName;
  readonly verdict: Verdict;
  /** Which call told it, or why none can. */
  readonly reason: string;
}

export interface CheckedRole {
  readonly role: "collection-administrator" | "project-administrator";
  /** Of a project administrator. */
  readonly project?: { readonly id: string; readonly name: string };
  readonly verdict: Verdict;
  readonly reason: string;
}

export interface CheckedFeature {
  readonly feature: FeatureName;
  readonly works: "yes" | "in-part" | "no" | "unknown";
  /** What works and what does not, in one or two sentences. */
  readonly reason: string;
  /** Scopes as Azure DevOps' pages name them, and rights, that would make it work. */
  readonly missing: readonly string[];
}

export interface Preflight {
  readonly checkedAt: Date;
  readonly scopes: readonly CheckedScope[];
  readonly roles: readonly CheckedRole[];
  readonly features: readonly CheckedFeature[];
}
