/** Items that travel to a thread together: enough that a message costs nothing, few enough that memory stays small. */
export interface Shard<Item> {
  readonly items: readonly Item[];
  readonly bytes: number;
  /** True if the input ended with it. */
  readonly last: boolean;
}

const mostBytes = 1024 * 1024;
const mostItems = 200;

export async function nextShard<Item>(
  input: AsyncIterator<Item> | Iterator<Item>,
  bytesOf: (item: Item) => number,
  most = mostItems,
): Promise<Shard<Item>> {
  const items: Item[] = [];
  let bytes = 0;
  while (bytes < mostBytes && items.length < most) {
    const { done, value } = await input.next();
    if (done === true) return { items, bytes, last: true };
    items.push(value);
    bytes += bytesOf(value);
  }
  return { items, bytes, last: false };
}
