/** Why a scan was made, in words. */
import type { ScanRow } from "#api/scans/contract.ts";
import { becauseLabels } from "../../ui/words.ts";

export function sayBecause(scan: ScanRow): string {
  const { is, name } = scan.because;
  if (is === "hook") return scan.target.is === "branch" ? "Push" : "Pull request";
  return name === undefined ? becauseLabels[is] : `${becauseLabels[is]} by ${name}`;
}
