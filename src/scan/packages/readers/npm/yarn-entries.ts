/**
 * The entries of a yarn.lock, of Yarn 1 (`version "1.2.3"`) and of later ones (`version: 1.2.3`), in one pass over the
 * lines. It refuses to be a YAML reader: both kinds are written by Yarn alone, with two blanks for each level.
 */
import type { TextFile } from "../../../formats/text-file.ts";
import { lockLines } from "./lock-lines.ts";
import { divideAtName } from "./npm-spec.ts";

export interface YarnEntry {
  /** What is asked for and leads here, names and ranges by turns: of `lodash@npm:^4.17.0` the name and what follows the `@`. */
  readonly asked: readonly string[];
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
  readonly text: string;
  readonly entries: YarnEntry[];
  entry: YarnEntry | undefined;
  section: string;
  isBerry: boolean;
  mistakeAt?: number;
}

export function readYarnLock(file: TextFile): YarnLock {
  const state: State = { text: file.text, entries: [], entry: undefined, section: "", isBerry: false };
  const conflictAt = lockLines(file.text, (indent, start, end) => {
    if (indent === 0) startEntry(state, start, end);
    else readLine(state, indent, start, end);
  });
  const { entries, isBerry, mistakeAt } = state;
  return {
    entries,
    isBerry,
    ...(conflictAt === undefined ? {} : { conflictAt }),
    ...(mistakeAt === undefined ? {} : { mistakeAt }),
  };
}

function readLine(state: State, indent: number, start: number, end: number): void {
  const { entry, text } = state;
  if (!entry) {
    if (state.entries.length === 0 && !state.isBerry) state.mistakeAt ??= start;
    return;
  }
  entry.end = end;
  if (indent > 2 && (indent > 4 || !isDependencies(state.section))) return;
  const keyEnd = endOfKey(text, start, end);
  const key = unquoted(text, start, keyEnd);
  const value = valueAfter(text, keyEnd, end);
  if (indent > 2) {
    if (value !== "") entry.dependencies.push(key, value);
    return;
  }
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

function startEntry(state: State, start: number, end: number): void {
  const line = state.text.slice(start, end);
  // A key that is too long for one line has its colon on the next.
  if (line === ":") return;
  state.section = "";
  state.entry = undefined;
  if (line === "__metadata:") {
    state.isBerry = true;
    return;
  }
  const header = line.startsWith("? ") ? line.slice(2) : line.endsWith(":") ? line.slice(0, -1) : undefined;
  if (header === undefined) {
    state.mistakeAt ??= start;
    return;
  }
  state.entry = { asked: askedBy(header), start, end, dependencies: [] };
  state.entries.push(state.entry);
}

/** Yarn 1 puts quotes around each pattern, later ones around all of them. */
function askedBy(header: string): readonly string[] {
  if (!header.includes(", ")) return divideAtName(unquoted(header, 0, header.length));
  return header.split(", ").flatMap((part) => divideAtName(part.replace(/^"|"$/g, "")));
}

const quote = 34;
const colon = 58;

/** Behind the quotes, or before the blank or colon. */
function endOfKey(text: string, start: number, end: number): number {
  const isQuoted = text.charCodeAt(start) === quote;
  for (let at = start + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (isQuoted ? code === quote : code === 32 || code === colon) return isQuoted ? at + 1 : at;
  }
  return end;
}

function valueAfter(text: string, keyEnd: number, end: number): string {
  let at = text.charCodeAt(keyEnd) === colon ? keyEnd + 1 : keyEnd;
  while (at < end && text.charCodeAt(at) === 32) at++;
  return unquoted(text, at, end);
}

function unquoted(text: string, start: number, end: number): string {
  if (end - start < 2 || text.charCodeAt(start) !== quote || text.charCodeAt(end - 1) !== quote)
    return text.slice(start, end);
  const inner = text.slice(start + 1, end - 1);
  if (!inner.includes("\\")) return inner;
  try {
    return String(JSON.parse(text.slice(start, end)));
  } catch {
    return inner;
  }
}
