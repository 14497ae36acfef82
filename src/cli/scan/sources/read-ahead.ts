/**
 * A second thread that reads the files of a scan ahead and runs the loops over every byte. It shares no more of a scan than that:
 * what runs in both would have to get warm in both.
 */
import { Worker } from "node:worker_threads";
import type { BlobToScan } from "#flows/scan-files/scan-pool.ts";
import type { Precomputed } from "#scan/secrets/prefilter/precomputed.ts";
import type { PrefilterImage } from "#scan/secrets/prefilter/prefilter-memory.ts";

export interface AheadRequest {
  /** Each with a NUL behind it. */
  readonly paths: Uint8Array;
  /** It ends with the batch in which it has read so many bytes. */
  readonly most: number;
  readonly image: PrefilterImage;
}

/** What the thread is started with. */
export interface AheadData {
  /** Batches that are read and not taken: one number, shared. */
  readonly waiting: Int32Array<SharedArrayBuffer>;
  /** With so many the thread waits. */
  readonly mostWaiting: number;
}

/** Of a megabyte each. */
const usuallyWaiting = 32;

/** Files one behind the other. */
export interface AheadBatch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For each file how many bytes it has, -1 if it was not read, and how many numbers were computed of it. */
  readonly lengths: Int32Array;
  readonly precomputed: Precomputed;
}

/** Nothing is precomputed of what is no plain text. */
export type AheadFile = Pick<BlobToScan, "bytes" | "precomputed">;

export interface ReadAhead {
  begin(request: AheadRequest): void;
  /** In the order of the paths, undefined for one that was not read; ends early where the thread ended. */
  files(): AsyncGenerator<AheadFile | undefined>;
  close(): Promise<void>;
}

// By name: it may lie in the bundle (scripts/bundle.js).
const program = new URL(import.meta.resolve("#cli/scan/sources/read-ahead-thread.ts"));

/** Its thread takes 0.1 s to start, in which the calling one may do other things. */
export function openReadAhead(mostWaiting = usuallyWaiting): ReadAhead {
  const waiting = new Int32Array(new SharedArrayBuffer(4));
  const thread = new Worker(program, { workerData: { waiting, mostWaiting } satisfies AheadData });
  const batches: AheadBatch[] = [];
  let hasEnded = false;
  let wake = () => {};
  thread.on("message", (batch: AheadBatch) => {
    batches.push(batch);
    wake();
  });
  // Whatever it did not come to is read without it.
  thread.on("error", () => {});
  thread.once("exit", () => {
    hasEnded = true;
    wake();
  });
  return {
    begin: (request) => thread.postMessage(request),
    async *files() {
      for (;;) {
        const batch = batches.shift();
        if (batch !== undefined) {
          yield* filesOf(batch);
          Atomics.sub(waiting, 0, 1);
          Atomics.notify(waiting, 0);
        } else if (hasEnded) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
    close: async () => {
      await thread.terminate();
    },
  };
}

function* filesOf({ bytes, lengths, precomputed }: AheadBatch): Generator<AheadFile | undefined> {
  let inBytes = 0;
  let inNumbers = 0;
  for (let index = 0; index < lengths.length; index += 2) {
    const size = lengths[index]!;
    if (size < 0) {
      yield undefined;
      continue;
    }
    const numbers = lengths[index + 1]!;
    yield {
      bytes: bytes.subarray(inBytes, inBytes + size),
      ...(numbers > 0 && { precomputed: precomputed.subarray(inNumbers, inNumbers + numbers) }),
    };
    inBytes += size;
    inNumbers += numbers;
  }
}
