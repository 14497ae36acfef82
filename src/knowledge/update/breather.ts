/** Lets a long computation give way to everything else that the process does, every 25 milliseconds, and end when asked to. */
import { setImmediate as turn } from "node:timers/promises";

export interface Breather {
  isDue(): boolean;
  /** `done`: how far the work is, for whoever watches. */
  breathe(done: number): Promise<void>;
}

export function createBreather(signal?: AbortSignal, onProgress?: (done: number) => void): Breather {
  let last = performance.now();
  let countdown = 0;
  return {
    isDue() {
      // Asking for the time costs more than most of what happens between two questions.
      countdown -= 1;
      if (countdown > 0) return false;
      countdown = 16;
      return performance.now() - last > 25;
    },
    async breathe(done) {
      onProgress?.(done);
      await turn();
      signal?.throwIfAborted();
      last = performance.now();
    },
  };
}
