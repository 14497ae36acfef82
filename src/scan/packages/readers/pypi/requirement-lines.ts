/**
 * The lines of a requirements file as pip joins them: a backslash at the end goes on in the next line. Blanks take the place
 * of what joins them, so that offsets stay those of the file.
 */
import type { TextLine } from "../../reading/text-lines.ts";

export interface RequirementLine extends TextLine {
  /** What stands behind `#` in it. */
  readonly comment?: string;
}

export function requirementLines(text: string): readonly RequirementLine[] {
  return [...eachRequirementLine(text)];
}

/**
 * For those who may have enough of them before the end. Where each line stands for itself, those are left out that `passes`
 * takes by the place where they begin: to cut out millions of lines costs more than all that is done with them.
 */
export function* eachRequirementLine(
  file: string,
  passes?: (text: string, at: number) => boolean,
): Generator<RequirementLine, void> {
  const whole = file.charCodeAt(0) === 0xfeff ? ` ${file.slice(1)}` : file;
  // Without either, each line stands for itself.
  const isPlain = !whole.includes("#") && !whole.includes("\\");
  let parts: string[] = [];
  let start = 0;
  let end = 0;
  for (let from = 0, next = 0; from < whole.length; from = next + 1) {
    const newline = whole.indexOf("\n", from);
    next = newline < 0 ? whole.length : newline;
    if (isPlain && passes?.(whole, from)) continue;
    const text = whole.slice(from, next > from && whole.charCodeAt(next - 1) === 13 ? next - 1 : next);
    const at = isPlain ? -1 : commentAt(text);
    if (isPlain || (at < 0 && parts.length === 0 && !text.endsWith("\\"))) {
      yield { text, start: from };
      continue;
    }
    const content = at < 0 ? text : text.slice(0, at);
    const comment = at < 0 ? undefined : text.slice(at + 1).trim();
    // A comment ends what goes on, also if a backslash stands in it.
    if (comment !== undefined && content.trim() === "") {
      if (parts.length > 0) yield { text: parts.join(""), start };
      parts = [];
      yield { text: "", start: from + at, comment };
      continue;
    }
    if (parts.length === 0) start = from;
    else parts.push(" ".repeat(from - end));
    const goesOn = comment === undefined && content.endsWith("\\");
    parts.push(goesOn ? `${content.slice(0, -1)} ` : content);
    end = from + content.length;
    if (goesOn) continue;
    yield { text: parts.join(""), start, ...(comment !== undefined && { comment }) };
    parts = [];
  }
  if (parts.length > 0) yield { text: parts.join(""), start };
}

/** Where a comment begins: at the start of the line or behind a blank. */
function commentAt(text: string): number {
  for (let at = text.indexOf("#"); at >= 0; at = text.indexOf("#", at + 1)) {
    if (at === 0 || text.charCodeAt(at - 1) <= 32) return at;
  }
  return -1;
}
