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
  /** It ends with the file in which it has read so many bytes. */
  readonly most: number;
  readonly image: PrefilterImage;
}

/** Files one behind the other. */
export interface AheadBatch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For each file how many bytes it has, -1 if it was not read, and how many numbers belong to it. */
  readonly lengths: Int32Array;
  readonly precomputed: Precomputed;
}

export type AheadFile = Required<Pick<BlobToScan, "bytes" | "precomputed">>;

export interface ReadAhead {
  begin(request: AheadRequest): void;
  /** In the order of the paths, undefined for one that was not read; ends early where the thread ended. */
  files(): AsyncGenerator<AheadFile | undefined>;
  close(): Promise<void>;
}

// By name: it may lie in the bundle (scripts/bundle.js).
const program = new URL(import.meta.resolve("#cli/scan/read-ahead-thread.ts"));

/** Its thread takes 0.1 s to start, in which the calling one may do other things. */
export function openReadAhead(): ReadAhead {
  const thread = new Worker(program);
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
        if (batch !== undefined) yield* filesOf(batch);
        else if (hasEnded) return;
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
    const nextNumber = inNumbers + lengths[index + 1]!;
    yield {
      bytes: bytes.subarray(inBytes, inBytes + size),
      precomputed: precomputed.subarray(inNumbers, nextNumber),
    };
    inBytes += size;
    inNumbers = nextNumber;
  }
}
