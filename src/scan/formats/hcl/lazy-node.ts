/** Blocks and lists whose members are made when they are first asked for, and values that are told to stand elsewhere. */
import type { Block, List, Member, Node } from "../node.ts";
import type { Place } from "../text-file.ts";
import { unknown } from "./functions/answer.ts";

export function lazyList(at: Place, makers: readonly (() => Node)[], open?: string, from?: Place): List {
  let items: readonly Node[] | undefined;
  return {
    is: "list",
    at,
    get items() {
      if (items) return items;
      items = [];
      items = makers.map((make) => make());
      return items;
    },
    ...(open === undefined ? {} : { open }),
    ...(from === undefined ? {} : { from }),
  };
}

export interface LazyMember {
  readonly key: Place;
  readonly whole: Place;
  readonly value: () => Node;
}

type BlockMarks = Pick<Block, "from" | "open" | "maybe">;

export function lazyBlock(at: Place, members: ReadonlyMap<string, LazyMember>, marks: BlockMarks = {}): Block {
  return memoBlock(
    at,
    () => [...members.keys()],
    (key) => {
      const found = members.get(key);
      return found && { key: found.key, whole: found.whole, value: found.value() };
    },
    marks,
  );
}

/** Remembers every answer; a member that asks for itself is told so. */
export function memoBlock(
  at: Place,
  keys: () => readonly string[],
  find: (key: string) => Member | undefined,
  marks: BlockMarks = {},
): Block {
  // Most blocks are never looked into.
  let known: Map<string, Member | "absent" | "asked"> | undefined;
  const get = (key: string): Member | undefined => {
    known ??= new Map();
    const before = known.get(key);
    if (before === "absent") return undefined;
    if (before === "asked") return { key: at, whole: at, value: unknown(`\`${key}\` depends on itself`, [], at) };
    if (before) return before;
    known.set(key, "asked");
    const member = find(key);
    known.set(key, member ?? "absent");
    return member;
  };
  return { is: "block", at, keys, get, ...marks };
}

/** The same value used elsewhere: `at` is where it is used, `from` the text that decided it; members follow when read. */
export function relocated(node: Node, at: Place): Node {
  if (node.at === at) return node;
  const from = node.from ?? node.at;
  if (node.is === "scalar") {
    return node.content || node.pieces ? { ...node, at, from } : { is: "scalar", at, from, value: node.value };
  }
  if (node.is === "unknown") {
    const inside = from.file === at.file && from.start >= at.start && from.end <= at.end;
    return { ...node, at, from: inside ? undefined : from };
  }
  return relocatedStructure(node, at, from);
}

type Structure = List | Block;

/** A structure and its copies elsewhere, by place: values that contain each other many times over stay small. */
interface Family {
  readonly origin: Structure;
  readonly copies: Map<Place, Structure>;
}

const families = new WeakMap<Structure, Family>();

function relocatedStructure(node: Structure, at: Place, from: Place): Structure {
  let family = families.get(node);
  if (!family) {
    family = { origin: node, copies: new Map() };
    families.set(node, family);
  }
  const { origin, copies } = family;
  const before = copies.get(at);
  if (before) return before;
  const copy = origin.is === "list" ? relocatedList(origin, at, from) : relocatedBlock(origin, at, from);
  copies.set(at, copy);
  families.set(copy, family);
  return copy;
}

function relocatedList(list: List, at: Place, from: Place): List {
  let items: readonly Node[] | undefined;
  return {
    is: "list",
    at,
    from,
    get items() {
      items ??= list.items.map((item) => relocated(item, at));
      return items;
    },
    ...(list.open === undefined ? {} : { open: list.open }),
  };
}

function relocatedBlock({ keys, get, open, maybe }: Block, at: Place, from: Place): Block {
  const find = (key: string): Member | undefined => {
    const member = get(key);
    return member && { key: member.key, whole: member.whole, value: relocated(member.value, at) };
  };
  return memoBlock(at, keys, find, { from, ...(open ? { open } : {}), ...(maybe ? { maybe } : {}) });
}
