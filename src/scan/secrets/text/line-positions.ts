import type { Span } from "#model/span.ts";

/**
 * Turns byte offsets into lines and columns (UTF-16 units). Offsets must not go down from call to call: everything
 * is read once, so a line of ten megabytes with a thousand findings costs no more than one with one.
 */
export function linePositions(bytes: Uint8Array): (start: number, end: number) => Omit<Span, "path"> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let line = 1;
  let column = 1;
  // The last answer holds until it is passed: in a file of one line the rest is not searched again for every finding.
  let known = { from: 0, at: -1 };
  const newlineFrom = (from: number) => {
    if (from < known.from || from > known.at) {
      const found = buffer.indexOf(10, from);
      known = { from, at: found < 0 ? Number.POSITIVE_INFINITY : found };
    }
    return known.at;
  };
  const advance = (from: { offset: number; line: number; column: number }, to: number) => {
    let { offset: at, line: atLine, column: atColumn } = from;
    for (let next = newlineFrom(at); next < to; next = newlineFrom(at)) {
      at = next + 1;
      atLine++;
      atColumn = 1;
    }
    if (to > at) atColumn += buffer.toString("utf8", at, to).length;
    return { offset: Math.max(at, to), line: atLine, column: atColumn };
  };
  return (start, end) => {
    const first = advance({ offset, line, column }, start);
    ({ offset, line, column } = first);
    const last = advance(first, end);
    return { startLine: first.line, startColumn: first.column, endLine: last.line, endColumn: last.column };
  };
}
