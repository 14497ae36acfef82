/** Bytes as languages write them in a text: `b'\x13\xa7K\n'`, `"\x13\xa7" "K\n"` of C, `"\u0013\u00a7"`. */
import { isUtf8 } from "node:buffer";
import type { WrittenBytes } from "./written-bytes.ts";

const mostBytes = 64;
/** A text of fewer has another use. */
const fewestEscapes = 4;

const opens = /[bB]?(?<quote>["'])/y;
/** What goes on behind a text: by itself, in the next line, behind a sign. */
const joint = /\s{0,60}(?:[.+\\]\s{0,60})?(?=[bB]?["'])/y;
const sign =
  /\\(?:x(?<hex>[0-9a-f]{2})|u00(?<wide>[0-9a-f]{2})|(?<octal>[0-3][0-7]{2})|(?<named>[nrtabfve\\"'$0]))|(?<plain>[ -[\]-~])/iy;
const named: Readonly<Record<string, number>> = {
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  a: 0x07,
  b: 0x08,
  f: 0x0c,
  v: 0x0b,
  e: 0x1b,
  "0": 0,
};

/** The text must begin with the quote, or its prefix. Undefined if it holds too much, few escapes, or words in UTF-8. */
export function escapedBytes(text: string): WrittenBytes | undefined {
  const numbers: number[] = [];
  let [start, end, at, escapes] = [-1, 0, 0, 0];
  for (;;) {
    const quote = matchAt(opens, text, at)?.groups?.quote;
    if (quote === undefined) break;
    at = opens.lastIndex;
    if (start < 0) start = at;
    while (text[at] !== quote) {
      const groups = matchAt(sign, text, at)?.groups;
      if (groups === undefined || numbers.push(byteOf(groups)) > mostBytes) return undefined;
      if (groups.plain === undefined) escapes++;
      at = sign.lastIndex;
    }
    end = at;
    at += 1 + (matchAt(joint, text, at + 1)?.[0].length ?? 0);
  }
  const bytes = Buffer.from(numbers);
  const isText = bytes.some((byte) => byte >= 0x80) && isUtf8(bytes);
  return escapes < fewestEscapes || isText ? undefined : { numbers: bytes, start, end };
}

function byteOf({ hex, wide, octal, named: name = "", plain }: Readonly<Record<string, string | undefined>>): number {
  const digits = hex ?? wide;
  if (digits !== undefined) return Number.parseInt(digits, 16);
  if (octal !== undefined) return Number.parseInt(octal, 8);
  return named[name.toLowerCase()] ?? (plain ?? name).charCodeAt(0);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
