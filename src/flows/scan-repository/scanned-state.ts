/**
 * What the last scan of a branch looked at, and with which scanners. New scanners see old files differently, so after an
 * upgrade everything is read once more; git forbids blanks in ref names, so both fit where the store keeps the ref.
 */
import { createHash } from "node:crypto";
import { fileScanners, treeScanners } from "#scan/scan.ts";

export interface ScannedState {
  readonly ref: string;
  readonly scanners: string;
}

let current: string | undefined;

/** Changes when any scanner changes. */
export function scannersVersion(): string {
  current ??= createHash("sha256")
    .update([...fileScanners, ...treeScanners].map(({ name, version }) => `${name} ${version}`).join("\n"))
    .digest("hex")
    .slice(0, 16);
  return current;
}

export function writeScannedState(ref: string): string {
  return `${ref} ${scannersVersion()}`;
}

export function readScannedState(text: string): ScannedState {
  const [ref = "", scanners = ""] = text.split(" ");
  return { ref, scanners };
}
