import type { Finding, ResourceReference } from "./finding.ts";
import type { RuleId } from "./rule.ts";
import type { ScanPart } from "./scanner-name.ts";
import type { Setting, Span } from "./span.ts";

/** What could not be read or was given up. Shown beside the findings, never dropped. */
export interface Problem {
  readonly scanner: ScanPart | "git" | "scan";
  /** A stable word to switch on: `too-large`, `not-utf8`, `timed-out`, `syntax`. */
  readonly code: string;
  /** What was expected, what was found, and what still works. */
  readonly message: string;
  readonly path?: string;
  readonly line?: number;
  /** Something to know that took nothing from the result: a skip that skips nothing. The scan is complete all the same. */
  readonly isNotice?: boolean;
}

/** One policy on one resource, also when it passed. */
export interface Evaluation {
  readonly rule: RuleId;
  readonly aliases: readonly string[];
  readonly result: "pass" | "fail" | "unknown" | "skip";
  readonly at: Span | Setting;
  readonly resource: ResourceReference;
}

export interface ScanResult {
  readonly findings: readonly Finding[];
  readonly evaluations?: readonly Evaluation[];
  readonly problems: readonly Problem[];
}
