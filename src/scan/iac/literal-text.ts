/** Values in the words of a message: short, and never a long text whole. */
import type { Node } from "../formats/node.ts";

const longest = 60;

/** "a", "a or b", "a, b or c". */
export function inText(values: readonly (string | number | boolean)[]): string {
  const words = values.map((one) => shortened(String(one)));
  return words.length < 2 ? (words[0] ?? "nothing") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

export function literalText(node: Node): string {
  if (node.is === "scalar") return node.value === "" ? "empty" : shortened(String(node.value));
  if (node.is === "unknown") return shortened(node.text ?? "not known");
  if (node.is === "block") return "set";
  const plain = node.items.flatMap((item) => (item.is === "scalar" && item.value !== null ? [item.value] : []));
  return plain.length === 0 ? (node.items.length === 0 ? "empty" : "set") : shortened(plain.join(", "));
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > longest ? `${line.slice(0, longest)}...` : line;
}
