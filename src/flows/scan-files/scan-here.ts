import type { ScanContext } from "#scan/file-scanner.ts";
import { scanFileByScanner, scanUnit, surveyFile } from "#scan/scan.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import type { TreeResult, TreeScanner } from "#scan/tree-scanner.ts";
import { recentSource } from "./recent-sources.ts";
import type { BlobToScan, BlobWords, UnitToScan } from "./scan-pool.ts";

/** Runs the scanners on one blob, and surveys it for the given tree scanners, in whatever thread this is. */
export function scanBlob(blob: BlobToScan, context: ScanContext, treeScanners: readonly TreeScanner[]): BlobWords {
  const { path, objectId, bytes, precomputed } = blob;
  const surveying = treeScanners.filter((scanner) => scanner.selects(path));
  const file = surveying.length > 0 ? recentSource(blob) : sourceFileOf(path, objectId, bytes, precomputed);
  return {
    results: scanFileByScanner(file, context),
    surveys: surveying.map((scanner) => ({ scanner: scanner.name, ...surveyFile(scanner, file) })),
  };
}

/** Runs a tree scanner on one unit, in whatever thread this is. */
export function scanOneUnit(
  { scanner: name, unit, files }: UnitToScan,
  context: ScanContext,
  treeScanners: readonly TreeScanner[],
): TreeResult {
  const scanner = treeScanners.find((one) => one.name === name);
  const sources = files.map(recentSource);
  return scanner
    ? scanUnit(scanner, unit, sources, context)
    : { findings: [], problems: [], silenced: [], evaluations: [] };
}
