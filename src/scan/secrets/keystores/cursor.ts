/** Reads numbers and pieces of bytes one after the other; what is not there makes everything behind it undefined. */
export interface Cursor {
  readonly at: number;
  /** Big-endian, of 1, 2 or 4 bytes. */
  number(bytes: 1 | 2 | 4): number | undefined;
  take(length: number | undefined): Buffer | undefined;
}

export function cursorOf(bytes: Buffer, from = 0): Cursor {
  let at = from;
  const take = (length: number | undefined): Buffer | undefined => {
    if (length === undefined || length > bytes.length - at) {
      at = Number.POSITIVE_INFINITY;
      return undefined;
    }
    const piece = bytes.subarray(at, at + length);
    at += length;
    return piece;
  };
  return {
    get at() {
      return at;
    },
    number: (count) => take(count)?.readUIntBE(0, count),
    take,
  };
}
