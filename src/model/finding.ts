import type { ImportedFrom } from "./imported-from.ts";
import type {
  AdvisoryReference,
  LicenseReference,
  PackageReference,
  Reachability,
  Risk,
  Upgrade,
} from "./package-finding.ts";
import type { RuleId } from "./rule.ts";
import type { Severity } from "./severity.ts";
import type { Setting, Span } from "./span.ts";

/** A finding has no id and no history; an issue has. */
export interface Finding {
  readonly rule: RuleId;
  readonly aliases: readonly string[];
  readonly severity: Severity;
  /** One sentence about this occurrence; never holds a secret value. */
  readonly message: string;
  readonly at: Span | Setting;
  /** Where the same problem stands besides, if it was compared with what was there before. */
  readonly alsoAt?: readonly (Span | Setting)[];
  /** The same for the same problem when lines move or, where possible, files are renamed. */
  readonly fingerprint: string;
  /** Secrets only: first characters and length, or just the length. */
  readonly masked?: string;
  /** What decided, in words: "checksum valid", "placeholder-like path". */
  readonly signals?: readonly string[];
  /** Secrets found in a history only. */
  readonly origin?: Origin;
  /** Secrets only: the day (UTC) until which it says itself that it is valid. Whether that is over is for those to say who have a clock. */
  readonly expires?: string;
  /** Secrets only: what its provider said when it was asked, or what follows from its own end. */
  readonly live?: LiveAnswer;
  readonly package?: PackageReference;
  readonly advisory?: AdvisoryReference;
  readonly upgrade?: Upgrade;
  readonly reachability?: Reachability;
  readonly risk?: Risk;
  readonly license?: LicenseReference;
  readonly resource?: ResourceReference;
  readonly fix?: Fix;
  /** Who found it, if not a scanner of the house. */
  readonly imported?: ImportedFrom;
}

export type LiveVerdict = "live" | "not-live" | "unknown";

/** Whether a provider takes a secret. */
export interface LiveAnswer {
  readonly verdict: LiveVerdict;
  /** In words; never holds the secret. */
  readonly reason: string;
  /** When it was asked, or judged by its own end (ISO 8601). */
  readonly at: string;
  /** Nobody was asked: the secret itself says that it is not valid any more. */
  readonly isByItself?: boolean;
}

/** How something came into a history, and where it still is. */
export interface Origin {
  /** The oldest commit that brought it. */
  readonly commit: string;
  readonly author: string;
  /** When the commit was made (ISO 8601); empty if that is not known. */
  readonly at: string;
  /** Whether the newest commit of the default branch still holds it; undefined if its files could not be listed. */
  readonly inHead?: boolean;
  /** Short names of the branches that still hold it, as far as their files could be listed. */
  readonly branches: readonly string[];
}

export interface ResourceReference {
  readonly address: string;
  /** What it is written in: `terraform`, `bicep`, `helm`. */
  readonly language?: string;
  readonly at?: Span;
}

export interface Fix {
  readonly title: string;
  /** True if the edit cannot change behaviour beyond solving the problem. */
  readonly safe: boolean;
  readonly edits: readonly TextEdit[];
}

export interface TextEdit {
  readonly at: Span;
  readonly text: string;
}
