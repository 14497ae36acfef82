/** A tree with `${NAME:-default}` worked out in every text, as compose does it before it looks at anything. Lazily. */
import type { Block, Member, Node } from "../../../formats/node.ts";
import { expandVariables } from "../../../formats/shell-words/expand-variables.ts";

const rules = { lookup: () => undefined, escape: "$", quotes: false };

export function substituted(node: Node): Node {
  if (node.is === "list") return { ...node, items: node.items.map(substituted) };
  if (node.is === "block") return substitutedBlock(node);
  if (node.is !== "scalar" || typeof node.value !== "string" || !node.value.includes("$")) return node;
  const { text, unknown } = expandVariables(node.value, rules);
  const [name] = unknown;
  if (name === undefined) return { ...node, value: valueIn(text) };
  const reason = `the value of ${name} is given when the containers are started`;
  return { is: "unknown", at: node.at, reason, refs: [], text };
}

/** A text that became a boolean is read as one, as compose converts it to what the key takes. */
function valueIn(text: string): string | boolean {
  return text === "true" || text === "false" ? text === "true" : text;
}

function substitutedBlock(block: Block): Block {
  const known = new Map<string, Member>();
  return {
    ...block,
    get: (key) => {
      const found = known.get(key);
      if (found) return found;
      const member = block.get(key);
      if (!member) return undefined;
      const made = { ...member, value: substituted(member.value) };
      known.set(key, made);
      return made;
    },
  };
}
