/** Changes when any scanner changes. New scanners see old files differently, so after an upgrade everything is read once more. */
import { createHash } from "node:crypto";
import { fileScanners } from "#scan/scan.ts";
import type { App } from "../app.ts";

export async function scannersVersion({ scanPool }: Pick<App, "scanPool">): Promise<string> {
  const scanners = [...fileScanners, ...(await scanPool.treeScanners())];
  return createHash("sha256")
    .update(scanners.map(({ name, version }) => `${name} ${version}`).join("\n"))
    .digest("hex")
    .slice(0, 16);
}
