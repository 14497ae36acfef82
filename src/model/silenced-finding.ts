import type { Finding } from "./finding.ts";
import type { Span } from "./span.ts";

/** What somebody wrote so that a finding does not count. */
export interface Skip {
  /** Empty if none was given. */
  readonly reason: string;
  /** Where it is written; absent if not in the code. */
  readonly at?: Span;
}

/** A finding that a person silenced, kept so that it can be shown what is hidden, and why. */
export interface SilencedFinding extends Skip {
  readonly finding: Finding;
  readonly by: "inline" | "configuration" | "baseline";
}
