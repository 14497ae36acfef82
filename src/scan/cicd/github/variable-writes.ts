/** Finds text that a script appends to GITHUB_ENV or GITHUB_PATH and that is not wholly fixed. */
import { programOf, programsOf } from "../../formats/shell-words/programs.ts";
import { readShell, type ShellCommand, type ShellWord } from "../../formats/shell-words/read-shell.ts";

export interface VariableWrite {
  readonly start: number;
  readonly end: number;
  /** `GITHUB_ENV` or `GITHUB_PATH`. */
  readonly file: string;
}

const posixTarget = /^\$\{?(GITHUB_(?:ENV|PATH))\}?$/;
/** A line of PowerShell or cmd that writes: the text that is written, and the file. */
interface LineWrite {
  readonly pattern: RegExp;
  /** What is written stands behind the file, too. */
  readonly isWhole?: true;
}

const lineWrites: Readonly<Record<"powershell" | "cmd", readonly LineWrite[]>> = {
  powershell: [
    { pattern: /^(.{0,2000}?)>>?\s*["']?\$\{?env:(GITHUB_ENV|GITHUB_PATH)\b/i },
    {
      pattern:
        /^(.{0,2000}?)\|\s*(?:out-file|add-content|tee-object|tee)\b.{0,200}\$\{?env:(GITHUB_ENV|GITHUB_PATH)\b/i,
    },
    {
      pattern: /^\s*(?:add-content|out-file|set-content)\b(.{0,2000})\$\{?env:(GITHUB_ENV|GITHUB_PATH)\b.{0,2000}/i,
      isWhole: true,
    },
    {
      pattern: /(append|write)all(?:text|lines)\(\s*["']?\$\{?env:(GITHUB_ENV|GITHUB_PATH)\b.{0,2000}/i,
      isWhole: true,
    },
  ],
  cmd: [{ pattern: /^(.{0,2000}?)>>?\s*["']?%(GITHUB_ENV|GITHUB_PATH)%/i }],
};
const changing: Readonly<Record<"powershell" | "cmd", RegExp>> = {
  powershell: /\$(?!\{?env:GITHUB_(?:ENV|PATH)\b)[\w({]|\bget-content\b|\bcat\b/i,
  cmd: /%(?!GITHUB_(?:ENV|PATH)%)[^%\s]+%|![^!\s]+!|\btype\b/i,
};
/** The end of a group or loop, all of whose output is appended. */
const groupEnd = /^(.{0,500}?)(?:\}|\)|\bdone|\bfi|\besac)\s*>>?\s*"?\$\{?(GITHUB_ENV|GITHUB_PATH)\b/;
const groupStart = /(?:^|[;&|\s])(?:\{|\(|do|then|in)(?=\s|$)/;
const mostGroupLines = 60;
/** Characters that the groups of one script have together, for a script of nothing but their ends. */
const mostGroupText = 500_000;

const longestHeredoc = 20_000;

export function findVariableWrites(text: string, shell: string): readonly VariableWrite[] {
  if (!/GITHUB_(?:ENV|PATH)/i.test(text)) return [];
  if (shell === "pwsh" || shell === "powershell") return writesByLine(text, "powershell");
  return shell === "cmd" ? writesByLine(text, "cmd") : posixWrites(text);
}

function writesByLine(text: string, shell: "powershell" | "cmd"): readonly VariableWrite[] {
  const found: VariableWrite[] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    const file = line.length > 4_000 ? undefined : lineWrite(line, shell);
    if (file !== undefined) found.push({ start, end: start + line.length, file });
    start += line.length + 1;
  }
  return found;
}

function lineWrite(line: string, shell: "powershell" | "cmd"): string | undefined {
  for (const { pattern, isWhole } of lineWrites[shell]) {
    const match = pattern.exec(line);
    if (match) return changing[shell].test((isWhole ? match[0] : match[1]) ?? "") ? match[2]?.toUpperCase() : undefined;
  }
  return undefined;
}

function posixWrites(text: string): readonly VariableWrite[] {
  const found: VariableWrite[] = [];
  for (const { command, name, words } of programsOf(readShell(text))) {
    const target = targetOf(command, name, words);
    if (target === undefined) continue;
    const from = name === "tee" ? command.pipedFrom : command;
    if (!isFixed(from, text)) found.push({ start: from?.start ?? command.start, end: command.end, file: target });
  }
  const ends = found.map(({ end }) => end).sort((a, b) => a - b);
  let at = 0;
  const groups = groupWrites(text).filter((one) => {
    while ((ends[at] ?? Infinity) <= one.start) at++;
    return (ends[at] ?? Infinity) > one.end + 1;
  });
  return [...found, ...groups];
}

/** `{ ...; } >> $GITHUB_ENV`, and loops: fixed if all that is in them is known to be. */
function groupWrites(text: string): readonly VariableWrite[] {
  const found: VariableWrite[] = [];
  let budget = mostGroupText;
  const lines = text.split("\n");
  let start = 0;
  for (const [index, line] of lines.entries()) {
    const [, before, file] = (line.length <= 4_000 && groupEnd.exec(line)) || [];
    if (before !== undefined && file !== undefined) {
      const inside = [before];
      for (let at = index - 1; at >= 0 && index - at <= mostGroupLines && !groupStart.test(inside[0] ?? ""); at--)
        inside.unshift(lines[at] ?? "");
      const group = inside.join("\n");
      const written = group.slice(Math.max(0, group.search(groupStart)));
      budget -= written.length;
      if (budget < 0 || !readShell(written).every((command) => isFixed(command, written)))
        found.push({ start, end: start + line.length, file });
    }
    start += line.length + 1;
  }
  return found;
}

function targetOf(command: ShellCommand, name: string, words: readonly ShellWord[]): string | undefined {
  const targets = command.redirects.filter(({ operator }) => operator.includes(">")).map(({ target }) => target);
  for (const { text } of [...targets, ...(name === "tee" ? words : [])]) {
    const file = posixTarget.exec(text)?.[1];
    if (file !== undefined) return file;
  }
  return undefined;
}

/** Text of `echo` and `printf` without a variable in it; what other programs print is not known. */
function isFixed(command: ShellCommand | undefined, text: string): boolean {
  const program = command && programOf(command);
  if (!command || !program) return false;
  if (command.pipedFrom) return false;
  const heredoc = command.redirects.find(({ operator }) => operator.startsWith("<<"));
  if (heredoc && program.name === "cat") return isFixedHeredoc(text, command, heredoc.target);
  if (program.name !== "echo" && program.name !== "printf") return false;
  return program.words.every((word) => isFixedWord(word, text));
}

function isFixedWord({ text, inner, start, end }: ShellWord, script: string): boolean {
  if (inner.length > 0) return false;
  const isQuoted = /^'[^']*'$/.test(script.slice(start, end));
  return isQuoted || !/\$[\w{(]|`|\$\{\{/.test(text);
}

/** The lines until the delimiter; the shell replaces nothing in them where that is quoted. */
function isFixedHeredoc(script: string, command: ShellCommand, delimiter: ShellWord): boolean {
  const isQuoted = /["'\\]/.test(script.slice(delimiter.start, delimiter.end));
  const from = script.indexOf("\n", Math.max(command.start, delimiter.end));
  if (from < 0) return true;
  const lines = script.slice(from + 1, from + longestHeredoc).split("\n");
  const last = lines.findIndex((line) => line.trim() === delimiter.text);
  const written = lines.slice(0, last < 0 ? undefined : last).join("\n");
  return isQuoted ? !written.includes("${{") : !/\$[\w{(]|`/.test(written);
}
