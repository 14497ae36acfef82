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

// oxlint-disable-next-line max-lines-per-function -- its parts share one state, and each is short
export function createGroupCommit<Item, Outcome>(options: {
  /** Writes all items in one transaction; one outcome per item, in their order. */
  readonly write: (items: readonly Item[]) => Promise<readonly Outcome[]>;
  /** True if the write failed because of one item's content, so that the others may succeed without it. */
  readonly isItemsFault: (reason: unknown) => boolean;
  /** What an item costs while it waits, in any unit. */
  readonly weigh: (item: Item) => number;
  readonly maximumBatch: number;
  readonly maximumWaiting: number;
  /** Of all that wait together. An item alone may be heavier. */
  readonly maximumWeight: number;
}): GroupCommit<Item, Outcome> {
  const queue: Waiting<Item, Outcome>[] = [];
  let weight = 0;
  let writing = false;

  async function writeBatch(batch: readonly Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await options.write(batch.map(({ item }) => item));
      for (const [index, one] of batch.entries()) one.resolve(outcomes[index] as Outcome);
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
      while (queue.length > 0) {
        const batch = queue.splice(0, options.maximumBatch);
        await writeBatch(batch);
        for (const { item } of batch) weight -= options.weigh(item);
      }
    } finally {
      writing = false;
    }
  }

  return {
    add(item) {
      const added = options.weigh(item);
      const isTooMuch = weight > 0 && weight + added > options.maximumWeight;
      if (queue.length >= options.maximumWaiting || isTooMuch) return undefined;
      weight += added;
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
