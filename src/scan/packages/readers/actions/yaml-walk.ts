/** Visits the blocks of a tree in the order of the text. Aliases are visited once, and an endless tree is left. */
import type { Block, Node } from "../../../formats/node.ts";

const mostBlocks = 100_000;

export function blocksIn(root: Node | undefined): readonly Block[] {
  const seen = new Set<Node>();
  const blocks: Block[] = [];
  const open: Node[] = root ? [root] : [];
  for (let node = open.pop(); node && blocks.length < mostBlocks; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const inner = node.is === "list" ? node.items : node.is === "block" ? valuesOf(node) : [];
    if (node.is === "block") blocks.push(node);
    for (let index = inner.length - 1; index >= 0; index--) open.push(inner[index] as Node);
  }
  return blocks;
}

function valuesOf(block: Block): readonly Node[] {
  return block.keys().flatMap((key) => block.get(key)?.value ?? []);
}
