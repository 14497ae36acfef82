import type { ScannerName } from "#model/scanner-name.ts";
import type { Severity } from "#model/severity.ts";

type ReportFormat = "table" | "json" | "sarif" | "junit" | "markdown";

/** The options of `sallyport scan`, as the command line hands them over. */
export interface ScanOptions {
  readonly scanners?: readonly ScannerName[];
  readonly history?: boolean;
  readonly diff?: string;
  readonly format: ReportFormat;
  readonly output?: string;
  readonly failOn: Severity | "never";
  readonly includePassed?: boolean;
  readonly baseline?: string;
  readonly config?: string;
  readonly offline?: boolean;
  readonly validate?: boolean;
  readonly threads?: number;
  readonly quiet?: boolean;
}
