/** What a folder depends on, as its files say it: for the commands that only list packages. */
import { openScanPool } from "#flows/scan-files/open-scan-pool.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { runScanners } from "../scan/run-scanners.ts";
import { isInGit, placeOf } from "../scan/scan-place.ts";
import { loadSettings } from "../scan/settings/scan-settings-files.ts";
import { openTreeSource } from "../scan/sources/scan-tree-source.ts";

export interface ReadManifests {
  readonly manifests: readonly Manifest[];
  readonly problems: readonly Problem[];
}

export async function readManifests(path: string): Promise<ReadManifests> {
  const place = placeOf(path);
  const { settings } = await loadSettings(place.folder, undefined);
  // No fingerprint is made of a package's name. What is large is read in a thread of its own: it can be ended there.
  const pool = openScanPool({ threads: 1, fingerprintKey: new Uint8Array(32) });
  try {
    const { treeScanners } = pool;
    const scanners = ["packages"] as const;
    const inGit = place.only === undefined && isInGit(place.folder);
    const source = await openTreeSource({ ...place, scanners, treeScanners, skip: settings.skip, inGit });
    const { manifests, problems } = await runScanners(pool, source, { scanners, quiet: true });
    source.close();
    return { manifests, problems: [...source.problems, ...problems] };
  } finally {
    await pool.close();
  }
}
