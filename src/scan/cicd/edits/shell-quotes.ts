/**
 * How stretches of a script are quoted, as far as a short look can tell: not at all, within plain double quotes, or alone in
 * single quotes. Undefined is everything else (comments, here-documents, backticks, parts of expansions), where a variable
 * would not do what the pasted text did.
 */

export type Quotes = "none" | "double" | "single";
export type QuotingShell = "posix" | "powershell";

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

type Mode = "plain" | "double" | "brace";

interface Reader {
  readonly text: string;
  readonly shell: QuotingShell;
  readonly modes: Mode[];
  at: number;
  /** Nothing behind is understood. */
  isLost: boolean;
}

const longestScript = 200_000;
/** Their argument is read once more as commands, so that a variable in double quotes would be pasted again. */
const readsAgain =
  /\b(?:eval|iex|invoke-expression|invoke-command|ssh|xargs|su|source)\b|(?:^|[\s/])(?:ba|da|z|k)?sh\s+-\w*c\b|\b(?:pwsh|powershell)(?:\.exe)?\b[^\n]{0,200}-c|\bcmd(?:\.exe)?\s+\/|\b(?:python[\d.]*|node|perl|ruby|awk|sed|jq|psql|mysql|sqlcmd)\s[^\n]{0,200}-\w*[ceq]\b/i;

/** Stretches are in order and do not overlap. */
export function quotesOf(
  text: string,
  shell: QuotingShell,
  stretches: readonly Stretch[],
): readonly (Quotes | undefined)[] {
  if (text.length > longestScript) return stretches.map(() => undefined);
  const reader: Reader = { text, shell, modes: ["plain"], at: 0, isLost: false };
  return stretches.map((stretch) => {
    while (!reader.isLost && reader.at < stretch.start) step(reader, stretch);
    if (reader.isLost || reader.at > stretch.start || readsAgain.test(lineAround(text, stretch))) {
      return reader.at > stretch.start && isAlone(reader, stretch) ? "single" : undefined;
    }
    const mode = reader.modes.at(-1);
    reader.at = stretch.end;
    if (mode === "double") return "double";
    return mode === "plain" && isWord(reader, stretch) ? "none" : undefined;
  });
}

function lineAround(text: string, { start, end }: Stretch): string {
  const stop = text.indexOf("\n", end);
  const from = Math.max(text.lastIndexOf("\n", start - 1) + 1, start - 2000);
  return text.slice(from, Math.min(stop < 0 ? text.length : stop, end + 2000));
}

/** In single quotes that hold nothing else; the reader has gone past them. */
function isAlone({ text, isLost }: Reader, { start, end }: Stretch): boolean {
  return (
    !isLost &&
    text[start - 1] === "'" &&
    text[end] === "'" &&
    !/['\w$\\]/.test(text[start - 2] ?? " ") &&
    text[end + 1] !== "'" &&
    !readsAgain.test(lineAround(text, { start, end }))
  );
}

/** What PowerShell takes for a variable only where it begins a word. */
function isWord({ text, shell }: Reader, { start, end }: Stretch): boolean {
  if (shell === "posix") return !/[$\\]/.test(text[start - 1] ?? " ");
  const before = text.slice(Math.max(0, text.lastIndexOf("\n", start - 1) + 1, start - 200), start);
  return /(?:^|[\s(,;{]|\$[\w:]{1,100}\s{0,9}=)$/.test(before) && /[\s),;}]/.test(text[end] ?? " ");
}

function step(reader: Reader, next: Stretch): void {
  const { text, modes, shell, at } = reader;
  const char = text[at] ?? "";
  const mode = modes.at(-1) ?? "plain";
  if (char === (shell === "posix" ? "\\" : "`")) reader.at += 2;
  else if (char === "`") reader.isLost = true;
  else if (char === '"') quote(reader, mode);
  else if (char === "$") expand(reader, mode, next);
  else if (char === "}" && mode === "brace") close(reader);
  else if (mode !== "plain") reader.at++;
  else plain(reader, char);
}

function quote(reader: Reader, mode: Mode): void {
  const { text, at, shell, modes } = reader;
  if (mode === "double") {
    if (shell === "powershell" && text[at + 1] === '"') reader.at += 2;
    else close(reader);
  } else if (shell === "powershell" && text[at - 1] === "@") reader.isLost = true;
  else {
    modes.push("double");
    reader.at++;
  }
}

function close(reader: Reader): void {
  reader.modes.pop();
  reader.at++;
  if (reader.modes.length === 0) reader.isLost = true;
}

const otherMacro = /\$\([\w.-]{1,200}\)|\$\{\{/y;

function expand(reader: Reader, mode: Mode, next: Stretch): void {
  const { text, at, modes, shell } = reader;
  otherMacro.lastIndex = at;
  const macro = otherMacro.exec(text);
  const two = text.slice(at, at + 2);
  if (macro?.[0] === "${{") {
    const end = text.indexOf("}}", at);
    reader.at = end < 0 ? text.length : end + 2;
  } else if (macro) reader.at += macro[0].length;
  else if (text.startsWith("$((", at)) reader.isLost = true;
  else if (two === "$(" || two === "${") {
    modes.push(two === "$(" ? "plain" : "brace");
    reader.at += 2;
  } else if (two === "$'" && mode === "plain" && shell === "posix") reader.isLost = true;
  else reader.at++;
  if (modes.length > 50 || reader.at > next.start) reader.isLost = true;
}

function plain(reader: Reader, char: string): void {
  const { text, at, shell, modes } = reader;
  const isWordStart = at === 0 || /[\s;&|(]/.test(text[at - 1] ?? " ");
  if (char === "'") {
    if (shell === "powershell" && text[at - 1] === "@") reader.isLost = true;
    const end = text.indexOf("'", at + 1);
    reader.at = end < 0 ? text.length : end + 1;
  } else if (char === "#" && isWordStart) {
    const end = text.indexOf("\n", at);
    reader.at = end < 0 ? text.length : end;
  } else if (isHereDocument(reader)) reader.isLost = true;
  else if (char === ")" && modes.length > 1) close(reader);
  else {
    if (char === "(" && modes.length > 1) modes.push("plain");
    reader.at++;
  }
}

function isHereDocument({ text, at, shell }: Reader): boolean {
  if (shell === "powershell") return text.startsWith("<#", at);
  return text.startsWith("<<", at) && text[at + 2] !== "<" && text[at - 1] !== "<";
}
