import { nextShard, type Shard } from "./next-shard.ts";

export interface Sharding<Item, Result> {
  readonly bytesOf: (item: Item) => number;
  /** In a shard; as many as travel well if absent. */
  readonly mostItems?: number | undefined;
  /** Shards under way at most. */
  readonly limit: number;
  readonly signal: AbortSignal | undefined;
  /** `seen`: bytes of all shards so far, this one included. */
  readonly run: (shard: Shard<Item>, seen: number) => Promise<readonly Result[]>;
}

type Step<Item, Result> =
  | { readonly is: "shard"; readonly shard: Shard<Item> }
  | { readonly is: "done"; readonly results: readonly Result[]; readonly key: object };

/** Reads the next shard while at most `limit` are under way; nothing more is read before results are taken. */
export async function* inShards<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  { bytesOf, mostItems, limit, signal, run }: Sharding<Item, Result>,
): AsyncGenerator<Result> {
  const input = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const running = new Map<object, Promise<Step<Item, Result>>>();
  let reading: Promise<Step<Item, Result>> | undefined;
  let ended = false;
  let seen = 0;
  const read = async (): Promise<Step<Item, Result>> => ({
    is: "shard",
    shard: await nextShard(input, bytesOf, mostItems),
  });
  const start = (shard: Shard<Item>) => {
    const key = {};
    seen += shard.bytes;
    running.set(
      key,
      run(shard, seen).then((results): Step<Item, Result> => ({ is: "done", results, key })),
    );
  };
  try {
    for (;;) {
      signal?.throwIfAborted();
      if (!ended && running.size < limit) reading ??= read();
      const steps = reading === undefined ? [...running.values()] : [reading, ...running.values()];
      if (steps.length === 0) return;
      const step = await Promise.race(steps);
      if (step.is === "done") {
        running.delete(step.key);
        yield* step.results;
      } else {
        reading = undefined;
        ended = step.shard.last;
        if (step.shard.items.length > 0) start(step.shard);
      }
    }
  } finally {
    // Whoever stops early leaves shards behind: their results, and their failures, interest nobody any more.
    for (const left of [reading, ...running.values()]) left?.catch(() => {});
    if (!ended) await input.return?.();
  }
}
