/** What a scan looked at, in words. */
import type { ScanRow } from "#api/scans/contract.ts";

export function sayTarget(target: ScanRow["target"]): string {
  if (target.is === "branch") return sayBranch(target.ref);
  if (target.is === "history") return "history";
  if (target.is === "commit") return `what build ${target.build} built`;
  return `pull request ${target.number}, iteration ${target.iteration}`;
}

export function sayBranch(ref: string): string {
  return ref.replace(/^refs\/heads\//, "");
}

/** Where a finding is, in one line: a line of a file, or what a setting belongs to. */
export function sayPlace(
  at: { readonly path: string; readonly startLine: number } | { readonly resource: string },
): string {
  return "path" in at ? `${at.path}:${at.startLine}` : at.resource;
}
