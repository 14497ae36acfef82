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
  const advance = (from: { offset: number; line: number; column: number }, to: number) => {
    let { offset: at, line: atLine, column: atColumn } = from;
    for (let next = buffer.indexOf(10, at); next >= 0 && next < to; next = buffer.indexOf(10, at)) {
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
