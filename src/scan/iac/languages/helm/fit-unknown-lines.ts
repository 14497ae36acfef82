/**
 * Something unknown on a line of its own was written as a member of a block. Between items of a list it is an item; the
 * line keeps its length, so that all places stay.
 */

const unknownLine = /^( *)([\ue900-\uf8ff]): \2[ \t]*$/;

export function fitUnknownLines(text: string): string {
  if (!/[\ue900-\uf8ff]: /.test(text)) return text;
  const lines = text.split("\n");
  return lines
    .map((line, position) => {
      const [, indent, letter] = unknownLine.exec(line) ?? [];
      if (indent === undefined || letter === undefined) return line;
      const isItem = [-1, 1].some((step) => neighbour(lines, position, step, indent.length).startsWith(`${indent}- `));
      return isItem ? line.replace(`${letter}: ${letter}`, `- ${letter} `) : line;
    })
    .join("\n");
}

/** Lines that are looked at; long texts between items are rare. */
const farthest = 200;

/** The next line in a direction that is indented as much or less, and says something. */
function neighbour(lines: readonly string[], from: number, step: number, indent: number): string {
  for (let at = from + step, left = farthest; left > 0 && at >= 0 && at < lines.length; at += step, left--) {
    const line = lines[at] ?? "";
    const own = line.search(/\S/);
    if (own >= 0 && own <= indent && !unknownLine.test(line)) return line;
  }
  return "";
}
