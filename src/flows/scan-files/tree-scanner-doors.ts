/** The tree scanners of one thread, loaded at most once and only those that are needed. */
import type { ScanPart } from "#model/scanner-name.ts";
import { isAsked } from "#scan/is-asked.ts";
import type { TreeScanner, TreeScannerDoor } from "#scan/tree-scanner.ts";
import type { ScanPool } from "./scan-pool.ts";

export interface TreeScanners {
  readonly load: ScanPool["treeScanners"];
  /** True if one of them may take the path; cheap. */
  mayTake(path: string, scanners: readonly ScanPart[] | undefined): boolean;
}

/** `module` exports `treeScannerDoors`. */
export async function openTreeScanners(module: string): Promise<TreeScanners> {
  const { treeScannerDoors: doors } = (await import(module)) as { treeScannerDoors: readonly TreeScannerDoor[] };
  const loaded = new Map<TreeScannerDoor, Promise<TreeScanner>>();
  const load = (door: TreeScannerDoor): Promise<TreeScanner> => {
    const before = loaded.get(door);
    if (before) return before;
    const loading = door.load();
    loaded.set(door, loading);
    return loading;
  };
  const asked = (scanners: readonly ScanPart[] | undefined) => doors.filter((door) => isAsked(door, scanners));
  return {
    load: ({ scanners, paths } = {}) =>
      Promise.all(
        asked(scanners)
          .filter(({ mayTake }) => paths === undefined || paths.some(mayTake))
          .map(load),
      ),
    mayTake: (path, scanners) => asked(scanners).some((door) => door.mayTake(path)),
  };
}
