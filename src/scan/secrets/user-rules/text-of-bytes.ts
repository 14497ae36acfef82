/** A file's bytes as text for patterns, and the way back from a place in the text to one in the bytes. */
import { isUtf8 } from "node:buffer";

export interface TextOfBytes {
  readonly text: string;
  readonly byteAt: (index: number) => number;
}

const step = 4096;

/** Bytes that are no UTF-8 are read as one letter each. */
export function textOfBytes(bytes: Buffer): TextOfBytes {
  if (!isUtf8(bytes)) return { text: bytes.toString("latin1"), byteAt: (index) => index };
  const text = bytes.toString("utf8");
  if (text.length === bytes.length) return { text, byteAt: (index) => index };
  const marks: number[] = [];
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    if (at % step === 0) marks.push(length);
    length += bytesOf(text.charCodeAt(at));
  }
  return {
    text,
    byteAt(index) {
      const mark = Math.min(Math.floor(index / step), marks.length - 1);
      let byte = marks[mark] ?? 0;
      for (let at = mark * step; at < index; at++) byte += bytesOf(text.charCodeAt(at));
      return byte;
    },
  };
}

/** In UTF-8; the second half of a pair counts nothing. */
function bytesOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  if (code >= 0xd800 && code <= 0xdbff) return 4;
  return code >= 0xdc00 && code <= 0xdfff ? 0 : 3;
}
