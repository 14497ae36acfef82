/** One worker thread and the one shard it works on. It is never reused after a failure: the pool opens another. */
import { Worker } from "node:worker_threads";
import type { ThreadAnswer, ThreadMessage } from "./thread-messages.ts";

export type ThreadOutcome =
  | (ThreadAnswer & { readonly is: "scanned" })
  /** The thread is gone; `timed-out` if we ended it. */
  | { readonly is: "lost"; readonly why: "timed-out" | "died" };

export interface Thread {
  /** The bytes of the message are moved. */
  run(message: ThreadMessage, milliseconds: number): Promise<ThreadOutcome>;
  close(): Promise<void>;
}

export interface ThreadSettings {
  readonly heapMegabytes: number;
  /** The program of the thread. */
  readonly program: URL;
  /** Module of the doors to the tree scanners. */
  readonly treeScannersModule: string;
}

/** Short-lived objects of a shard are few; what V8 takes by itself is memory that is never given back. */
const youngMegabytes = 8;

// oxlint-disable-next-line max-lines-per-function -- its parts share one state, and each is short
export function openThread({ heapMegabytes, program, treeScannersModule }: ThreadSettings): Thread {
  const worker = new Worker(program, {
    workerData: { treeScannersModule },
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: youngMegabytes },
  });
  const state: { settle?: (outcome: ThreadOutcome) => void; dead: boolean; begin?: () => void; ready: boolean } = {
    dead: false,
    ready: false,
  };
  const died = () => {
    state.dead = true;
    state.settle?.({ is: "lost", why: "died" });
  };
  worker.on("error", died);
  worker.on("exit", died);
  worker.on("message", (answer: ThreadAnswer) => {
    if (answer.is === "ready") {
      state.ready = true;
      state.begin?.();
    } else state.settle?.(answer);
  });
  worker.unref();
  return {
    run: (message, milliseconds) =>
      new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined;
        state.settle = (outcome) => {
          clearTimeout(timer);
          delete state.settle;
          delete state.begin;
          worker.unref();
          resolve(outcome);
        };
        if (state.dead) return state.settle({ is: "lost", why: "died" });
        worker.ref();
        // The budget counts from the moment the thread is there: loading its code is not the files' fault.
        state.begin = () => {
          timer = setTimeout(() => {
            state.dead = true;
            state.settle?.({ is: "lost", why: "timed-out" });
            void worker.terminate();
          }, milliseconds);
        };
        if (state.ready) state.begin();
        worker.postMessage(message, [message.bytes]);
      }),
    close: async () => {
      state.dead = true;
      await worker.terminate();
    },
  };
}
