/**
 * The pace of one identity. Azure DevOps counts 200 units in five minutes per identity, and people use the same account:
 * few calls at once, and none before the moment that the service names in Retry-After or X-RateLimit-Reset.
 */
import { RemoteError } from "#model/remote-error.ts";

export interface Pacer {
  /** Runs `call` when its turn comes. */
  run<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** No call before this moment; a later one wins. */
  pauseUntil(time: number): void;
}

export interface PacerOptions {
  readonly callsAtOnce: number;
  /** Milliseconds that a call waits here at most; a longer pause is the caller's to plan. */
  readonly longestPause: number;
  readonly now: () => Date;
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

export function createPacer(options: PacerOptions): Pacer {
  const { callsAtOnce, longestPause, now, wait } = options;
  const waiting: (() => void)[] = [];
  let running = 0;
  let pausedUntil = 0;

  /** The pause may have grown while it was waited for. */
  async function sitOut(signal: AbortSignal | undefined): Promise<void> {
    for (let left = pausedUntil - now().getTime(); left > 0; left = pausedUntil - now().getTime()) {
      if (left > longestPause) {
        throw new RemoteError("rate-limited", "Azure DevOps asks this account to wait.", { retryAfter: left });
      }
      await wait(left, signal);
    }
  }

  async function take(): Promise<void> {
    if (running < callsAtOnce) {
      running += 1;
      return;
    }
    // The one that ends hands its place over.
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function give(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  return {
    async run(call, signal) {
      await take();
      try {
        signal?.throwIfAborted();
        await sitOut(signal);
        return await call();
      } finally {
        give();
      }
    },
    pauseUntil(time) {
      pausedUntil = Math.max(pausedUntil, time);
    },
  };
}
