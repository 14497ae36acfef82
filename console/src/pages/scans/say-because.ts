/** Why a scan was made, in words. */
import type { ScanRow } from "#api/scans/contract.ts";
import { becauseLabels } from "../../ui/words.ts";

export function sayBecause(scan: ScanRow): string {
  const because = becauseLabels[scan.because.is];
  return scan.because.name === undefined ? because : `${because} by ${scan.because.name}`;
}
