/**
 * The packages of a lock file in TOML as stretches of its text, for lock files as their tools write them: a member begins a line,
 * a list over several lines ends with a bracket on a line of its own. Any other layout is refused.
 */
import { packageKey } from "#model/package-key.ts";
import { oncePerText } from "../../once-per-text.ts";
import type { TextChange } from "../../text-edits.ts";

export interface LockPart {
  readonly key: string;
  /** What stands behind the `=`, with line ends as `\n`. */
  readonly value: string;
  readonly start: number;
  /** Behind its line end. */
  readonly end: number;
}

export interface LockTable {
  /** `dependencies` of `[package.dependencies]`; empty for the package itself. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly parts: readonly LockPart[];
}

export interface LockBlock {
  readonly key: string;
  readonly name: string;
  readonly version: string | undefined;
  readonly start: number;
  /** Behind the blank line that follows, if one does. */
  readonly end: number;
  readonly tables: readonly LockTable[];
}

export interface LockText {
  readonly text: string;
  readonly blocks: readonly LockBlock[];
  /** Everything that is no package, by its header: `metadata`, `extras`; `""` for the beginning. */
  readonly others: readonly LockTable[];
}

const most = { characters: 20_000_000, blocks: 20_000 };

interface Growing {
  readonly name: string;
  readonly start: number;
  end: number;
  readonly parts: LockPart[];
}

/** Undefined if it is laid out in another way. */
export const lockText = oncePerText(readLockText);

function readLockText(text: string): LockText | undefined {
  if (text.length > most.characters) return undefined;
  const blocks: { readonly start: number; end: number; readonly tables: Growing[] }[] = [];
  const others: Growing[] = [{ name: "", start: 0, end: 0, parts: [] }];
  let table = others[0] as Growing;
  let at = 0;
  const line = (): { readonly start: number; readonly words: string } => {
    const start = at;
    const end = text.indexOf("\n", at);
    at = end < 0 ? text.length : end + 1;
    return { start, words: text.slice(start, end < 0 ? text.length : end).replace(/\r$/, "") };
  };
  while (at < text.length) {
    const { start, words } = line();
    const header = /^\[(\[)?([\w.-]+)\]?\]$/.exec(words);
    if (header) {
      const [, list, name = ""] = header;
      const current = blocks.at(-1);
      table = { name: name.replace(/^package\.?/, ""), start, end: at, parts: [] };
      if (list !== undefined && name === "package") blocks.push({ start, end: at, tables: [table] });
      else if (/^package\./.test(name) && list === undefined && current) current.tables.push(table);
      else others.push({ ...table, name });
      table = name.startsWith("package") ? table : (others.at(-1) as Growing);
    } else if (words !== "" && !words.startsWith("#")) {
      const part = readPart(words, start, line);
      if (!part) return undefined;
      table.parts.push({ ...part, end: at });
      table.end = at;
    }
    if (blocks.length > most.blocks) return undefined;
    const current = blocks.at(-1);
    if (current?.tables.includes(table)) current.end = at;
  }
  const named = blocks.map(namedBlock);
  return named.includes(undefined) ? undefined : { text, blocks: named as readonly LockBlock[], others };
}

function readPart(words: string, start: number, line: () => { readonly words: string }) {
  const [, bare, quoted, first] = /^(?:([\w-]+)|"([^"\\]+)") = (.+)$/.exec(words) ?? [];
  const key = bare ?? quoted;
  if (key === undefined || first === undefined) return undefined;
  const lines = [first];
  // Lists of lists are not written over several lines by any of the tools.
  if (first === "[")
    for (let more = line().words; ; more = line().words) {
      lines.push(more);
      if (more === "]") break;
      if (more === "" || lines.length > 100_000) return undefined;
    }
  else if (first.startsWith('"""') || first.startsWith("'''") || /[[{,]$/.test(first)) return undefined;
  return { key, value: lines.join("\n"), start };
}

function namedBlock(block: Omit<LockBlock, "key" | "name" | "version">): LockBlock | undefined {
  const name = textIn(block, "name");
  const version = textIn(block, "version");
  return name === undefined ? undefined : { ...block, key: packageKey("PyPI", name), name, version };
}

export function partIn({ tables }: Pick<LockBlock, "tables">, key: string, table = ""): LockPart | undefined {
  return tables.find(({ name }) => name === table)?.parts.find((part) => part.key === key);
}

/** A text without escapes. */
function textIn(block: Pick<LockBlock, "tables">, key: string): string | undefined {
  return /^"([^"\\]*)"$/.exec(partIn(block, key)?.value ?? "")?.[1];
}

export function quoted(text: string): string {
  return JSON.stringify(text).replaceAll("\u007f", "\\u007f");
}

/** With the line ends of the file. */
export function changeIn({ text }: LockText, start: number, end: number, written: string): TextChange {
  return { start, end, text: text.includes("\r\n") ? written.replaceAll("\n", "\r\n") : written };
}

export function valueChange(lock: LockText, { key, start, end }: LockPart, value: string): TextChange {
  const name = /^[\w-]+$/.test(key) ? key : quoted(key);
  const isLast = lock.text[end - 1] !== "\n";
  return changeIn(lock, start, end, `${name} = ${value}${isLast ? "" : "\n"}`);
}
