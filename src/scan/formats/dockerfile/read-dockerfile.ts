/**
 * Reads a Dockerfile into its instructions: continued lines joined, flags, exec forms and here-documents told apart. It
 * expands no variables and knows no meaning of an instruction; what is no instruction becomes a problem.
 */
import type { FormatProblem } from "../format-problem.ts";
import type { Place, TextFile } from "../text-file.ts";
import { type DockerWord, execForm } from "./docker-words.ts";
import { type JoinedText, joinText, type Stretch } from "./joined-text.ts";

export interface Dockerfile {
  /** The character that continues lines and escapes: a backslash, or a backquote by directive. */
  readonly escape: string;
  readonly instructions: readonly Instruction[];
  readonly problems: readonly FormatProblem[];
}

export interface Instruction {
  /** In capitals: `RUN`. */
  readonly name: string;
  /** From the name to the end of the last line, here-documents included. */
  readonly at: Place;
  readonly flags: readonly Flag[];
  /** What follows the name and the flags, lines joined. */
  readonly rest: JoinedText;
  /** The words of the exec form, `["a", "b"]`. */
  readonly exec?: readonly DockerWord[] | undefined;
  readonly heredocs: readonly Heredoc[];
  /** The instruction that ONBUILD puts off. */
  readonly trigger?: Instruction | undefined;
}

export interface Flag {
  /** Without dashes: `platform`. */
  readonly name: string;
  readonly value: string;
  readonly place: Place;
}

export interface Heredoc {
  readonly name: string;
  readonly body: JoinedText;
}

const instructionNames = new Set(
  (
    "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME" +
    " WORKDIR"
  ).split(" "),
);
const takesFlags = new Set(["FROM", "RUN", "COPY", "ADD", "HEALTHCHECK"]);
const takesExec = new Set(["RUN", "CMD", "ENTRYPOINT", "SHELL", "ADD", "COPY", "VOLUME"]);
const takesHeredoc = /^(?:RUN|COPY|ADD|ONBUILD)$/i;
const flagStart = /^--([A-Za-z][\w-]*)(?:=([\s\S]*))?$/;
const heredocStart = /(?:^|[\s;&|])\d*<<(-?)(["']?)([A-Za-z_][\w.-]*)\2(?=$|[\s;&|>)])/g;
const mostHeredocs = 64;
/** Each costs a look through the rest of the file. */
const mostUnclosed = 20;
const mostProblems = 20;

interface Line {
  readonly start: number;
  readonly end: number;
}

interface Reading {
  readonly file: TextFile;
  readonly lines: readonly Line[];
  readonly continued: RegExp;
  at: number;
  /** Here-documents whose end was looked for in vain. */
  unclosed: number;
}

export function readDockerfile(file: TextFile): Dockerfile {
  const lines = linesOf(file.text);
  const escapeMark = escapeOf(file.text, lines);
  const mark = escapeMark === "`" ? "`" : "\\\\";
  // The mark must not itself be escaped; blanks may follow it.
  const continued = new RegExp(`(?<!${mark})${mark}[ \\t\\r]*$`);
  const reading: Reading = { file, lines, continued, at: 0, unclosed: 0 };
  const instructions: Instruction[] = [];
  const problems: FormatProblem[] = [];
  while (reading.at < lines.length) {
    const line = lines[reading.at];
    if (!line || isBlankOrComment(file.text.slice(line.start, line.end))) {
      reading.at++;
      continue;
    }
    const joined = joinText(file, continuedLines(reading));
    const found = instructionOf(reading, joined, 0);
    if (found) instructions.push(found);
    else if (problems.length < mostProblems) problems.push(noInstruction(joined));
  }
  return { escape: escapeMark, instructions, problems };
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let start = text.startsWith("\uFEFF") ? 1 : 0;
  while (start < text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    lines.push({ start, end: text[end - 1] === "\r" && end > start ? end - 1 : end });
    start = end + 1;
  }
  return lines;
}

/** Directives are comments of the form `# key=value` before anything else. */
function escapeOf(text: string, lines: readonly Line[]): string {
  for (const { start, end } of lines) {
    const directive = /^\s*#\s*([A-Za-z]+)\s*=\s*(\S+)\s*$/.exec(text.slice(start, end));
    if (!directive) break;
    if (directive[1]?.toLowerCase() === "escape" && directive[2] === "`") return "`";
  }
  return "\\";
}

function isBlankOrComment(line: string): boolean {
  return /^\s*(?:#|$)/.test(line);
}

/** The stretches of one instruction; the line behind it is next. Comments and blank lines within are left out. */
function continuedLines(reading: Reading): readonly Stretch[] {
  const { file, lines, continued } = reading;
  const out: Stretch[] = [];
  let more = true;
  while (more && reading.at < lines.length) {
    const line = lines[reading.at++];
    if (!line) break;
    const text = file.text.slice(line.start, line.end);
    if (out.length > 0 && isBlankOrComment(text)) continue;
    const mark = continued.exec(text);
    more = mark !== null;
    const start = out.length === 0 ? line.start + (text.length - text.trimStart().length) : line.start;
    out.push({ start, end: Math.max(start, mark ? line.start + mark.index : line.start + text.trimEnd().length) });
  }
  return out;
}

function instructionOf(reading: Reading, joined: JoinedText, depth: number): Instruction | undefined {
  const keyword = /^[A-Za-z]+(?=\s|$)/.exec(joined.text)?.[0];
  const name = keyword?.toUpperCase() ?? "";
  if (!keyword || !instructionNames.has(name)) return undefined;
  const { flags, from } = takesFlags.has(name) ? flagsOf(joined, keyword.length) : { flags: [], from: keyword.length };
  const rest = joined.slice(from + leadingBlanks(joined.text.slice(from)));
  const heredocs = takesHeredoc.test(name) && depth === 0 ? heredocsOf(reading, rest.text) : [];
  const whole = joined.placeOf(0, joined.text.length);
  const end = heredocs.length > 0 ? (reading.lines[reading.at - 1]?.end ?? whole.end) : whole.end;
  const exec = takesExec.has(name) ? execForm(rest) : undefined;
  const trigger = name === "ONBUILD" && depth === 0 ? instructionOf(reading, rest, 1) : undefined;
  return {
    name,
    at: { ...whole, end: Math.max(whole.end, end) },
    flags,
    rest,
    ...(exec && { exec }),
    heredocs,
    ...(trigger && { trigger: { ...trigger, heredocs } }),
  };
}

function flagsOf(joined: JoinedText, after: number): { readonly flags: readonly Flag[]; readonly from: number } {
  const flags: Flag[] = [];
  let from = after;
  for (;;) {
    const start = from + leadingBlanks(joined.text.slice(from, from + 1000));
    if (joined.text[start] !== "-") break;
    const end = start + (/^\S+/.exec(joined.text.slice(start))?.[0].length ?? 0);
    const flag = flagStart.exec(joined.text.slice(start, end));
    if (!flag) break;
    flags.push({ name: (flag[1] ?? "").toLowerCase(), value: flag[2] ?? "", place: joined.placeOf(start, end) });
    from = end;
  }
  return { flags, from };
}

function leadingBlanks(text: string): number {
  return text.length - text.trimStart().length;
}

/** Takes the bodies from the lines that follow. A here-document without an end is taken for none. */
function heredocsOf(reading: Reading, text: string): readonly Heredoc[] {
  const out: Heredoc[] = [];
  for (const [, tabs, , name] of text.matchAll(heredocStart)) {
    if (out.length >= mostHeredocs || reading.unclosed > mostUnclosed) break;
    const first = reading.at;
    const isEnd = ({ start, end }: Line) => {
      const line = reading.file.text.slice(start, end);
      return (tabs ? line.replace(/^\t+/, "") : line) === name;
    };
    let last = first;
    while (last < reading.lines.length && !isEnd(reading.lines[last] ?? { start: 0, end: 0 })) last++;
    if (last >= reading.lines.length) {
      reading.unclosed++;
      break;
    }
    const stretch = { start: reading.lines[first]?.start ?? 0, end: reading.lines[last]?.start ?? 0 };
    out.push({ name: name ?? "", body: joinText(reading.file, [stretch]) });
    reading.at = last + 1;
  }
  return out;
}

/** Only what could be a misspelt instruction is shown: `PASSWORD=...` stands alone where a line before it was not continued. */
function noInstruction(joined: JoinedText): FormatProblem {
  const word = /^[A-Za-z]{1,20}(?!\S)/.exec(joined.text)?.[0];
  const message = word === undefined ? "an instruction was expected" : `"${word}" is no instruction`;
  return { code: "syntax", message, place: joined.placeOf(0, joined.text.length) };
}
