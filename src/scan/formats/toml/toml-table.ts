/** Tables of TOML while they are read: the node that readers see, and what may still be written into it. */
import type { Block, Member, Node } from "../node.ts";
import type { TextFile } from "../text-file.ts";
import type { Key } from "./toml-key.ts";

/** Grows with the table: the node and its member have the same. */
export interface GrowingPlace {
  readonly file: TextFile;
  readonly start: number;
  end: number;
}

export interface Table {
  readonly at: GrowingPlace;
  readonly node: Block;
  readonly members: Map<string, Member>;
  /** Tables that headers or dotted keys made in here; a value in braces is closed and is none of them. */
  inner: Map<string, Table | TableList> | undefined;
  /** True if a header names it: it may do so once. */
  isNamed: boolean;
}

/** `[[name]]`: every header adds one. */
export interface TableList {
  readonly at: GrowingPlace;
  readonly tables: Table[];
  readonly items: Node[];
}

export function newTable(at: GrowingPlace): Table {
  const members = new Map<string, Member>();
  const node: Block = { is: "block", at, keys: () => [...members.keys()], get: (key) => members.get(key) };
  return { at, node, members, inner: undefined, isNamed: false };
}

/** Writes a value into a table, through the tables that a dotted key names. What is wrong, if it cannot be done. */
export function assign(table: Table, key: readonly Key[], value: Node): string | undefined {
  let into = table;
  for (let index = 0; index < key.length - 1; index++) {
    const part = key[index] as Key;
    const inner = innerTable(into, part, part.start);
    if (!inner) return `${part.name} is no table`;
    into = inner;
    into.at.end = Math.max(into.at.end, value.at.end);
  }
  const last = key.at(-1) as Key;
  if (into.members.has(last.name)) return `the key ${last.name} is there twice`;
  const { file } = table.at;
  into.members.set(last.name, {
    key: { file, start: last.start, end: last.end },
    whole: { file, start: last.start, end: value.at.end },
    value,
  });
  return undefined;
}

/** The table of that name in another one, made if it is not there; undefined if something else has the name. */
export function innerTable(table: Table, key: Key, start: number): Table | undefined {
  const known = table.inner?.get(key.name);
  if (known) return "tables" in known ? known.tables.at(-1) : known;
  if (table.members.has(key.name)) return undefined;
  const made = newTable({ file: table.at.file, start, end: key.end });
  addInner(table, key, made, made);
  return made;
}

/** Adds a table to the list of that name; undefined if something else has the name. */
export function listedTable(table: Table, key: Key, start: number): Table | undefined {
  const { file } = table.at;
  const made = newTable({ file, start, end: key.end });
  made.isNamed = true;
  let list = table.inner?.get(key.name);
  if (!list) {
    if (table.members.has(key.name)) return undefined;
    const at = { file, start, end: key.end };
    const items: Node[] = [];
    list = { at, tables: [], items };
    addInner(table, key, list, { at, node: { is: "list", at, items } });
  }
  if (!("tables" in list)) return undefined;
  list.tables.push(made);
  list.items.push(made.node);
  return made;
}

function addInner(
  table: Table,
  key: Key,
  inner: Table | TableList,
  { at, node }: { readonly at: GrowingPlace; readonly node: Node },
): void {
  table.inner ??= new Map();
  table.inner.set(key.name, inner);
  table.members.set(key.name, {
    key: { file: at.file, start: key.start, end: key.end },
    whole: at,
    value: node,
  });
}
