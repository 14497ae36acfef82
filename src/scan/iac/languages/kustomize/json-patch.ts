/** JSON patches (RFC 6902) over nodes. An operation that cannot be done is told and left out; the others are done. */
import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import { memberOf, withItems, withMember, withoutMember } from "./edit-node.ts";

export interface PatchedNode {
  readonly node: Node;
  /** What could not be done, and where that stands. */
  readonly refused: readonly { readonly message: string; readonly operation: Node }[];
}

type Change = (parent: Node, key: string) => Node | undefined;

export function applyJsonPatch(target: Node, patch: Node): PatchedNode {
  const refused: { message: string; operation: Node }[] = [];
  let node = target;
  for (const operation of itemsOf(patch)) {
    const done = applyOperation(node, operation);
    if (typeof done === "string") refused.push({ message: done, operation });
    else node = done;
  }
  return { node, refused };
}

function applyOperation(node: Node, operation: Node): Node | string {
  const name = textOf(child(operation, "op")) ?? "";
  const path = pointerOf(child(operation, "path"));
  const from = pointerOf(child(operation, "from"));
  const value = child(operation, "value");
  if (path === undefined) return `the operation ${name} has no path`;
  switch (name) {
    case "add":
    case "replace":
      if (value === undefined) return `the operation ${name} has no value`;
      return changeAtPointer(node, path, name === "add" ? adding(value) : replacing(value)) ?? missing(path);
    case "remove":
      return changeAtPointer(node, path, removing) ?? missing(path);
    case "move":
    case "copy": {
      const moved = from && nodeAtPointer(node, from);
      if (!from || !moved) return missing(from ?? []);
      const rest = name === "move" ? changeAtPointer(node, from, removing) : node;
      return (rest && changeAtPointer(rest, path, adding(moved))) ?? missing(path);
    }
    case "test":
      return node;
    default:
      return `the operation ${name} does not exist`;
  }
}

function missing(path: readonly string[]): string {
  return `there is nothing at /${path.join("/")}`;
}

function pointerOf(node: Node | undefined): readonly string[] | undefined {
  const text = textOf(node);
  if (text === undefined || (text !== "" && !text.startsWith("/"))) return undefined;
  return text
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function nodeAtPointer(node: Node, path: readonly string[]): Node | undefined {
  let found: Node | undefined = node;
  for (const key of path)
    found = found?.is === "list" ? found.items[positionOf(key, found.items.length)] : child(found, key);
  return found;
}

/** A position in a list; `-` is the one behind the last. */
function positionOf(key: string, length: number): number {
  if (key === "-") return length;
  return /^\d{1,6}$/.test(key) ? Number(key) : -1;
}

function changeAtPointer(node: Node, path: readonly string[], change: Change): Node | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  if (rest.length === 0) return change(node, key);
  if (node.is === "list") {
    const position = positionOf(key, node.items.length);
    const item = node.items[position];
    const changed = item && changeAtPointer(item, rest, change);
    return changed && withItems(node, node.items.with(position, changed));
  }
  if (node.is !== "block") return undefined;
  const member = node.get(key);
  const changed = member && changeAtPointer(member.value, rest, change);
  return changed && withMember(node, key, { ...member, value: changed });
}

function adding(value: Node): Change {
  return (parent, key) => {
    if (parent.is === "list") {
      const position = positionOf(key, parent.items.length);
      if (position < 0 || position > parent.items.length) return undefined;
      return withItems(parent, parent.items.toSpliced(position, 0, value));
    }
    return parent.is === "block" ? withMember(parent, key, memberOf(value)) : undefined;
  };
}

function replacing(value: Node): Change {
  return (parent, key) => {
    if (parent.is === "list") {
      const position = positionOf(key, parent.items.length);
      return parent.items[position] ? withItems(parent, parent.items.with(position, value)) : undefined;
    }
    const member = parent.is === "block" ? parent.get(key) : undefined;
    return parent.is === "block" && member ? withMember(parent, key, { ...member, value }) : undefined;
  };
}

function removing(parent: Node, key: string): Node | undefined {
  if (parent.is === "list") {
    const position = positionOf(key, parent.items.length);
    return parent.items[position] ? withItems(parent, parent.items.toSpliced(position, 1)) : undefined;
  }
  return parent.is === "block" && parent.get(key) ? withoutMember(parent, key) : undefined;
}
