/** How packages are judged: which licences are allowed, what counts as a risk. Everything has a default. */
import type { Severity } from "#model/severity.ts";
import { defaultLicensePolicy } from "../licenses/default-license-policy.ts";
import { defaultRiskSettings } from "../operational-risk/default-risk-settings.ts";

export interface PackageSettings {
  readonly licenses: LicensePolicy;
  readonly operationalRisk: RiskSettings;
}

export type LicenseAction = "allow" | "review" | "deny";

/** Ordered rules; the first that matches decides. */
export interface LicensePolicy {
  readonly rules: readonly LicenseRule[];
  /** Where no rule matches, and for packages whose licence is not known. */
  readonly otherwise: LicenseAction;
}

/** Every given part of `match` must fit. */
export interface LicenseRule {
  readonly match: {
    /** An SPDX id, exact but for case; `GPL-3.0-only WITH Classpath-exception-2.0` as one. */
    readonly license?: string;
    readonly category?: LicenseCategory;
    /** A glob over the package's name: `@contoso/*`, `Contoso.*`. */
    readonly package?: string;
    readonly scope?: "production" | "development" | "direct";
  };
  readonly action: LicenseAction;
  readonly severity?: Severity;
  readonly reason?: string;
  /** Last day, ISO date: from then on the rule is as if it were not there. */
  readonly until?: string;
}

export type LicenseCategory =
  | "public-domain"
  | "permissive"
  | "weak-copyleft"
  | "strong-copyleft"
  | "network-copyleft"
  | "non-commercial"
  | "source-available"
  | "proprietary"
  | "unknown";

export interface RiskSettings {
  /** Scores from these on are medium and high. */
  readonly mediumFrom: number;
  readonly highFrom: number;
  /** Below this share of known data the level is unknown. */
  readonly leastConfidence: number;
  /** What becomes an issue. */
  readonly report: "high" | "medium";
  /** Points per factor at most; a factor with 0 is off. */
  readonly weights: Readonly<Record<RiskWeight, number>>;
}

export type RiskWeight =
  | "release-age"
  | "no-recent-release"
  | "single-maintainer"
  | "maintainer-change"
  | "no-repository"
  | "majors-behind"
  | "versions-behind"
  | "popularity";

export const defaultPackageSettings: PackageSettings = {
  licenses: defaultLicensePolicy,
  operationalRisk: defaultRiskSettings,
};
