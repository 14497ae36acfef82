import type { BlobToScan, ScanPool } from "#flows/scan-files/scan-pool.ts";
import type { HistoryRequest, HistoryScan } from "#flows/scan-history/history-scan.ts";
import type { Problem } from "#model/scan-result.ts";
import type { TreeFile } from "#scan/tree-keys.ts";

/** Where the bytes of a scan come from. */
export interface ScanSource {
  /** How many blobs there will be at most. */
  readonly total: number;
  blobs(): AsyncIterable<BlobToScan> | Iterable<BlobToScan>;
  /** Old versions of changed files: what was found in them is not new. */
  before?(): AsyncIterable<BlobToScan>;
  /** Files that together mean something, where they are not simply all `blobs`. */
  readonly trees?: SourceTrees;
  /** Secrets of all that there ever was: a source that has it is not asked for secrets in its `blobs`. */
  history?(pool: ScanPool, options: HistoryOptions): Promise<HistoryScan>;
  /** Reads some files again, or at last, in the order given; what cannot be read is a problem. */
  read(files: readonly TreeFile[]): AsyncIterable<BlobToScan> | Iterable<BlobToScan>;
  /** What could not be read; complete when everything was read. */
  readonly problems: readonly Problem[];
  close(): void;
}

export type HistoryOptions = Pick<HistoryRequest, "threads" | "minimumScore" | "secrets">;

export interface SourceTrees {
  readonly after: readonly TreeFile[];
  /** Then only what its units had not is new. */
  readonly before?: readonly TreeFile[];
}

/** Larger blobs are a problem and are not read: an engine's own limit is not above it. */
export const largestBlob = 32 * 1024 * 1024;

/** Plans of Terraform are the only files that mean something as a whole and are larger. */
export function largestBlobAt(path: string): number {
  return /\.json$/i.test(path) ? 2 * largestBlob : largestBlob;
}

export function tooLarge(path: string, size: number, largest = largestBlob): Problem {
  const message = `The file has ${size} bytes; files up to ${largest} are scanned. Nothing in it was examined.`;
  return { scanner: "scan", code: "too-large", message, path };
}
