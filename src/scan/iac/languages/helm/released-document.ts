/**
 * A document that names no namespace goes where the release is installed, which is not known; in a plain manifest it would
 * be the namespace default.
 */
import { type Block, child, type Member, type Node, textOf } from "../../../formats/node.ts";
import { isClusterWide } from "../kubernetes/cluster-wide.ts";

export function releasedDocument(node: Node): Node {
  if (node.is !== "block" || isClusterWide(textOf(child(node, "kind")))) return node;
  const metadata = node.get("metadata");
  if (metadata?.value.is !== "block" || metadata.value.get("namespace")) return node;
  const namespace = released(metadata.value);
  return withMember(node, "metadata", { ...metadata, value: withMember(metadata.value, "namespace", namespace) });
}

function released({ at }: Block): Member {
  const value: Node = { is: "unknown", at, reason: "the namespace is chosen at the installation", refs: [] };
  return { key: at, whole: at, value };
}

function withMember(block: Block, name: string, member: Member): Block {
  return {
    ...block,
    keys: () => (block.keys().includes(name) ? block.keys() : [...block.keys(), name]),
    get: (key) => (key === name ? member : block.get(key)),
  };
}
