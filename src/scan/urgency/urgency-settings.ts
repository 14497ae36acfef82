/** How much each signal of urgency weighs in an instance, what not knowing costs, and what its people call production. */
import type { UrgencySignal } from "#model/urgency.ts";

/** Given lists must hold together; a list holds if one of its globs fits. All empty: nothing fits. */
export interface PlacePattern {
  /** Globs over `project/repository`. */
  readonly repositories: readonly string[];
  /** Of repositories, as people tag them here. */
  readonly tags: readonly string[];
  /** Globs over short names: `main`, `release/*`. */
  readonly branches: readonly string[];
  /** Globs over the names of pipelines that build the repository. */
  readonly pipelines: readonly string[];
}

export interface UrgencySettings {
  /** 0 to 100 each; 0: the signal does not count. Only their proportions matter. */
  readonly weights: Readonly<Record<UrgencySignal, number>>;
  /** What a missing datum counts as: more than 0, which would be safety, and at most 1. */
  readonly notKnown: Readonly<Record<UrgencySignal, number>>;
  readonly production: readonly PlacePattern[];
  /** What surely is none: only where nothing above fits. */
  readonly notProduction: readonly PlacePattern[];
}

export const defaultUrgencySettings: UrgencySettings = {
  weights: {
    severity: 35,
    "exploit-likelihood": 15,
    "known-exploited": 15,
    reachability: 10,
    "fix-available": 5,
    "secret-live": 25,
    "in-head": 10,
    exposure: 12,
    production: 10,
    "package-risk": 10,
    "attack-path": 5,
    age: 4,
    overdue: 6,
  },
  notKnown: {
    severity: 0.5,
    "exploit-likelihood": 0.3,
    "known-exploited": 0.2,
    reachability: 0.5,
    "fix-available": 0.5,
    "secret-live": 0.6,
    "in-head": 0.8,
    exposure: 0.4,
    production: 0.5,
    "package-risk": 0.4,
    "attack-path": 0.3,
    age: 0.5,
    overdue: 0.5,
  },
  production: [],
  notProduction: [],
};
