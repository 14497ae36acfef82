/** Nodes with something changed: what stays keeps its places, what is new brings its own. Nothing is changed in place. */
import { type Block, blockOf, type List, type Member, type Node, type Scalar } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";

export function scalarAt(value: Scalar["value"], at: Place, from?: Place): Scalar {
  return { is: "scalar", value, at, ...(from && { from }) };
}

/** A block of members that stand at one place. */
export function blockAt(at: Place, entries: Iterable<readonly [string, Node]>): Block {
  return blockOf(at, new Map([...entries].map(([key, value]) => [key, memberOf(value)])));
}

export function memberOf(value: Node): Member {
  return { key: value.at, whole: value.at, value };
}

/** How many changes lie on top of each other in a block. */
const layers = Symbol("layers");

interface Changed extends Block {
  readonly [layers]?: number;
}

/** Each change asks the block below it: of many, as a patch of thousands of operations makes them, a plain block is made. */
const mostLayers = 50;

function changed(block: Changed, change: Pick<Block, "keys" | "get">): Changed {
  const count = (block[layers] ?? 0) + 1;
  const result: Changed = { ...block, ...change, [layers]: count };
  if (count <= mostLayers) return result;
  const members = new Map<string, Member>();
  for (const key of result.keys()) {
    const member = result.get(key);
    if (member) members.set(key, member);
  }
  return { ...result, ...blockOf(result.at, members), [layers]: 0 };
}

/** With a member added or replaced. */
export function withMember(block: Block, key: string, member: Member): Block {
  const keys = block.keys().includes(key) ? block.keys() : [...block.keys(), key];
  return changed(block, { keys: () => keys, get: (one) => (one === key ? member : block.get(one)) });
}

/** With another value for a key; a member that is there keeps the place of its key. */
export function withValue(block: Block, key: string, value: Node): Block {
  const before = block.get(key);
  return withMember(block, key, before ? { ...before, value } : memberOf(value));
}

export function withoutMember(block: Block, key: string): Block {
  const keys = block.keys().filter((one) => one !== key);
  return changed(block, { keys: () => keys, get: (one) => (one === key ? undefined : block.get(one)) });
}

export function withItems(list: List, items: readonly Node[]): List {
  return { ...list, items };
}

/** Changes what stands at a path of keys, where it is; blocks on the way that are not there are made, if `at` says where. */
export function changeAt(
  node: Node,
  path: readonly string[],
  change: (value: Node | undefined) => Node | undefined,
  at?: Place,
): Node {
  const [key, ...rest] = path;
  if (node.is !== "block" || key === undefined) return node;
  const member = node.get(key);
  const present = member && !isNull(member.value) ? member.value : undefined;
  if (rest.length === 0) {
    const value = change(present);
    return value === undefined || value === present ? node : withValue(node, key, value);
  }
  const inner = present ?? (at && blockAt(at, []));
  if (!inner) return node;
  const changed = changeAt(inner, rest, change, at);
  return changed === inner ? node : withValue(node, key, changed);
}

function isNull(node: Node): boolean {
  return node.is === "scalar" && node.value === null;
}

const deepest = 200;

/** A node in its tree: the keys that lead to it (lists have none), and the block it stands in. */
export interface Visited {
  readonly node: Node;
  readonly path: readonly string[];
  readonly parent: Block | undefined;
}

/** Rebuilds a tree: `change` sees every node and may replace it; what it leaves is walked into. */
export function walkNodes(node: Node, change: (visited: Visited) => Node | undefined): Node {
  return walk({ node, path: [], parent: undefined }, change);
}

function walk({ node, path, parent }: Visited, change: (visited: Visited) => Node | undefined): Node {
  const replaced = change({ node, path, parent });
  if (replaced) return replaced;
  if (path.length > deepest) return node;
  if (node.is === "list") {
    const items = node.items.map((item) => walk({ node: item, path, parent }, change));
    return items.every((item, position) => item === node.items[position]) ? node : withItems(node, items);
  }
  if (node.is !== "block") return node;
  let block: Block = node;
  for (const name of node.keys()) {
    const value = node.get(name)?.value;
    if (!value) continue;
    const changed = walk({ node: value, path: [...path, name], parent: node }, change);
    if (changed !== value) block = withValue(block, name, changed);
  }
  return block;
}
