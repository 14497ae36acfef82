import type { Finding } from "#model/finding.ts";
import type { Problem } from "#model/scan-result.ts";
import type { ScannerName, ScanPart } from "#model/scanner-name.ts";
import type { SilencedFinding } from "#model/silenced-finding.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { SecretSettings } from "./secrets/secret-settings.ts";

/** What a scan needs beside the bytes. It holds no clock, no disk and no network: the same input gives the same result. */
export interface ScanContext {
  /** Keys the fingerprints of secrets, so that nobody without it can test guesses against them. */
  readonly fingerprintKey: Uint8Array;
  /** Scanners to run; all if absent. */
  readonly scanners?: readonly ScanPart[];
  /** Secrets only: report from this score (0 to 100) on; the default is `reportedScore` of secrets/scoring/score.ts. */
  readonly minimumScore?: number;
  /** Secrets only: rules of the scanned code's owner, and whose marks in comments are honoured. */
  readonly secrets?: SecretSettings;
  /** Tree scanners only: also tell what passed and what could not be known. */
  readonly includePassed?: boolean;
}

export interface FileResult {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly silenced: readonly SilencedFinding[];
  /** Names that the file imports; of the part that reads them. */
  readonly imports?: readonly string[];
  /** Of the secrets scanner: the bytes are no text, and nothing was looked for in them. */
  readonly isBinary?: true;
  /** Of the secrets scanner: what rules of the code's owner have cost, in steps, where that is much. */
  readonly ownRuleWork?: number;
}

export const emptyResult: FileResult = { findings: [], problems: [], silenced: [] };

/**
 * A function of one blob and the class of its path. Its result may be stored under `blobKey` and used for every
 * other path of the same class.
 */
export interface FileScanner {
  readonly name: ScanPart;
  /** The scanners that need it, if not the one of its own name. */
  readonly serves?: readonly ScannerName[];
  /** Changes whenever results may change: version of the code and hash of the rules. */
  readonly version: string;
  /** All that the scanner reads from a path; undefined if it never looks at such a file. */
  pathClass(path: string): string | undefined;
  scan(file: SourceFile, context: ScanContext): FileResult;
}
