import type { BlobToScan, ScanPool } from "#flows/scan-files/scan-pool.ts";
import type { HistoryRequest, HistoryScan } from "#flows/scan-history/history-scan.ts";
import type { Problem } from "#model/scan-result.ts";
import { isArchive, isChartArchive } from "#scan/iac/languages/helm/archive-paths.ts";
import { scannersFor } from "#scan/scan.ts";
import { largestFile } from "#scan/secrets/secrets-scanner.ts";
import type { TreeFile } from "#scan/tree-keys.ts";

/** Where the bytes of a scan come from. */
export interface ScanSource {
  /** How many blobs there will be at most. */
  readonly total: number;
  blobs(): AsyncIterable<BlobToScan> | Iterable<BlobToScan>;
  /** Old versions of changed files: what was found in them is not new. */
  before?(): AsyncIterable<BlobToScan>;
  /** Which of those could not be read; complete when they were. */
  readonly beforeUnread?: readonly Problem[];
  /** Files that together mean something, where they are not simply all `blobs`. */
  readonly trees?: SourceTrees;
  /** Secrets of all that there ever was: a source that has it is not asked for secrets in its `blobs`. */
  history?(pool: ScanPool, options: HistoryOptions): Promise<HistoryScan>;
  /** Reads some files again, or at last, in the order given; what cannot be read is a problem. */
  read(files: readonly TreeFile[]): AsyncIterable<BlobToScan> | Iterable<BlobToScan>;
  /** What could not be read; complete when everything was read. */
  readonly problems: readonly Problem[];
  /** The same for how much was left aside; absent where nothing is listed. */
  readonly leftAside?: LeftAside;
  /** Globs of `skip` that no file fits; absent where not every file was listed. */
  readonly unusedSkips?: readonly string[];
  close(): void;
}

export type HistoryOptions = Pick<HistoryRequest, "threads" | "minimumScore" | "secrets" | "openProgress">;

export interface SourceTrees {
  readonly after: readonly TreeFile[];
  /** Then only what its units had not is new. */
  readonly before?: readonly TreeFile[];
}

/** Larger blobs are a problem and are not read: no engine's own limit is above it. */
export const largestBlob = largestFile;

/** Plans of Terraform are the only files that mean something as a whole and are larger. */
export function largestBlobAt(path: string): number {
  return /\.json$/i.test(path) ? 2 * largestBlob : largestBlob;
}

/** Counts what a source does not scan. */
export interface LeftAside {
  /** Files of kinds that no scanner reads, by their names; what their bytes tell is counted when they are scanned. */
  readonly binary: number;
  /** Paths of files that are larger than what is read: one may be asked for several times. */
  readonly tooLarge: Set<string>;
}

/**
 * Counted and told. Whether an archive is a packed chart only its bytes say, and one that large is none: such a problem would
 * be about files that nobody looks at.
 */
export function leaveTooLarge(
  { leftAside, problems }: { readonly leftAside: LeftAside; readonly problems: Problem[] },
  { path, size, largest = largestBlob }: { readonly path: string; readonly size: number; readonly largest?: number },
): void {
  leftAside.tooLarge.add(path);
  if (scannersFor(path).length > 0 || isChartArchive(path) || !isArchive(path))
    problems.push(tooLarge(path, size, largest));
}

export function tooLarge(path: string, size: number, largest = largestBlob): Problem {
  const message = `The file has ${size} bytes; files up to ${largest} are scanned. Nothing in it was examined.`;
  return { scanner: "scan", code: "too-large", message, path };
}
