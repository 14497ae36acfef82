/**
 * One value or the other, when nobody can know which: what both agree on is known. Blocks are compared member by member,
 * when asked; a block of which one side knows nothing may not be there at all.
 */
import type { Block, List, Member, Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { unknown } from "./scope.ts";

/** Undefined stands for a value that is left out. */
export function either(a: Node | undefined, b: Node | undefined, at: Place, reason: string): Node | undefined {
  if (!a || !b) return a || b ? perhaps((a ?? b) as Node, at, reason) : undefined;
  if (a.is === "scalar" && b.is === "scalar" && a.value === b.value) return a;
  if (a.is === "block" && b.is === "block") return eitherBlock(a, b, reason);
  if (a.is === "list" && b.is === "list") return eitherList(a, b, at, reason);
  return unknown(at, reason, [a, b]);
}

function perhaps(node: Node, at: Place, reason: string): Node {
  return node.is === "block" ? { ...node, maybe: true } : unknown(at, reason, [node]);
}

function eitherBlock(a: Block, b: Block, reason: string): Block {
  const known = new Map<string, Member | undefined>();
  const get = (key: string): Member | undefined => {
    if (known.has(key)) return known.get(key);
    const [left, right] = [a.get(key), b.get(key)];
    const member = left ?? right;
    const value = member && either(left?.value, right?.value, member.value.at, reason);
    const found = member && value && { ...member, value };
    known.set(key, found);
    return found;
  };
  const keys = (): readonly string[] => [...new Set([...a.keys(), ...b.keys()])];
  const open = a.open ?? b.open;
  const maybe = a.maybe === true || b.maybe === true;
  return { is: "block", at: a.at, keys, get, ...(open !== undefined && { open }), ...(maybe && { maybe }) };
}

/** Plain items of both are certain; what stands in one of them may be there. */
function eitherList(a: List, b: List, at: Place, reason: string): List {
  const plain = (list: List) => new Set(list.items.map((item) => (item.is === "scalar" ? item.value : undefined)));
  const [inA, inB] = [plain(a), plain(b)];
  const isCertain = (item: Node) => item.is === "scalar" && inA.has(item.value) && inB.has(item.value);
  const certain = a.items.filter(isCertain);
  const possible = [...a.items, ...b.items].filter((item) => !isCertain(item));
  const open = a.open ?? b.open ?? (possible.length > 0 ? reason : undefined);
  const items = [...certain, ...possible.map((item) => perhaps(item, item.at, reason))];
  return { is: "list", at, items, ...(open !== undefined && { open }) };
}
