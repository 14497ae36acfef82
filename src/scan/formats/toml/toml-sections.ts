/**
 * Reads TOML that is one long row of sections, as lock files are: each header with its members, which are read only when
 * somebody asks. No tree is made and nothing is looked at twice; a lock of 20,000 packages takes a third of the time of
 * `readToml`. It does not see whether a name is there twice.
 */
import type { FormatProblem } from "../format-problem.ts";
import type { Member } from "../node.ts";
import type { Place, TextFile } from "../text-file.ts";
import {
  closeBrace,
  closeBracket,
  cursorOf,
  doubleQuote,
  endOfLine,
  fail,
  hash,
  lineFeed,
  openBrace,
  openBracket,
  singleQuote,
  skipToContent,
  type TomlCursor,
} from "./toml-cursor.ts";
import { type Key, readKey } from "./toml-key.ts";
import { skipString } from "./toml-string.ts";
import { readPair } from "./toml-value.ts";

export interface TomlSection {
  /** The parts of the header's name, joined by dots; empty for what stands before the first header. */
  readonly name: string;
  /** `[[name]]`. */
  readonly isList: boolean;
  /** From the header to the last member. */
  readonly at: Place;
  /** The first member of that name, if it can be read. Members with dotted keys have their whole key as their name. */
  readonly get: (key: string) => Member | undefined;
  /** The names of all members, without looking at their values. */
  readonly names: () => readonly string[];
  /** All members that can be read. */
  readonly members: () => readonly (Member & { readonly name: string })[];
}

export interface TomlSections {
  readonly sections: readonly TomlSection[];
  readonly problems: readonly FormatProblem[];
}

const mostProblems = 20;

export function tomlSections(file: TextFile): TomlSections {
  const cursor = cursorOf(file);
  const problems: FormatProblem[] = [];
  const sections: GrowingSection[] = [newSection(cursor, { name: "", isList: false, start: cursor.at })];
  for (skipToContent(cursor); cursor.at < cursor.text.length; skipToContent(cursor)) {
    const start = cursor.at;
    const current = sections.at(-1) as GrowingSection;
    if (cursor.text.charCodeAt(start) === openBracket) sections.push(readHeader(cursor));
    else if (skipMember(cursor)) current.add(start, cursor.at);
    if (cursor.failure && problems.length < mostProblems) problems.push(cursor.failure);
    cursor.failure = undefined;
  }
  return { sections, problems };
}

interface GrowingSection extends TomlSection {
  readonly add: (start: number, end: number) => void;
}

interface Header {
  readonly name: string;
  readonly isList: boolean;
  readonly start: number;
  readonly end?: number;
}

function newSection(cursor: TomlCursor, { name, isList, start, end = start }: Header): GrowingSection {
  const { file } = cursor;
  const at = { file, start, end };
  const starts: number[] = [];
  return {
    name,
    isList,
    at,
    add: (memberStart, memberEnd) => {
      starts.push(memberStart);
      at.end = memberEnd;
    },
    get: (key) => {
      for (const memberStart of starts) {
        if (!mayBeNamed(file.text, memberStart, key)) continue;
        const member = readMember(cursor, memberStart);
        if (member?.name === key) return member;
      }
      return undefined;
    },
    names: () => starts.flatMap((memberStart) => readName(cursor, memberStart) ?? []),
    members: () => starts.flatMap((memberStart) => readMember(cursor, memberStart) ?? []),
  };
}

function mayBeNamed(text: string, start: number, key: string): boolean {
  const code = text.charCodeAt(start);
  return code === doubleQuote || code === singleQuote || text.startsWith(key, start);
}

function readName(cursor: TomlCursor, start: number): string | undefined {
  cursor.at = start;
  cursor.failure = undefined;
  return nameOf(readKey(cursor) ?? []);
}

function nameOf(key: readonly Key[]): string | undefined {
  return key.length === 1 ? key[0]?.name : key.map(({ name }) => name).join(".");
}

function readMember(cursor: TomlCursor, start: number): (Member & { readonly name: string }) | undefined {
  const { file } = cursor;
  cursor.at = start;
  cursor.failure = undefined;
  const pair = readPair(cursor);
  const [first] = pair?.key ?? [];
  if (!pair || !first) return undefined;
  return {
    name: nameOf(pair.key) ?? first.name,
    key: { file, start: first.start, end: pair.key.at(-1)?.end ?? first.end },
    whole: { file, start, end: pair.value.at.end },
    value: pair.value,
  };
}

function readHeader(cursor: TomlCursor): GrowingSection {
  const { text, at: start } = cursor;
  const isList = text.charCodeAt(start + 1) === openBracket;
  cursor.at += isList ? 2 : 1;
  skipToContent(cursor);
  const key = readKey(cursor);
  skipToContent(cursor);
  const isClosed = text.startsWith(isList ? "]]" : "]", cursor.at);
  if (key && !isClosed) fail(cursor, `${isList ? "]]" : "]"} was expected behind the name of a table`);
  const end = isClosed ? cursor.at + (isList ? 2 : 1) : cursor.at;
  cursor.at = endOfLine(text, start);
  // What stands below a header that cannot be read belongs to nothing that anybody asks for.
  const name = key && isClosed ? key.map((part) => part.name).join(".") : "?";
  return newSection(cursor, { name, isList, start, end });
}

/** Goes to the end of the member's value. False if that is no member. */
function skipMember(cursor: TomlCursor): boolean {
  const { text, at: start } = cursor;
  const equals = readKey(cursor) ? text.indexOf("=", cursor.at) : -1;
  const lineEnd = equals < 0 || equals > cursor.at + 1 ? endOfLine(text, cursor.at) : text.length;
  if (equals < 0 || equals > lineEnd) {
    fail(cursor, "a key, an equals sign and a value were expected", { at: start });
    cursor.at = endOfLine(text, cursor.at);
    return false;
  }
  cursor.at = equals + 1;
  return skipValue(cursor, start);
}

function skipValue(cursor: TomlCursor, start: number): boolean {
  const { text } = cursor;
  let depth = 0;
  while (cursor.at < text.length) {
    const code = text.charCodeAt(cursor.at);
    if (code === doubleQuote || code === singleQuote) {
      if (skipString(cursor)) continue;
      cursor.at = endOfLine(text, cursor.at);
      return false;
    }
    if (code === openBracket || code === openBrace) depth++;
    else if (code === closeBracket || code === closeBrace) depth--;
    else if (code === hash) {
      cursor.at = endOfLine(text, cursor.at);
      continue;
    } else if (code === lineFeed) {
      if (depth <= 0) return true;
      if (isHeader(text, cursor.at + 1)) break;
    }
    cursor.at++;
  }
  if (depth <= 0) return true;
  fail(cursor, "a list or table has no end", { at: start });
  return false;
}

/** A list that holds nothing but such lines is none that a lock file has. */
const header = /\[\[?[\w.-]+\]\]?[ \t\r]*$/my;

function isHeader(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== openBracket) return false;
  header.lastIndex = at;
  return header.test(text);
}
