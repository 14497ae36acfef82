/** Reads one word of a shell script: quotes, escapes and the commands whose output becomes part of it. */
import type { Heredoc, ShellCommand, ShellWord } from "./read-shell.ts";

export interface WordCursor {
  readonly text: string;
  /** Reads `\'` within single quotes as an escaped quote, which no shell does. */
  readonly lenient: boolean;
  at: number;
  depth: number;
  /** Set when a quote was never closed. */
  leftOpen: boolean;
  readonly heredocs: OpenHeredoc[];
  /** Here-documents whose end was looked for in vain. */
  unclosed: number;
  readonly commandsUntil: (cursor: WordCursor, closer: string) => readonly ShellCommand[];
}

/** A here-document whose body begins behind the line. */
export interface OpenHeredoc {
  readonly delimiter: string;
  /** Tabs before the delimiter do not count. */
  readonly tabs: boolean;
  readonly isExpanded: boolean;
  readonly close: (body: Heredoc) => void;
}

/** Substitutions within substitutions that are followed; deeper ones count as plain text. */
const deepest = 24;
const longestParameter = 2000;
const endsWord = new Set([" ", "\t", "\r", "\n", ";", "&", "|", "<", ">", "(", ")"]);

interface Draft {
  text: string;
  readonly inner: ShellCommand[];
}

/** The word at the cursor, which then stands behind it; an empty one where no word begins. */
export function readWord(cursor: WordCursor): ShellWord {
  const start = cursor.at;
  const draft: Draft = { text: "", inner: [] };
  while (cursor.at < cursor.text.length) {
    const char = cursor.text[cursor.at] ?? "";
    if (endsWord.has(char) && !(cursor.at === start && opensProcess(cursor))) break;
    if (char === "'") readSingle(cursor, draft);
    else if (char === '"') readDouble(cursor, draft);
    else if (char === "\\") readEscape(cursor, draft);
    else readOther(cursor, draft, char);
  }
  return { text: draft.text, start, end: cursor.at, inner: draft.inner };
}

/** `<(...)` and `>(...)`. */
function opensProcess({ text, at }: WordCursor): boolean {
  return (text[at] === "<" || text[at] === ">") && text[at + 1] === "(";
}

function readEscape(cursor: WordCursor, draft: Draft): void {
  const next = cursor.text[cursor.at + 1];
  const line = next === "\r" && cursor.text[cursor.at + 2] === "\n" ? 3 : 2;
  if (next !== "\n" && line === 2) draft.text += next ?? "\\";
  cursor.at += line;
}

function readSingle(cursor: WordCursor, draft: Draft): void {
  const start = cursor.at + 1;
  let end = cursor.text.indexOf("'", start);
  while (cursor.lenient && end > start && cursor.text[end - 1] === "\\") end = cursor.text.indexOf("'", end + 1);
  if (end < 0) cursor.leftOpen = true;
  const inside = cursor.text.slice(start, end < 0 ? undefined : end);
  draft.text += cursor.lenient ? inside.replaceAll("\\'", "'") : inside;
  cursor.at = end < 0 ? cursor.text.length : end + 1;
}

function readDouble(cursor: WordCursor, draft: Draft): void {
  cursor.at++;
  while (cursor.at < cursor.text.length) {
    const char = cursor.text[cursor.at] ?? "";
    if (char === '"') {
      cursor.at++;
      return;
    }
    const next = cursor.text[cursor.at + 1] ?? "";
    if (char === "\\" && '"\\$`\n'.includes(next)) readEscape(cursor, draft);
    else readOther(cursor, draft, char);
  }
  cursor.leftOpen = true;
}

function readOther(cursor: WordCursor, draft: Draft, char: string): void {
  const next = cursor.text[cursor.at + 1];
  const opens = (char === "$" || char === "<" || char === ">") && next === "(";
  if (opens && cursor.depth < deepest) readSubstitution(cursor, draft);
  else if (char === "`" && cursor.depth < deepest) readBackquotes(cursor, draft);
  else if (char === "$" && next === "{") readParameter(cursor, draft);
  else {
    draft.text += char;
    cursor.at++;
  }
}

function readSubstitution(cursor: WordCursor, draft: Draft): void {
  const start = cursor.at;
  cursor.at += 2;
  cursor.depth++;
  // Arithmetic, `$((1 + 2))`, is read like commands; nothing in it looks like a program that matters.
  draft.inner.push(...cursor.commandsUntil(cursor, ")"));
  cursor.depth--;
  if (cursor.text[cursor.at] === ")") cursor.at++;
  draft.text += cursor.text.slice(start, cursor.at);
}

function readBackquotes(cursor: WordCursor, draft: Draft): void {
  const end = cursor.text.indexOf("`", cursor.at + 1);
  if (end < 0) {
    draft.text += "`";
    cursor.at++;
    return;
  }
  const inside: WordCursor = { ...cursor, text: cursor.text.slice(0, end), at: cursor.at + 1, heredocs: [] };
  inside.depth++;
  draft.inner.push(...cursor.commandsUntil(inside, ""));
  draft.text += cursor.text.slice(cursor.at, end + 1);
  cursor.at = end + 1;
}

/** `${NAME:-default}` with whatever it nests, as written. */
function readParameter(cursor: WordCursor, draft: Draft): void {
  const end = cursor.text.slice(cursor.at, cursor.at + longestParameter).indexOf("}");
  const stop = cursor.at + (end < 0 ? 2 : end + 1);
  draft.text += cursor.text.slice(cursor.at, stop);
  cursor.at = stop;
}
