import type { FileScanner } from "../file-scanner.ts";
import type { TreeScannerDoor } from "../tree-scanner.ts";

/** Pipelines and their settings: the place of its scanners. The room has none yet, so a scan reports nothing of this kind. */
export const cicdScanners: { readonly file: readonly FileScanner[]; readonly tree: readonly TreeScannerDoor[] } = {
  file: [],
  tree: [],
};
