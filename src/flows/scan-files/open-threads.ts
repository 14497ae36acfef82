import { openThread, type Thread, type ThreadOutcome, type ThreadSettings } from "./open-thread.ts";
import type { ThreadMessage } from "./thread-messages.ts";

export interface ThreadLimits extends ThreadSettings {
  readonly threads: number;
  /** Longest time for a shard; a shard that takes longer is tried again item by item. */
  readonly shardMilliseconds: number;
}

/** Why a thread was lost over an item. */
export type Loss = "timed-out" | "died";

/** Items of one kind: how they travel, and what is said of one that a thread was lost over. */
export interface Kind<Item, Result> {
  readonly message: (items: readonly Item[]) => ThreadMessage;
  readonly lost: (item: Item, why: Loss) => Result;
  /** Longest time for one item that was tried alone. */
  readonly milliseconds: number;
}

export interface Threads {
  /** Results in the order of the items; null for silence. Waits for a free thread. */
  run<Item, Result>(items: readonly Item[], kind: Kind<Item, Result>): Promise<readonly (Result | null)[]>;
  close(): Promise<void>;
}

/** Keeps so many threads, replaces lost ones, and finds the item that a thread was lost over. */
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
  const once = async (message: ThreadMessage, milliseconds: number): Promise<ThreadOutcome> => {
    const thread = await take();
    const outcome = await thread.run(message, milliseconds);
    giveBack(thread, outcome.is === "lost");
    return outcome;
  };
  const alone = async <Item, Result>(item: Item, kind: Kind<Item, Result>): Promise<Result | null> => {
    const outcome = await once(kind.message([item]), kind.milliseconds);
    return outcome.is === "scanned" ? ((outcome.results[0] ?? null) as Result | null) : kind.lost(item, outcome.why);
  };

  return {
    run: async <Item, Result>(items: readonly Item[], kind: Kind<Item, Result>) => {
      const outcome = await once(kind.message(items), limits.shardMilliseconds);
      // A thread answers a message of one kind with results of that kind.
      if (outcome.is === "scanned") return outcome.results as readonly (Result | null)[];
      const results: (Result | null)[] = [];
      for (const item of items) results.push(await alone(item, kind));
      return results;
    },
    close: async () => {
      closed = true;
      await Promise.all([...all].map((thread) => thread.close()));
    },
  };
}
