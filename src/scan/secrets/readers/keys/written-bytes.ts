/** Bytes that code spells out, and where. */
export interface WrittenBytes {
  readonly numbers: Buffer;
  /** Of the first, and behind the last. */
  readonly start: number;
  readonly end: number;
}
