/** The commands of a script as lines, with what continues a line joined to it and comments left out; offsets stay. */
import type { Script } from "./pipeline.ts";

export interface CommandLine {
  readonly text: string;
  /** Of the line in the text of the script. */
  readonly start: number;
}

/** Longer lines and scripts are data; patterns look through a line in time that grows with its square. */
const longestLine = 2000;
const longestScript = 200_000;

const known = new WeakMap<Script, readonly CommandLine[]>();

export function commandLines(script: Script): readonly CommandLine[] {
  const before = known.get(script);
  if (before) return before;
  const lines = linesOf(script);
  known.set(script, lines);
  return lines;
}

function linesOf({ node: { text }, shell }: Script): readonly CommandLine[] {
  const lines: CommandLine[] = [];
  let start = 0;
  let joined = "";
  for (let at = 0; at <= text.length && at < longestScript; ) {
    const end = text.indexOf("\n", at);
    const stop = end < 0 ? text.length : end;
    const line = text.slice(at, stop).replace(/\r$/, " ");
    if (joined === "") start = at;
    const isComment = joined === "" && /^\s*(?:#(?!!?\S*vso)|rem\s|::)/i.test(line);
    const goesOn = !isComment && isContinued(line, shell) && end >= 0 && joined.length < longestLine;
    if (!isComment) joined += goesOn ? `${line.replace(/[\\`^]\s*$/, (mark) => " ".repeat(mark.length))} ` : line;
    if (!goesOn) {
      if (joined.trim() !== "") lines.push({ text: joined.slice(0, longestLine), start });
      joined = "";
    }
    at = stop + 1;
  }
  return lines;
}

function isContinued(line: string, shell: Script["shell"]): boolean {
  if (/(?:\||&&|\|\|)\s*$/.test(line.slice(-20))) return true;
  if (shell === "powershell") return /`\s*$/.test(line.slice(-20));
  return shell === "cmd" ? line.trimEnd().endsWith("^") : /\\\s?$/.test(line);
}
