import type { TextEdit } from "#model/finding.ts";

/** The texts by path with the edits made, the last one first so that places stay right. */
export function applyEdits(
  texts: Readonly<Record<string, string>>,
  edits: readonly TextEdit[],
): Readonly<Record<string, string>> {
  const edited = { ...texts };
  const backwards = edits.toSorted(
    (a, b) => b.at.startLine - a.at.startLine || b.at.startColumn - a.at.startColumn || 0,
  );
  for (const { at, text } of backwards) {
    const old = edited[at.path] ?? "";
    const lines = old.split("\n");
    const offset = (line: number, column: number) =>
      lines.slice(0, line - 1).join("\n").length + Math.min(line - 1, 1) + column - 1;
    edited[at.path] =
      `${old.slice(0, offset(at.startLine, at.startColumn))}${text}${old.slice(offset(at.endLine, at.endColumn))}`;
  }
  return edited;
}
