/**
 * Lets callers that wait at the same moment share one write. Each caller is answered after the write that holds its item;
 * too many waiting items are turned away at once, so that a slow disk cannot fill the memory.
 */
export interface GroupCommit<Item, Outcome> {
  /** Undefined if too many items wait already; throws what the write threw. */
  add(item: Item): Promise<Outcome> | undefined;
  readonly waiting: number;
}

interface Waiting<Item, Outcome> {
  readonly item: Item;
  resolve(outcome: Outcome): void;
  reject(reason: unknown): void;
}

export function createGroupCommit<Item, Outcome>(options: {
  /** Writes all items in one transaction; one outcome per item, in their order. */
  readonly write: (items: readonly Item[]) => Promise<readonly Outcome[]>;
  /** True if the write failed because of one item's content, so that the others may succeed without it. */
  readonly isItemsFault: (reason: unknown) => boolean;
  readonly maximumBatch: number;
  readonly maximumWaiting: number;
}): GroupCommit<Item, Outcome> {
  const queue: Waiting<Item, Outcome>[] = [];
  let writing = false;

  async function writeBatch(batch: readonly Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await options.write(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index] as Outcome);
    } catch (reason) {
      if (batch.length > 1 && options.isItemsFault(reason)) {
        for (const one of batch) await writeBatch([one]);
      } else {
        for (const one of batch) one.reject(reason);
      }
    }
  }

  async function drain(): Promise<void> {
    writing = true;
    try {
      while (queue.length > 0) await writeBatch(queue.splice(0, options.maximumBatch));
    } finally {
      writing = false;
    }
  }

  return {
    add(item) {
      if (queue.length >= options.maximumWaiting) return undefined;
      return new Promise<Outcome>((resolve, reject) => {
        queue.push({ item, resolve, reject });
        if (!writing) void drain();
      });
    },
    get waiting() {
      return queue.length;
    },
  };
}
