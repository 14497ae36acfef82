/**
 * Where a character of a value stands in its file: inside block scalars, folded lines and texts that expressions were put
 * into. Values keep the order of their visible characters, so those are counted on both sides.
 */
import type { Place } from "../text-file.ts";
import type { ScalarNode } from "./source-node.ts";

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;

/** The stretch of the file that wrote `[start, end)` of the node's text. */
export function placeIn(node: ScalarNode, start: number, end: number): Place {
  const from = sourceOffset(node, start, false);
  const to = Math.max(from, sourceOffset(node, Math.max(start, end - 1), true));
  const read = node.source ?? node;
  const first = fileOffset(read, from);
  const last = to > from ? fileOffset(read, to - 1) + 1 : first;
  return { file: read.at.file, start: first, end: Math.max(first, last) };
}

/** From an offset of the expanded text to one of the text as it was read; `isEnd` asks for the offset behind it. */
function sourceOffset({ source, pieces }: ScalarNode, offset: number, isEnd: boolean): number {
  if (!source || !pieces) return isEnd ? offset + 1 : offset;
  let shift = 0;
  for (const piece of pieces) {
    if (offset < piece.start) break;
    if (offset < piece.end) return isEnd ? piece.sourceEnd : piece.sourceStart;
    shift = piece.sourceEnd - piece.end;
  }
  return offset + shift + (isEnd ? 1 : 0);
}

const tables = new WeakMap<ScalarNode, Uint32Array>();

function fileOffset(node: ScalarNode, offset: number): number {
  const table = tables.get(node) ?? offsetsOf(node);
  tables.set(node, table);
  return table[Math.min(offset, table.length - 1)] ?? node.at.start;
}

/** For each character of the value, and the end of it, its offset in the file. */
function offsetsOf({ at: { file, start, end }, text, style }: ScalarNode): Uint32Array {
  const table = new Uint32Array(text.length + 1);
  const isQuoted = style === "quoted" || style === "double-quoted";
  let from = isQuoted ? start + 1 : start;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const escaped = style === "double-quoted" ? escapeAt(file.text, from) : 0;
    if (isSpace(code)) {
      table[at] = from;
      if (escaped > 0) from += escaped;
      else if (from < end && isSpace(file.text.charCodeAt(from))) from++;
      continue;
    }
    from = escaped > 0 ? from : nextVisible(file.text, from, end, code);
    table[at] = from;
    from = Math.min(end, from + Math.max(1, escaped));
    // '' stands for one quote.
    if (style === "quoted" && code === 39 && file.text.charCodeAt(from) === 39) from++;
  }
  table[text.length] = from;
  return table;
}

const escapeLengths: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };

/** How long an escape is that begins here; none where a backslash only joins lines. */
function escapeAt(text: string, at: number): number {
  if (text.charCodeAt(at) !== 92) return 0;
  const letter = text.charAt(at + 1);
  return letter === "\n" || letter === "\r" ? 0 : (escapeLengths[letter] ?? 2);
}

/** What stands between is indentation, line breaks and, in double quotes, escapes. */
function nextVisible(text: string, from: number, end: number, code: number): number {
  for (let at = from; at < end && at < from + 4096; at++) {
    const found = text.charCodeAt(at);
    if (found === code) return at;
    if (!isSpace(found) && found !== 92) return from;
  }
  return from;
}
