/** A tree with other places. */
import { blockOf, type Member, type Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";

const deepest = 300;

export function walkPlaces(node: Node, move: (place: Place) => Place, depth = 0): Node {
  const at = move(node.at);
  const written = { at, ...(node.from && { from: move(node.from) }) };
  if (depth > deepest) return { is: "unknown", at, reason: "it is nested too deep", refs: [] };
  if (node.is === "list") {
    return { ...node, ...written, items: node.items.map((item) => walkPlaces(item, move, depth + 1)) };
  }
  if (node.is !== "block") return { ...node, ...written };
  const members = new Map<string, Member>();
  for (const key of node.keys()) {
    const member = node.get(key);
    if (!member) continue;
    const value = walkPlaces(member.value, move, depth + 1);
    members.set(key, { key: move(member.key), whole: move(member.whole), value });
  }
  return { ...node, ...blockOf(at, members), ...written };
}
