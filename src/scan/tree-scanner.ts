import type { ScanResult } from "#model/scan-result.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import type { SourceFile } from "#model/source-file.ts";
import type { ScanContext } from "./file-scanner.ts";

/** A file of the tree whose bytes are read only when a scanner asks for them. */
export interface TreeFile {
  readonly path: string;
  readonly objectId: string;
  readonly size: number;
}

/** A function of the blobs that it read (modules, charts, templates across files); stored under the hash of those. */
export interface TreeScanner {
  readonly name: ScannerName;
  readonly version: string;
  /** The files whose bytes the scanner must have, chosen by path. */
  selects(path: string): boolean;
  scan(files: readonly SourceFile[], tree: readonly TreeFile[], context: ScanContext): ScanResult;
}
