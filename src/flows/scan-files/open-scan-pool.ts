/** Opens the pool that the server's flows and the command line scan with. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ScanContext } from "#scan/file-scanner.ts";
import { emptyResult } from "#scan/file-scanner.ts";
import { scannersFor } from "#scan/scan.ts";
import { inShards } from "./in-shards.ts";
import type { Shard } from "./next-shard.ts";
import { type Kind, openThreads, type ThreadLimits, type Threads } from "./open-threads.ts";
import {
  filesAtOnce,
  hasOwnRules,
  ownRuleBudget,
  searchedWithout,
  usualOwnRuleWork,
  withoutOwnRules,
} from "./own-rule-budget.ts";
import { scanBlob, scanOneUnit } from "./scan-here.ts";
import type { BlobToScan, BlobWords, PoolScanOptions, ScanPool, UnitToScan } from "./scan-pool.ts";
import { blobKind, unitKind } from "./thread-kinds.ts";
import { openTreeScanners, type TreeScanners } from "./tree-scanner-doors.ts";

export interface ScanPoolOptions extends Partial<ThreadLimits> {
  /** Worker threads beside the calling one; 0 scans in the calling thread, shard by shard. */
  readonly threads: number;
  readonly fingerprintKey: Uint8Array;
  /**
   * A scan's first bytes are scanned in the calling thread until this many were seen: a thread costs about 0.1 s to
   * start, the time in which 20 to 40 MB are scanned. A server that must answer meanwhile passes less.
   */
  readonly inlineBytes?: number;
  /** The same for units: a byte of a unit is parsed, resolved and judged, which takes about twenty times as long. */
  readonly inlineUnitBytes?: number;
  /** Steps that rules of the code's owner may take in one scan. */
  readonly mostOwnRuleWork?: number;
  /** Longest time for one file, and for one unit, that was tried alone. */
  readonly fileMilliseconds?: number;
  readonly unitMilliseconds?: number;
}

const defaults = {
  shardMilliseconds: 60_000,
  fileMilliseconds: 20_000,
  unitMilliseconds: 120_000,
  heapMegabytes: 512,
  // Both by name: they may lie in the bundle (scripts/bundle.js).
  program: new URL(import.meta.resolve("#flows/scan-files/scan-thread.ts")),
  treeScannersModule: import.meta.resolve("#scan/scan.ts"),
  inlineBytes: 8 * 1024 * 1024,
  inlineUnitBytes: 512 * 1024,
  mostOwnRuleWork: usualOwnRuleWork,
};

// oxlint-disable-next-line max-lines-per-function -- its parts share one state, and each is short
export function openScanPool(options: ScanPoolOptions): ScanPool {
  const settings = { ...defaults, ...options };
  let threads: Threads | undefined;
  let treeScanners: Promise<TreeScanners> | undefined;
  let closed = false;
  const doors = () => (treeScanners ??= openTreeScanners(settings.treeScannersModule));

  /** Here while it is little, else in a thread. */
  async function runShard<Item, Result>(
    { items }: Shard<Item>,
    isLittle: boolean,
    here: (item: Item) => Result,
    kind: Kind<Item, Result>,
  ): Promise<readonly (Result | null)[]> {
    if (closed) throw new Error("the scan pool was closed");
    if (settings.threads > 0 && !(threads === undefined && isLittle)) {
      threads ??= openThreads(settings);
      return threads.run(items, kind);
    }
    const results: Result[] = [];
    for (const item of items) results.push(here(item));
    await nextTurn();
    return results;
  }

  const limit = settings.threads + 1;
  return {
    scan: (blobs, scanOptions = {}) => {
      const context = contextOf(settings.fingerprintKey, scanOptions);
      const { signal, scanners, surveys = false } = scanOptions;
      const budget = ownRuleBudget(settings.mostOwnRuleWork);
      return inShards(blobs, {
        mostItems: hasOwnRules(context) ? filesAtOnce : undefined,
        limit,
        signal,
        bytesOf: (blob) => blob.bytes.byteLength,
        run: async (shard, seen) => {
          const paths = shard.items.map(({ path }) => path);
          const surveying = surveys ? await (await doors()).load({ scanners, paths }) : [];
          const isSpent = budget.isSpent();
          const given = isSpent ? withoutOwnRules(context) : context;
          const kind = blobKind(given, surveys, settings.fileMilliseconds);
          const here = (blob: BlobToScan) => scanBlob(blob, given, surveying);
          const words = await runShard(shard, seen <= settings.inlineBytes, here, kind);
          budget.spend(words);
          const silent = (path: string): BlobWords => ({
            results: scannersFor(path, scanners).map(({ name }) => ({ scanner: name, result: emptyResult })),
            surveys: surveying.filter((one) => one.selects(path)).map(({ name }) => ({ scanner: name, survey: {} })),
          });
          return shard.items.map(({ objectId, path, bytes }, index) => {
            const all = words[index] ?? silent(path);
            return { objectId, path, bytes: bytes.byteLength, ...(isSpent ? searchedWithout(all, path) : all) };
          });
        },
      });
    },
    scanUnits: (units, scanOptions = {}) => {
      const context = contextOf(settings.fingerprintKey, scanOptions);
      return inShards(units, {
        limit,
        signal: scanOptions.signal,
        bytesOf,
        run: async (shard, seen) => {
          const loaded = await (await doors()).load({ scanners: shard.items.map(({ scanner }) => scanner) });
          const here = (unit: UnitToScan) => scanOneUnit(unit, context, loaded);
          const kind = unitKind(context, settings.unitMilliseconds);
          const results = await runShard(shard, seen <= settings.inlineUnitBytes, here, kind);
          return shard.items.map((item, index) => {
            const result = results[index] ?? { ...emptyResult, evaluations: [] };
            return { unit: item.unit, bytes: bytesOf(item), result };
          });
        },
      });
    },
    treeScanners: async (asked) => (await doors()).load(asked),
    close: async () => {
      closed = true;
      await threads?.close();
    },
  };
}

function bytesOf({ files }: UnitToScan): number {
  return files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
}

function contextOf(
  fingerprintKey: Uint8Array,
  { scanners, minimumScore, secrets, includePassed }: PoolScanOptions,
): ScanContext {
  return {
    fingerprintKey,
    ...(scanners !== undefined && { scanners }),
    ...(minimumScore !== undefined && { minimumScore }),
    ...(secrets !== undefined && { secrets }),
    ...(includePassed !== undefined && { includePassed }),
  };
}
