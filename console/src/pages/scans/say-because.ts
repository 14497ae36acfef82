/** Why a scan was made, in words. */
import type { ScanRow } from "#api/scans/contract.ts";
import { becauseLabels } from "../../ui/words.ts";

const events = {
  branch: "Push",
  "pull-request": "Pull request",
  commit: "Completed build",
  history: "Push",
} as const;

export function sayBecause(scan: ScanRow): string {
  const { is, name } = scan.because;
  if (is === "hook") return events[scan.target.is];
  return name === undefined ? becauseLabels[is] : `${becauseLabels[is]} by ${name}`;
}
