/** Changes when any scanner changes. New scanners see old files differently, so after an upgrade everything is read once more. */
import { createHash } from "node:crypto";
import type { Repository } from "#model/repository.ts";
import { fileScanners } from "#scan/scan.ts";
import type { App } from "../app.ts";
import { dayOf } from "../scan-settings/under-settings.ts";

export async function scannersVersion({ scanPool }: Pick<App, "scanPool">): Promise<string> {
  const scanners = [...fileScanners, ...(await scanPool.treeScanners())];
  return createHash("sha256")
    .update(scanners.map(({ name, version }) => `${name} ${version}`).join("\n"))
    .digest("hex")
    .slice(0, 16);
}

/** What a branch was scanned with, as it is kept: the scanners, and the day after which its settings say something else. */
export function versionUntil(version: string, end: string | undefined): string {
  return end === undefined ? version : `${version}${until}${end}`;
}

/** True if the scanners of this version have scanned it, under settings that say the same today. */
export function isScannedWith(
  { scannersVersion: kept }: Pick<Repository, "scannersVersion">,
  version: string,
  now: Date,
): boolean {
  const [scanners, end] = kept?.split(until) ?? [];
  return scanners === version && (end === undefined || end >= dayOf(now));
}

/** Of the scanners alone. */
export function scannersOf({ scannersVersion: kept = "" }: Pick<Repository, "scannersVersion">): string {
  return kept.split(until)[0] ?? "";
}

const until = " until ";
