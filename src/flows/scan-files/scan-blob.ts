import type { ScanContext } from "#scan/file-scanner.ts";
import { type ScannerResult, scanFileByScanner } from "#scan/scan.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import type { BlobToScan } from "./scan-pool.ts";

/** Runs the scanners on one blob, in whatever thread this is. */
export function scanBlob({ path, objectId, bytes }: BlobToScan, context: ScanContext): readonly ScannerResult[] {
  return scanFileByScanner(sourceFileOf(path, objectId, bytes), context);
}
