/** What a folder depends on, as its files say it: for the commands that only list packages. */
import { openScanPool } from "#flows/scan-files/open-scan-pool.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { plainText } from "#scan/reports/plain-text.ts";
import { whyUnexamined } from "#scan/reports/unexamined.ts";
import { runScanners } from "../scan/run-scanners.ts";
import { isBareRepository, isInGit, placeOf } from "../scan/scan-place.ts";
import { loadSettings } from "../scan/settings/scan-settings-files.ts";
import { openTreeSource } from "../scan/sources/scan-tree-source.ts";
import { UsageError } from "../usage-error.ts";

export interface ReadManifests {
  readonly manifests: readonly Manifest[];
  readonly problems: readonly Problem[];
  /** 2 where nothing could be read of what there was, with a line that says so; else 0. */
  readonly exitCode: 0 | 2;
}

export async function readManifests(path: string): Promise<ReadManifests> {
  const place = placeOf(path);
  if (place.only === undefined && isBareRepository(place.folder))
    throw new UsageError(`${path} is a bare repository: it has no files. Name a working tree of it.`);
  const { settings } = await loadSettings(place.folder, undefined);
  // No fingerprint is made of a package's name. What is large is read in a thread of its own: it can be ended there.
  const pool = openScanPool({ threads: 1, fingerprintKey: new Uint8Array(32) });
  try {
    const { treeScanners } = pool;
    const scanners = ["packages"] as const;
    const inGit = place.only === undefined && isInGit(place.folder);
    const source = await openTreeSource({ ...place, scanners, treeScanners, skip: settings.skip, inGit });
    const { manifests, problems: found, files } = await runScanners(pool, source, { scanners, quiet: true });
    source.close();
    const problems = [...source.problems, ...found];
    const stats = { files, bytes: 0, milliseconds: 0, cache: { hits: 0, misses: files } };
    return { manifests, problems, exitCode: exitCodeOf(whyUnexamined({ problems, stats })) };
  } finally {
    await pool.close();
  }
}

function exitCodeOf(unread: Problem | undefined): 0 | 2 {
  if (unread === undefined) return 0;
  const place = unread.path === undefined ? "" : `${plainText(unread.path)}: `;
  console.error(`sallyport: nothing was examined. ${place}${unread.message}`);
  return 2;
}
