/**
 * The lines of a requirements file as pip joins them: a backslash at the end goes on in the next line. Blanks take the place
 * of what joins them, so that offsets stay those of the file.
 */
import { linesOf, type TextLine } from "../../reading/text-lines.ts";

export interface RequirementLine extends TextLine {
  /** What stands behind `#` in it. */
  readonly comment?: string;
}

export function requirementLines(text: string): readonly RequirementLine[] {
  const joined: RequirementLine[] = [];
  let parts: string[] = [];
  let start = 0;
  let end = 0;
  const finish = (): void => {
    if (parts.length > 0) joined.push({ text: parts.join(""), start });
    parts = [];
  };
  for (const line of linesOf(text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text)) {
    const comment = commentAt(line.text);
    // A comment ends what goes on, also if a backslash stands in it.
    const isComment = comment >= 0 && line.text.slice(0, comment).trim() === "";
    const content = comment < 0 ? line.text : line.text.slice(0, comment);
    if (parts.length === 0) start = line.start;
    else if (!isComment) parts.push(" ".repeat(line.start - end));
    if (isComment) finish();
    else {
      const goesOn = comment < 0 && content.endsWith("\\");
      parts.push(goesOn ? `${content.slice(0, -1)} ` : content);
      end = line.start + content.length;
      if (!goesOn) finish();
    }
    if (comment >= 0) addComment(joined, line, comment, isComment);
  }
  finish();
  return joined;
}

function addComment(joined: RequirementLine[], { text, start }: TextLine, at: number, isAlone: boolean): void {
  const comment = text.slice(at + 1).trim();
  const last = joined.at(-1);
  if (isAlone || !last) joined.push({ text: "", start: start + at, comment });
  else joined[joined.length - 1] = { ...last, comment };
}

/** Where a comment begins: at the start of the line or behind a blank. */
function commentAt(text: string): number {
  for (let at = text.indexOf("#"); at >= 0; at = text.indexOf("#", at + 1)) {
    if (at === 0 || text.charCodeAt(at - 1) <= 32) return at;
  }
  return -1;
}
