/**
 * Lines in brackets or quotes that are indented less than the standard asks, as most programs allow: the line is joined to
 * the one before by blanks, so that all offsets stay. Comments at the end of the line before are blanked too.
 */

/** The text with the line of `at` joined to the one before; undefined if there is none. */
export function joinLines(text: string, at: number): string | undefined {
  const lineBreak = text.lastIndexOf("\n", at - 1);
  if (lineBreak < 0) return undefined;
  const before = text.lastIndexOf("\n", lineBreak - 1) + 1;
  const line = text.slice(before, lineBreak);
  const kept = withoutEnd(line);
  return text.slice(0, before) + kept + " ".repeat(lineBreak + 1 - before - kept.length) + text.slice(lineBreak + 1);
}

function withoutEnd(line: string): string {
  const comment = /(?:^|[\s,])#/.exec(line);
  if (comment && hasClosedQuotes(line.slice(0, comment.index))) return line.slice(0, comment.index);
  return line.replace(/\\?\r?$/, "");
}

function hasClosedQuotes(text: string): boolean {
  return text.split('"').length % 2 === 1 && text.split("'").length % 2 === 1;
}
