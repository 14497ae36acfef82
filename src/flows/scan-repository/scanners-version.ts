/** Changes when any scanner changes. New scanners see old files differently, so after an upgrade everything is read once more. */
import { createHash } from "node:crypto";
import { fileScanners, treeScanners } from "#scan/scan.ts";

let current: string | undefined;

export function scannersVersion(): string {
  current ??= createHash("sha256")
    .update([...fileScanners, ...treeScanners].map(({ name, version }) => `${name} ${version}`).join("\n"))
    .digest("hex")
    .slice(0, 16);
  return current;
}
