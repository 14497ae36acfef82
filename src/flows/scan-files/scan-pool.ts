/** What the pool of scanning threads takes and gives, for those who use it. */
import type { Problem } from "#model/scan-result.ts";
import type { ScanPart } from "#model/scanner-name.ts";
import type { ScannerResult } from "#scan/scan.ts";
import type { SecretSettings } from "#scan/secrets/secret-settings.ts";
import type { Survey, TreeResult, TreeScanner, TreeUnit } from "#scan/tree-scanner.ts";

/** One version of one file to scan. The pool only reads the bytes; they must not change until the file was scanned. */
export interface BlobToScan {
  readonly objectId: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  /** See `SourceFile`; only used where the blob is scanned in the calling thread. */
  readonly precomputed?: Int32Array;
}

/** What a tree scanner sees in one file. */
export interface BlobSurvey {
  readonly scanner: ScanPart;
  readonly survey: Survey;
  /** Why the survey is empty, if the scanner failed. */
  readonly problem?: Problem;
}

/** What the scanners say about one blob, each apart, because each result is stored under its own key. */
export interface BlobWords {
  readonly results: readonly ScannerResult[];
  /** Of the tree scanners that select the path, if surveys were asked for. */
  readonly surveys: readonly BlobSurvey[];
}

export interface ScannedBlob extends BlobWords {
  readonly objectId: string;
  readonly path: string;
  readonly bytes: number;
}

/** A unit of a tree scanner, with the bytes of its files. */
export interface UnitToScan {
  readonly scanner: ScanPart;
  readonly unit: TreeUnit;
  readonly files: readonly BlobToScan[];
}

/** `unit` is the very object that was given. */
export interface ScannedUnit {
  readonly unit: TreeUnit;
  readonly bytes: number;
  readonly result: TreeResult;
}

export interface PoolScanOptions {
  /** Scanners to run; all if absent. */
  readonly scanners?: readonly ScanPart[];
  readonly minimumScore?: number;
  readonly secrets?: SecretSettings;
  /** Also survey each blob for the tree scanners. */
  readonly surveys?: boolean;
  /** Units only: also tell what passed. */
  readonly includePassed?: boolean;
  /** Ends the scan early: the iteration throws the signal's reason. */
  readonly signal?: AbortSignal;
}

type Given<T> = AsyncIterable<T> | Iterable<T>;

/** Worker threads that scan, in any order, with bounded memory. Several scans may run at once. */
export interface ScanPool {
  /** Every blob given comes back exactly once; a blob that cannot be scanned comes back with a Problem. */
  scan(blobs: Given<BlobToScan>, options?: PoolScanOptions): AsyncIterable<ScannedBlob>;
  /** Every unit given comes back exactly once; one that cannot be scanned comes back with a Problem. */
  scanUnits(units: Given<UnitToScan>, options?: PoolScanOptions): AsyncIterable<ScannedUnit>;
  /** The asked-for tree scanners, loaded; only those that may take one of the paths, if paths are given. */
  readonly treeScanners: (asked?: {
    readonly scanners?: readonly ScanPart[] | undefined;
    readonly paths?: readonly string[];
  }) => Promise<readonly TreeScanner[]>;
  close(): Promise<void>;
}
