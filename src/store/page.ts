/** A page of a list, and its answer. */
export interface Page {
  readonly offset: number;
  readonly limit: number;
}

export interface Rows<T> {
  readonly rows: readonly T[];
  /** How many there are without the page's bounds. */
  readonly total: number;
}

/** All rows, a portion at a time, each read behind the last row of the one before it; the first that is not full is the last one. */
export async function* inPortions<Row>(
  portion: number,
  read: (last: Row | undefined) => Promise<readonly Row[]>,
): AsyncGenerator<Row> {
  let last: Row | undefined;
  for (;;) {
    const rows = await read(last);
    yield* rows;
    if (rows.length < portion) return;
    last = rows.at(-1);
  }
}
