import type { ScannerName } from "#model/scanner-name.ts";
import type { ScannerResult } from "#scan/scan.ts";

/** One version of one file to scan. The pool takes the bytes over: they may be moved to another thread. */
export interface BlobToScan {
  readonly objectId: string;
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What the scanners say about one blob, each apart, because each result is stored under its own `blobKey`. */
export interface ScannedBlob {
  readonly objectId: string;
  readonly path: string;
  readonly bytes: number;
  readonly results: readonly ScannerResult[];
}

export interface PoolScanOptions {
  /** Scanners to run; all if absent. */
  readonly scanners?: readonly ScannerName[];
  readonly minimumScore?: number;
  /** Ends the scan early: the iteration throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Worker threads that scan blobs, in any order, with bounded memory. Several scans may run at once. */
export interface ScanPool {
  /** Every blob given comes back exactly once; a blob that cannot be scanned comes back with a Problem. */
  scan(blobs: AsyncIterable<BlobToScan> | Iterable<BlobToScan>, options?: PoolScanOptions): AsyncIterable<ScannedBlob>;
  close(): Promise<void>;
}
