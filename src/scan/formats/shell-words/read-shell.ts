/**
 * Splits a POSIX shell script into simple commands: assignments, words, redirections, and what feeds what. It expands
 * nothing and runs nothing; a script it does not understand gives the commands it could tell, never an error.
 */
import { readWord, type WordCursor } from "./read-word.ts";

export interface ShellWord {
  /** Quotes and escapes taken away; `$NAME` and `$(...)` stay as written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Commands in `$(...)`, backquotes or `<(...)` whose output becomes part of the word. */
  readonly inner: readonly ShellCommand[];
}

export interface Assignment {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly inner: readonly ShellCommand[];
}

export interface ShellCommand {
  readonly assignments: readonly Assignment[];
  readonly words: readonly ShellWord[];
  /** `> file`, `2>&1`, `< file`; the target of a here-document is its delimiter. */
  readonly redirects: readonly Redirect[];
  readonly start: number;
  readonly end: number;
  /** The command whose output is piped into this one. */
  readonly pipedFrom?: ShellCommand | undefined;
}

export interface Redirect {
  readonly operator: string;
  readonly target: ShellWord;
  readonly heredoc?: Heredoc;
}

/** The lines of a here-document, as who gets them sees them but for the values that are put in. */
export interface Heredoc extends ShellWord {
  /** The shell puts values in, whatever quotes stand around them: its delimiter is written without any. */
  readonly isExpanded: boolean;
}

interface Draft {
  readonly assignments: Assignment[];
  readonly words: ShellWord[];
  readonly redirects: Redirect[];
  readonly pipedFrom: ShellCommand | undefined;
}

const reserved = new Set(["if", "then", "else", "elif", "fi", "do", "done", "while", "until", "esac", "!", "{", "}"]);
const assignmentStart = /^([A-Za-z_]\w*)\+?=/;
const redirectStart = /(?:\d*|&)(?:<<<|<<-?|<>|<&|>>|>&|>\||[<>])/y;

/** Each costs a look through the rest of the script; no real script has so many. */
const mostUnclosed = 20;

export function readShell(text: string): readonly ShellCommand[] {
  const strict = cursorOn(text, false);
  const commands = readCommands(strict, "");
  if (!strict.leftOpen) return commands;
  // 'it\'s' is a common slip that leaves a quote open and swallows the rest: then it is read as it was meant.
  return readCommands(cursorOn(text, true), "");
}

function cursorOn(text: string, lenient: boolean): WordCursor {
  return { text, lenient, at: 0, depth: 0, leftOpen: false, heredocs: [], unclosed: 0, commandsUntil: readCommands };
}

/** Reads up to `closer` (")" in a substitution, "" for the end of the text) and leaves the cursor on it. */
function readCommands(cursor: WordCursor, closer: string): readonly ShellCommand[] {
  const out: ShellCommand[] = [];
  let draft = emptyDraft(undefined);
  const close = (piped: boolean) => {
    const command = commandOf(draft);
    if (command) out.push(command);
    draft = emptyDraft(piped ? (command ?? out.at(-1)) : undefined);
  };
  let groups = 0;
  while (cursor.at < cursor.text.length) {
    const char = cursor.text[cursor.at] ?? "";
    if (char === ")" && closer === ")" && groups === 0) break;
    if (char === " " || char === "\t" || char === "\r") cursor.at++;
    else if (char === "#") cursor.at = endOfLine(cursor.text, cursor.at);
    else if (char === "\n") {
      close(false);
      cursor.at++;
      readHeredocs(cursor);
    } else if (char === "(" || char === ")") {
      groups = Math.max(0, groups + (char === "(" ? 1 : -1));
      const from = draft.pipedFrom;
      close(false);
      if (char === "(") draft = emptyDraft(from);
      cursor.at++;
    } else if (char === ";" || char === "|" || (char === "&" && cursor.text[cursor.at + 1] !== ">")) {
      readSeparator(cursor, close);
    } else readPart(cursor, draft);
  }
  close(false);
  return out;
}

function emptyDraft(pipedFrom: ShellCommand | undefined): Draft {
  return { assignments: [], words: [], redirects: [], pipedFrom };
}

function commandOf({ assignments, words, redirects, pipedFrom }: Draft): ShellCommand | undefined {
  const parts = [...assignments, ...words, ...redirects.map(({ target }) => target)];
  if (parts.length === 0) return undefined;
  let [start, end] = [Number.POSITIVE_INFINITY, 0];
  for (const part of parts) {
    start = Math.min(start, part.start);
    end = Math.max(end, part.end);
  }
  return { assignments, words, redirects, start, end, ...(pipedFrom && { pipedFrom }) };
}

function readSeparator(cursor: WordCursor, close: (piped: boolean) => void): void {
  const char = cursor.text[cursor.at];
  const doubled = cursor.text[cursor.at + 1] === char;
  const pipe = char === "|" && !doubled;
  close(pipe);
  cursor.at += doubled || (pipe && cursor.text[cursor.at + 1] === "&") ? 2 : 1;
}

/** A redirection, an assignment before the command, or a word of it. */
function readPart(cursor: WordCursor, draft: Draft): void {
  redirectStart.lastIndex = cursor.at;
  const operator = redirectStart.exec(cursor.text)?.[0];
  const after = operator && cursor.text[cursor.at + operator.length];
  if (operator && !(after === "(" && /^[<>]$/.test(operator))) {
    readRedirect(cursor, draft, operator);
    return;
  }
  const before = cursor.at;
  const word = readWord(cursor);
  if (cursor.at === before) {
    cursor.at++;
    return;
  }
  const raw = cursor.text.slice(word.start, word.end);
  if (draft.words.length === 0) {
    if (reserved.has(raw)) return;
    const name = assignmentStart.exec(raw);
    if (name) {
      const value = word.text.slice(name[0].length);
      draft.assignments.push({ name: name[1] ?? "", value, start: word.start, end: word.end, inner: word.inner });
      return;
    }
  }
  draft.words.push(word);
}

function readRedirect(cursor: WordCursor, draft: Draft, operator: string): void {
  cursor.at += operator.length;
  while (cursor.text[cursor.at] === " " || cursor.text[cursor.at] === "\t") cursor.at++;
  const target = readWord(cursor);
  const redirect: { operator: string; target: ShellWord; heredoc?: Heredoc } = { operator, target };
  draft.redirects.push(redirect);
  if (!/<<-?$/.test(operator) || target.text === "") return;
  cursor.heredocs.push({
    delimiter: target.text,
    tabs: operator.endsWith("-"),
    isExpanded: !/["'\\]/.test(cursor.text.slice(target.start, target.end)),
    close: (body) => {
      redirect.heredoc = body;
    },
  });
}

/** The bodies of here-documents are no commands. Without its end a here-document is taken for none. */
function readHeredocs(cursor: WordCursor): void {
  for (const { delimiter, tabs, isExpanded, close } of cursor.heredocs.splice(0)) {
    if (cursor.unclosed > mostUnclosed) return;
    const before = cursor.at;
    for (let at = cursor.at; at < cursor.text.length; ) {
      const end = endOfLine(cursor.text, at);
      const line = cursor.text.slice(at, end).replace(/\r$/, "");
      const start = at;
      at = end + 1;
      if ((tabs ? line.replace(/^\t+/, "") : line) === delimiter) {
        const body = cursor.text.slice(before, start);
        const text = isExpanded ? body.replace(/\\([\\$`])/g, "$1") : body;
        close({ text, start: before, end: start, inner: [], isExpanded });
        cursor.at = Math.min(at, cursor.text.length);
        break;
      }
    }
    if (cursor.at === before) cursor.unclosed++;
  }
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
