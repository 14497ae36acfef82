/** Reads what byte-writer.ts wrote. Throws RangeError past the end: the caller knows then that the file is damaged. */
export interface ByteReader {
  number(): number;
  text(): string;
  bytes(length: number): Buffer;
}

export function createByteReader(buffer: Buffer, start: number, end: number): ByteReader {
  let at = start;
  const number = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      if (at >= end || scale > 2 ** 49) throw new RangeError("a number runs past its end");
      const byte = buffer[at++] as number;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  const bytes = (length: number) => {
    if (length > end - at) throw new RangeError("a text runs past its end");
    at += length;
    return buffer.subarray(at - length, at);
  };
  return { number, bytes, text: () => bytes(number()).toString("utf8") };
}
