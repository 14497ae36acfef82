import { scanFileByScanner } from "#scan/scan.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import type { ScanPool } from "./scan-pool.ts";

export interface ScanPoolOptions {
  /** Worker threads; 1 scans in the calling thread. */
  readonly threads: number;
  readonly fingerprintKey: Uint8Array;
}

/** Opens the pool; threads start with the first work. */
export function openScanPool({ fingerprintKey }: ScanPoolOptions): ScanPool {
  return {
    async *scan(blobs, options = {}) {
      for await (const { path, objectId, bytes } of blobs) {
        options.signal?.throwIfAborted();
        const results = scanFileByScanner(sourceFileOf(path, objectId, bytes), {
          fingerprintKey,
          ...(options.scanners && { scanners: options.scanners }),
        });
        yield { path, objectId, bytes: bytes.byteLength, results };
      }
    },
    close: async () => {},
  };
}
