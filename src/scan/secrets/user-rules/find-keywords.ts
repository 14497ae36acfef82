/** Which of many words stand in a file, without regard to case, in one pass over its bytes (Aho-Corasick). */
export interface KeywordFinder {
  /** Indexes of the words that are there. */
  find(bytes: Uint8Array): ReadonlySet<number>;
}

/** `words` are in lower case. */
export function keywordFinder(words: readonly string[]): KeywordFinder {
  const encoded = words.map((word) => Buffer.from(word));
  const columns = new Uint16Array(256);
  const used = [...new Set(encoded.flatMap((word) => [...word]))];
  used.forEach((byte, index) => {
    columns[byte] = index + 1;
    if (byte >= 97 && byte <= 122) columns[byte - 32] = index + 1;
  });
  const width = used.length + 1;
  const rows: Int32Array[] = [new Int32Array(width)];
  const ends: number[][] = [[]];
  encoded.forEach((word, index) => {
    let state = 0;
    for (const byte of word) {
      const column = columns[byte]!;
      if (rows[state]![column] === 0) {
        rows[state]![column] = rows.length;
        rows.push(new Int32Array(width));
        ends.push([]);
      }
      state = rows[state]![column]!;
    }
    ends[state]!.push(index);
  });
  linkFailures(rows, ends, width);
  const table = new Int32Array(rows.length * width);
  for (const [state, row] of rows.entries()) table.set(row, state * width);
  const isEnd = Uint8Array.from(ends, (list) => (list.length > 0 ? 1 : 0));
  return {
    find(bytes) {
      const found = new Set<number>();
      let state = 0;
      for (let at = 0; at < bytes.length; at++) {
        state = table[state * width + columns[bytes[at]!]!]!;
        if (isEnd[state] === 1) for (const index of ends[state]!) found.add(index);
      }
      return found;
    },
  };
}

/** Fills each row with where its longest known ending leads to; rows are visited in the order of their depth. */
function linkFailures(rows: readonly Int32Array[], ends: readonly number[][], width: number): void {
  const fail = new Int32Array(rows.length);
  const order = [0];
  for (let index = 0; index < order.length; index++) {
    const state = order[index]!;
    for (let column = 1; column < width; column++) {
      const child = rows[state]![column]!;
      const fallback = state === 0 ? 0 : rows[fail[state]!]![column]!;
      if (child === 0) {
        rows[state]![column] = fallback;
        continue;
      }
      fail[child] = fallback;
      ends[child]!.push(...ends[fallback]!);
      order.push(child);
    }
  }
}
