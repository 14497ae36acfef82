/** Starts the threads of a history scan at once, so that they load while the packs are listed, and hands them the work. */
import { Worker } from "node:worker_threads";
import type { HistoryWork } from "./history-work.ts";
import { type Worked, workThrough } from "./work-through.ts";

export interface HistoryThreads {
  /** Resolves when every thread has ended; a lost one leaves verdicts out, which shows. */
  run(work: HistoryWork): Promise<Worked>;
  close(): Promise<void>;
}

// By name: it may lie in the bundle (scripts/bundle.js).
const program = new URL(import.meta.resolve("#flows/scan-history/history-thread.ts"));

/** Without threads the calling one does the work. */
export function openHistoryThreads(threads: number): HistoryThreads {
  if (threads === 0) return { run: (work) => Promise.resolve(workThrough(work)), close: () => Promise.resolve() };
  const workers = Array.from({ length: threads }, () => new Worker(program));
  const ended = workers.map(
    (worker) =>
      new Promise<Worked>((resolve) => {
        const nothing = { objects: 0, bytes: 0, looked: 0, suspects: [] };
        worker.once("message", resolve);
        worker.once("error", () => resolve(nothing));
        worker.once("exit", () => resolve(nothing));
      }),
  );
  return {
    async run(work) {
      for (const worker of workers) worker.postMessage(work);
      const all = await Promise.all(ended);
      return all.reduce((sum, one) => ({
        objects: sum.objects + one.objects,
        bytes: sum.bytes + one.bytes,
        looked: sum.looked + one.looked,
        suspects: [...sum.suspects, ...one.suspects],
      }));
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
