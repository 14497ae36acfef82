/** Opens the pool that the server's flows and the command line scan with. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ScanContext } from "#scan/file-scanner.ts";
import { emptyResult } from "#scan/file-scanner.ts";
import { type ScannerResult, scannersFor } from "#scan/scan.ts";
import { nextShard, type Shard } from "./next-shard.ts";
import { openThreads, type ThreadLimits, type Threads } from "./open-threads.ts";
import { scanBlob } from "./scan-blob.ts";
import type { BlobToScan, PoolScanOptions, ScannedBlob, ScanPool } from "./scan-pool.ts";

export interface ScanPoolOptions extends Partial<ThreadLimits> {
  /** Worker threads beside the calling one; 0 scans in the calling thread, shard by shard. */
  readonly threads: number;
  readonly fingerprintKey: Uint8Array;
  /**
   * A scan's first bytes are scanned in the calling thread until this many were seen: a thread costs about 0.1 s to
   * start, the time in which 20 to 40 MB are scanned. A server that must answer meanwhile passes less.
   */
  readonly inlineBytes?: number;
}

const defaults = {
  shardMilliseconds: 60_000,
  fileMilliseconds: 20_000,
  heapMegabytes: 512,
  program: new URL("./scan-thread.ts", import.meta.url),
  inlineBytes: 8 * 1024 * 1024,
};

export function openScanPool(options: ScanPoolOptions): ScanPool {
  const settings = { ...defaults, ...options };
  let threads: Threads | undefined;
  let closed = false;

  async function scanShard(shard: Shard, context: ScanContext, seen: number): Promise<readonly ScannedBlob[]> {
    if (closed) throw new Error("the scan pool was closed");
    if (settings.threads === 0 || (threads === undefined && seen <= settings.inlineBytes)) {
      const scanned = shard.blobs.map((blob) => scannedBlob(blob, scanBlob(blob, context)));
      await nextTurn();
      return scanned;
    }
    threads ??= openThreads(settings);
    const results = await threads.run(shard.blobs, context);
    return shard.blobs.map((blob, index) => scannedBlob(blob, results[index] ?? silence(blob, context)));
  }

  return {
    scan: (blobs, scanOptions = {}) =>
      scanInShards(blobs, scanOptions, settings.threads + 1, (shard, seen) =>
        scanShard(shard, contextOf(settings.fingerprintKey, scanOptions), seen),
      ),
    close: async () => {
      closed = true;
      await threads?.close();
    },
  };
}

function contextOf(fingerprintKey: Uint8Array, { scanners, minimumScore }: PoolScanOptions): ScanContext {
  return {
    fingerprintKey,
    ...(scanners !== undefined && { scanners }),
    ...(minimumScore !== undefined && { minimumScore }),
  };
}

/** What a thread leaves unsaid: every scanner that looked found nothing. */
function silence({ path }: BlobToScan, context: ScanContext): readonly ScannerResult[] {
  return scannersFor(path, context.scanners).map(({ name }) => ({ scanner: name, result: emptyResult }));
}

function scannedBlob(blob: BlobToScan, results: readonly ScannerResult[]): ScannedBlob {
  return { objectId: blob.objectId, path: blob.path, bytes: blob.bytes.byteLength, results };
}

type Step =
  | { readonly is: "shard"; readonly shard: Shard }
  | { readonly is: "scanned"; readonly blobs: readonly ScannedBlob[]; readonly key: object };

/** Reads the next shard while at most `limit` are under way; nothing more is read before results are taken. */
async function* scanInShards(
  blobs: AsyncIterable<BlobToScan> | Iterable<BlobToScan>,
  { signal }: PoolScanOptions,
  limit: number,
  scanShard: (shard: Shard, seen: number) => Promise<readonly ScannedBlob[]>,
): AsyncGenerator<ScannedBlob> {
  const input = Symbol.asyncIterator in blobs ? blobs[Symbol.asyncIterator]() : blobs[Symbol.iterator]();
  const running = new Map<object, Promise<Step>>();
  let reading: Promise<Step> | undefined;
  let ended = false;
  let seen = 0;
  const read = async (): Promise<Step> => ({ is: "shard", shard: await nextShard(input) });
  const start = (shard: Shard) => {
    const key = {};
    seen += shard.bytes;
    running.set(
      key,
      scanShard(shard, seen).then((scanned): Step => ({ is: "scanned", blobs: scanned, key })),
    );
  };
  try {
    for (;;) {
      signal?.throwIfAborted();
      if (!ended && running.size < limit) reading ??= read();
      const steps = reading === undefined ? [...running.values()] : [reading, ...running.values()];
      if (steps.length === 0) return;
      const step = await Promise.race(steps);
      if (step.is === "scanned") {
        running.delete(step.key);
        yield* step.blobs;
      } else {
        reading = undefined;
        ended = step.shard.last;
        if (step.shard.blobs.length > 0) start(step.shard);
      }
    }
  } finally {
    // Whoever stops early leaves shards behind: their results, and their failures, interest nobody any more.
    for (const left of [reading, ...running.values()]) left?.catch(() => {});
    if (!ended) await input.return?.();
  }
}
