/** Files that nobody looks at, counted: a scan says what it left aside. */
import { scannersFor } from "#scan/scan.ts";
import type { TreeScanner } from "#scan/tree-scanner.ts";

/** Of kinds that no scanner reads, asked for or not, by their names. */
export function countBinary(paths: readonly string[], trees: readonly TreeScanner[]): number {
  return paths.filter((path) => isBinaryName(path, trees)).length;
}

export function isBinaryName(path: string, trees: readonly TreeScanner[]): boolean {
  return scannersFor(path).length === 0 && !trees.some((scanner) => scanner.selects(path));
}
