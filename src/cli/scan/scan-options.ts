import type { PolicyTrigger } from "#model/policy.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { Severity } from "#model/severity.ts";

type ReportFormat = "table" | "json" | "sarif" | "junit" | "markdown";

/** The options of `sallyport scan`, as the command line hands them over. */
export interface ScanOptions {
  readonly scanners?: readonly ScannerName[];
  readonly history?: boolean;
  readonly diff?: string;
  /** What the next commit would hold. */
  readonly staged?: boolean;
  /** One file from the standard input. */
  readonly stdin?: boolean;
  /** The name of that file. */
  readonly path?: string;
  readonly format: ReportFormat;
  readonly output?: string;
  readonly failOn: Severity | "never";
  /** Ends with 2 where the scan is not complete. */
  readonly failOnProblems?: boolean;
  /** A file, a folder, or the built-in set: what blocks decides the exit code, in place of `failOn`. */
  readonly policies?: string;
  readonly trigger?: PolicyTrigger;
  /** `project/repository`. */
  readonly repository?: string;
  readonly tags?: string;
  readonly branch?: string;
  readonly includePassed?: boolean;
  readonly baseline?: string;
  readonly config?: string;
  readonly offline?: boolean;
  /** Ask providers about found secrets: all of them, or those of a comma-separated list. */
  readonly validate?: boolean | string;
  readonly threads?: number;
  readonly quiet?: boolean;
}
