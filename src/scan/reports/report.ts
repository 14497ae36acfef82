import type { Finding } from "#model/finding.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { ScanStats } from "#model/scan.ts";
import type { Evaluation, Problem } from "#model/scan-result.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import type { PolicyPlace, Verdict } from "#model/verdict.ts";
import type { VerdictInWords } from "../policies/explain-verdict.ts";

/** The result of one scan, as every format prints it. Paths are relative to the scanned folder. */
export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  /** The name of the key that fingerprints of secrets are made with: those of another key name nothing here. */
  readonly fingerprintKey?: string;
  readonly findings: readonly Finding[];
  readonly evaluations?: readonly Evaluation[];
  readonly packages?: readonly Manifest[];
  readonly problems: readonly Problem[];
  /** What markers, settings and baseline hide, and why. */
  readonly silenced: readonly SilencedFinding[];
  /** Where policies were asked. */
  readonly verdict?: ReportVerdict;
  readonly stats: ScanStats;
}

export interface ReportVerdict extends Verdict {
  readonly place: PolicyPlace;
  readonly words: VerdictInWords;
}
