/** One worker thread and the one shard it works on. It is never reused after a failure: the pool opens another. */
import { Worker } from "node:worker_threads";
import type { ScanContext } from "#scan/file-scanner.ts";
import type { ScannerResult } from "#scan/scan.ts";
import type { BlobToScan } from "./scan-pool.ts";
import type { ShardMessage, ThreadAnswer } from "./thread-messages.ts";

export type ThreadOutcome =
  | { readonly is: "scanned"; readonly results: readonly (readonly ScannerResult[] | null)[] }
  /** The thread is gone; `timed-out` if we ended it. */
  | { readonly is: "lost"; readonly why: "timed-out" | "died" };

export interface Thread {
  run(blobs: readonly BlobToScan[], context: ScanContext, milliseconds: number): Promise<ThreadOutcome>;
  close(): Promise<void>;
}

export interface ThreadSettings {
  readonly heapMegabytes: number;
  /** The program of the thread. */
  readonly program: URL;
}

/** Short-lived objects of a shard are few; what V8 takes by itself is memory that is never given back. */
const youngMegabytes = 8;

// oxlint-disable-next-line max-lines-per-function -- its parts share one state, and each is short
export function openThread({ heapMegabytes, program }: ThreadSettings): Thread {
  const worker = new Worker(program, {
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
    run: (blobs, context, milliseconds) =>
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
        const message = shardMessage(blobs, context);
        worker.postMessage(message, [message.bytes]);
      }),
    close: async () => {
      state.dead = true;
      await worker.terminate();
    },
  };
}

/** Bytes are gathered in one buffer: blobs are often slices of a buffer that others still read. */
function shardMessage(blobs: readonly BlobToScan[], context: ScanContext): ShardMessage {
  const bytes = new Uint8Array(blobs.reduce((sum, blob) => sum + blob.bytes.byteLength, 0));
  let offset = 0;
  const files = blobs.map((blob) => {
    bytes.set(blob.bytes, offset);
    offset += blob.bytes.byteLength;
    return { path: blob.path, objectId: blob.objectId, length: blob.bytes.byteLength };
  });
  return { files, bytes: bytes.buffer, context };
}
