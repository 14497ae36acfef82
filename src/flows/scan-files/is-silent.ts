import type { ScannerResult } from "#scan/scan.ts";

/** True if no scanner found, missed or silenced anything. */
export function isSilent(results: readonly ScannerResult[]): boolean {
  return results.every(({ result }) => result.findings.length + result.problems.length + result.silenced.length === 0);
}
