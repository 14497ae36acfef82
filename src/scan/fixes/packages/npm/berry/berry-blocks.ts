/** The blocks of a yarn.lock of Yarn 4, and how they are written. Refuses what Yarn does not write. */
import { oncePerText } from "../../../once-per-text.ts";

export interface BerryBlock {
  /** `name@npm:^1.0.0` each. */
  readonly patterns: readonly string[];
  /** Of the package itself: `npm:1.0.0`, `workspace:.`. */
  readonly name: string;
  readonly source: string;
  readonly version: string;
  /** What it asks for, as written. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** Without its header. */
  readonly body: string;
}

export interface BerryLock {
  /** Up to the first block. */
  readonly head: string;
  readonly blocks: readonly BerryBlock[];
}

const mostBlocks = 100_000;
/** Since Yarn 4, archives without compression. */
const metadata = /^__metadata:\n {2}version: (?:8|9|10)\n {2}cacheKey: 10c0\n\n/m;

export const berryLockOf = oncePerText(readBerryLock);

function readBerryLock(text: string): BerryLock | undefined {
  const start = metadata.exec(text.slice(0, 2_000));
  if (!start) return undefined;
  const at = start.index + start[0].length;
  const blocks: BerryBlock[] = [];
  for (const written of text.slice(at).split("\n\n")) {
    const block = blockOf(written.endsWith("\n") ? written : `${written}\n`);
    if (!block || blocks.length >= mostBlocks) return undefined;
    blocks.push(block);
  }
  const lock = { head: text.slice(0, at), blocks };
  return writtenBerry(lock) === text ? lock : undefined;
}

function blockOf(text: string): BerryBlock | undefined {
  const line = text.indexOf("\n");
  const header = text.slice(0, line);
  if (!header.endsWith(":") || header.startsWith("?")) return undefined;
  const key = unquoted(header.slice(0, -1));
  const body = text.slice(line + 1);
  const [, resolution = ""] = /^ {2}resolution: (.*)$/m.exec(body) ?? [];
  const [, version] = /^ {2}version: (.*)$/m.exec(body) ?? [];
  const whole = unquoted(resolution);
  const at = whole.indexOf("@", 1);
  if (key === "" || at < 0 || version === undefined) return undefined;
  const own = { name: whole.slice(0, at), source: whole.slice(at + 1), version: unquoted(version) };
  return { ...own, patterns: key.split(", "), dependencies: membersOf(body, "dependencies"), body };
}

/** The members of a list in a block, by name. */
export function membersOf(body: string, list: string): ReadonlyMap<string, string> {
  const lines = body.split("\n");
  const start = lines.indexOf(`  ${list}:`);
  const members = new Map<string, string>();
  for (let at = start + 1; start >= 0 && lines[at]?.startsWith("    "); at++) {
    const [, key = "", value = ""] = /^ {4}("[^"\n]+"|[^\s":]+):(?: (.*))?$/.exec(lines[at] ?? "") ?? [];
    if (key !== "") members.set(unquoted(key), unquoted(value));
  }
  return members;
}

function unquoted(text: string): string {
  return text.startsWith('"') && text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text;
}

const plain = /^(?![-?:,\][{}#&*!|>'"%@` \t\r\n])[^,\][{}:# \t\r\n]+(?:[ \t]+[^,\][{}:# \t\r\n]+)*$/;

export function quoted(text: string): string {
  return plain.test(text) ? text : JSON.stringify(text);
}

export function writtenBerry({ head, blocks }: BerryLock): string {
  const keyed = blocks.map(({ patterns, body }) => [patterns.toSorted().join(", "), body] as const);
  const sorted = keyed.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return head + sorted.map(([key, body]) => `${quoted(key)}:\n${body}`).join("\n");
}
