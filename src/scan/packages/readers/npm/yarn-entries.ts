/**
 * The entries of a yarn.lock, of Yarn 1 (`version "1.2.3"`) and of later ones (`version: 1.2.3`), in one pass over the
 * lines. It refuses to be a YAML reader: both kinds are written by Yarn alone, with two blanks for each level.
 */
import type { TextFile } from "../../../formats/text-file.ts";
import type { Texts } from "./json-cursor.ts";
import { type LockLine, lockLines } from "./lock-lines.ts";

export interface YarnEntry {
  /** What is asked for and leads here: `lodash@^4.17.0`, `lodash@npm:^4.17.0`. */
  readonly patterns: readonly string[];
  readonly start: number;
  end: number;
  version?: string;
  /** Yarn 1: the address. */
  resolved?: string;
  /** Later: `lodash@npm:4.17.21`. */
  resolution?: string;
  integrity?: string;
  readonly dependencies: string[];
}

export interface YarnLock {
  readonly entries: readonly YarnEntry[];
  /** Whether Yarn 2 or a later one wrote it. */
  readonly isBerry: boolean;
  readonly conflictAt?: number;
  /** The first line that is none of a lock file. */
  readonly mistakeAt?: number;
}

interface State {
  readonly entries: YarnEntry[];
  entry: YarnEntry | undefined;
  section: string;
  isBerry: boolean;
  mistakeAt?: number;
}

export function readYarnLock(file: TextFile): YarnLock {
  const state: State = { entries: [], entry: undefined, section: "", isBerry: false };
  const conflictAt = lockLines(file.text, (line) => readLine(state, line));
  const { entries, isBerry, mistakeAt } = state;
  return {
    entries,
    isBerry,
    ...(conflictAt === undefined ? {} : { conflictAt }),
    ...(mistakeAt === undefined ? {} : { mistakeAt }),
  };
}

function readLine(state: State, line: LockLine): void {
  if (line.indent === 0) {
    startEntry(state, line);
    return;
  }
  const { entry } = state;
  if (!entry) {
    if (state.entries.length === 0 && !state.isBerry) state.mistakeAt ??= line.start;
    return;
  }
  entry.end = line.end;
  if (line.indent > 2) {
    if (line.indent === 4 && isDependencies(state.section)) addDependency(entry.dependencies, line);
    return;
  }
  const { key, value } = divided(line);
  state.section = value === "" ? key : "";
  switch (key) {
    case "version":
    case "resolved":
    case "resolution":
    case "integrity":
      entry[key] = value;
      return;
    case "checksum":
      entry.integrity = value;
      return;
    default:
  }
}

function isDependencies(section: string): boolean {
  return section === "dependencies" || section === "optionalDependencies";
}

function startEntry(state: State, { text, start, end }: LockLine): void {
  // A key that is too long for one line has its colon on the next.
  if (text === ":") return;
  state.section = "";
  state.entry = undefined;
  if (text === "__metadata:") {
    state.isBerry = true;
    return;
  }
  const header = text.startsWith("? ") ? text.slice(2) : text.endsWith(":") ? text.slice(0, -1) : undefined;
  if (header === undefined) {
    state.mistakeAt ??= start;
    return;
  }
  state.entry = { patterns: patternsOf(header), start, end, dependencies: [] };
  state.entries.push(state.entry);
}

/** Yarn 1 puts quotes around each pattern, later ones around all of them. */
function patternsOf(header: string): Texts {
  if (!header.includes(", ")) return [unquoted(header)];
  return header.split(", ").map((part) => part.replace(/^"|"$/g, ""));
}

function addDependency(dependencies: string[], line: LockLine): void {
  const { key, value } = divided(line);
  if (value !== "") dependencies.push(key, value);
}

function divided({ text }: LockLine): { readonly key: string; readonly value: string } {
  const isQuoted = text.startsWith('"');
  const keyEnd = isQuoted ? text.indexOf('"', 1) + 1 : endOfWord(text);
  const key = isQuoted ? text.slice(1, keyEnd - 1) : text.slice(0, keyEnd);
  return { key, value: unquoted(text.slice(text.charCodeAt(keyEnd) === 58 ? keyEnd + 1 : keyEnd).trim()) };
}

function endOfWord(text: string): number {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 58) return at;
  }
  return text.length;
}

function unquoted(text: string): string {
  if (!text.startsWith('"') || !text.endsWith('"') || text.length < 2) return text;
  if (!text.includes("\\")) return text.slice(1, -1);
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}
