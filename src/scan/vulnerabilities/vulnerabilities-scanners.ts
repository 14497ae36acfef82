import type { FileScanner } from "../file-scanner.ts";
import type { TreeScannerDoor } from "../tree-scanner.ts";

/** Known vulnerabilities of packages: the place of its scanners. The room has none yet, so a scan reports nothing of this kind. */
export const vulnerabilitiesScanners: {
  readonly file: readonly FileScanner[];
  readonly tree: readonly TreeScannerDoor[];
} = {
  file: [],
  tree: [],
};
