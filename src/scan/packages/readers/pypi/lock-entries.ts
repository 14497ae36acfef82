/** The packages of a lock file in TOML: `[[package]]` with the tables below it, or a list of tables in braces. */
import { itemsOf, type Member, type Node } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { type TomlSection, type TomlSections, tomlSections } from "../../../formats/toml/toml-sections.ts";
import { memberOf, membersOf, type NamedMember, wordIn } from "../../reading/node-fields.ts";

export interface LockEntry {
  readonly name: string;
  readonly version?: string;
  /** The text between the quotes. */
  readonly versionAt?: Place;
  /** From its header to the end of the last table below it. */
  readonly at: Place;
  readonly get: (key: string) => Node | undefined;
  /** The names of what stands in a table in it. */
  readonly names: (key: string) => readonly string[];
  /** The members of a table in it. */
  readonly table: (key: string) => readonly NamedMember[];
}

export interface LockEntries {
  readonly entries: readonly LockEntry[];
  /** A member of a table that belongs to no package: `metadata`, or `""` for the beginning of the file. */
  readonly get: (table: string, key: string) => Node | undefined;
  readonly problems: TomlSections["problems"];
  /** True if nothing at all stands in the file. */
  readonly isEmpty: boolean;
}

export function readLockEntries(file: TextFile, list: string): LockEntries {
  const { sections, problems } = tomlSections(file);
  const entries: LockEntry[] = [];
  for (let index = 0; index < sections.length; index++) {
    const head = sections[index];
    if (!head?.isList || head.name !== list) continue;
    const below: TomlSection[] = [];
    for (let next = sections[index + 1]; next?.name.startsWith(`${list}.`); next = sections[index + 1]) {
      below.push(next);
      index++;
    }
    const entry = entryOf(file, head, below, list.length + 1);
    if (entry) entries.push(entry);
  }
  const [start] = sections;
  if (entries.length === 0)
    for (const entry of itemsOf(start?.get(list)?.value).flatMap((node) => inlineEntry(node) ?? []))
      entries.push(entry);
  return {
    entries,
    get: (table, key) => sections.find(({ name }) => name === table)?.get(key)?.value,
    problems,
    isEmpty: file.text.trim() === "",
  };
}

function entryOf(
  file: TextFile,
  head: TomlSection,
  below: readonly TomlSection[],
  prefix: number,
): LockEntry | undefined {
  const section = (key: string) => below.find(({ name }) => name.slice(prefix) === key);
  const end = below.at(-1)?.at.end ?? head.at.end;
  return named({
    at: { file, start: head.at.start, end },
    member: (key) => head.get(key),
    names: (key) => section(key)?.names() ?? membersOf(head.get(key)?.value).map(({ name }) => name),
    table: (key) => section(key)?.members() ?? membersOf(head.get(key)?.value),
  });
}

function inlineEntry(node: Node): LockEntry | undefined {
  return named({
    at: node.at,
    member: (key) => memberOf(node, key),
    names: (key) => membersOf(memberOf(node, key)?.value).map(({ name }) => name),
    table: (key) => membersOf(memberOf(node, key)?.value),
  });
}

interface Parts {
  readonly at: Place;
  readonly member: (key: string) => Member | undefined;
  readonly names: LockEntry["names"];
  readonly table: LockEntry["table"];
}

function named({ at, member, names, table }: Parts): LockEntry | undefined {
  const name = wordIn(member("name")?.value);
  if (name === undefined) return undefined;
  const version = member("version")?.value;
  const word = wordIn(version);
  const text = version?.at;
  return {
    name,
    ...(word === undefined || !text
      ? {}
      : { version: word, versionAt: { file: text.file, start: text.start + 1, end: text.end - 1 } }),
    at,
    get: (key) => member(key)?.value,
    names,
    table,
  };
}
