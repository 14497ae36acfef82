import type { ScanContext } from "#scan/file-scanner.ts";
import type { ScannerResult } from "#scan/scan.ts";
import { openThread, type Thread, type ThreadOutcome, type ThreadSettings } from "./open-thread.ts";
import type { BlobToScan } from "./scan-pool.ts";

export interface ThreadLimits extends ThreadSettings {
  readonly threads: number;
  /** Longest time for a shard; a shard that takes longer is tried again file by file. */
  readonly shardMilliseconds: number;
  /** Longest time for one file that was tried alone. */
  readonly fileMilliseconds: number;
}

export interface Threads {
  /** Results in the order of the blobs; null for silence. Waits for a free thread. */
  run(blobs: readonly BlobToScan[], context: ScanContext): Promise<readonly (readonly ScannerResult[] | null)[]>;
  close(): Promise<void>;
}

/** Keeps so many threads, replaces lost ones, and finds the file that a thread was lost over. */
// oxlint-disable-next-line max-lines-per-function -- its parts share one state, and each is short
export function openThreads(limits: ThreadLimits): Threads {
  const idle: Thread[] = [];
  const waiting: ((thread: Thread) => void)[] = [];
  const all = new Set<Thread>();
  let closed = false;

  const take = async (): Promise<Thread> => {
    if (closed) throw new Error("the scan pool was closed");
    const free = idle.pop();
    if (free !== undefined) return free;
    if (all.size < limits.threads) return opened();
    return new Promise((resolve) => waiting.push(resolve));
  };
  const opened = () => {
    const thread = openThread(limits);
    all.add(thread);
    return thread;
  };
  const giveBack = (thread: Thread, lost: boolean) => {
    if (lost) all.delete(thread);
    const next = waiting.shift();
    if (next !== undefined) next(lost ? opened() : thread);
    else if (!lost) idle.push(thread);
  };
  const once = async (
    blobs: readonly BlobToScan[],
    context: ScanContext,
    milliseconds: number,
  ): Promise<ThreadOutcome> => {
    const thread = await take();
    const outcome = await thread.run(blobs, context, milliseconds);
    giveBack(thread, outcome.is === "lost");
    return outcome;
  };
  const alone = async (blob: BlobToScan, context: ScanContext): Promise<readonly ScannerResult[] | null> => {
    const outcome = await once([blob], context, limits.fileMilliseconds);
    return outcome.is === "scanned" ? (outcome.results[0] ?? null) : lostFile(blob, outcome.why);
  };

  return {
    run: async (blobs, context) => {
      const outcome = await once(blobs, context, limits.shardMilliseconds);
      if (outcome.is === "scanned") return outcome.results;
      const results: (readonly ScannerResult[] | null)[] = [];
      for (const blob of blobs) results.push(await alone(blob, context));
      return results;
    },
    close: async () => {
      closed = true;
      await Promise.all([...all].map((thread) => thread.close()));
    },
  };
}

function lostFile({ path }: BlobToScan, why: "timed-out" | "died"): readonly ScannerResult[] {
  const message =
    why === "timed-out"
      ? "Scanning this file took too long and was stopped; other files are not affected."
      : "Scanning this file ended its thread; other files are not affected.";
  const problem = { scanner: "scan" as const, code: why === "timed-out" ? "timed-out" : "failed", message, path };
  return [{ scanner: "secrets", result: { findings: [], problems: [problem], silenced: [] } }];
}
