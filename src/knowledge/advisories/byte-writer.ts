/** Grows a buffer of bytes: numbers of seven bits a byte, and texts. */
export interface ByteWriter {
  readonly length: number;
  number(value: number): void;
  text(text: string): void;
  bytes(bytes: Uint8Array): void;
  /** A copy of what was written since `from`. */
  take(from?: number): Buffer;
  clear(): void;
}

export function createByteWriter(): ByteWriter {
  let buffer = Buffer.allocUnsafe(64 * 1024);
  let length = 0;
  const reserve = (more: number) => {
    if (length + more <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, length + more));
    buffer.copy(larger, 0, 0, length);
    buffer = larger;
  };
  const number = (value: number) => {
    reserve(10);
    let rest = value;
    while (rest >= 0x80) {
      buffer[length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    buffer[length++] = rest;
  };
  return {
    get length() {
      return length;
    },
    number,
    text(text) {
      const size = Buffer.byteLength(text);
      number(size);
      reserve(size);
      length += buffer.write(text, length);
    },
    bytes(bytes) {
      reserve(bytes.length);
      buffer.set(bytes, length);
      length += bytes.length;
    },
    take: (from = 0) => Buffer.from(buffer.subarray(from, length)),
    clear() {
      length = 0;
    },
  };
}
