/** Skips that stand in a resource's metadata: `Metadata: { checkov: { skip: [{ id, comment }] } }`. */
import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import type { SkipMark } from "../../resource.ts";
import { skipTools } from "../../skip-marks.ts";

export function skipsIn(resource: Node): readonly SkipMark[] {
  const metadata = child(resource, "Metadata");
  return skipTools.flatMap((tool) => itemsOf(child(child(metadata, tool), "skip")).flatMap(markOf));
}

function markOf(item: Node): readonly SkipMark[] {
  const id = textOf(child(item, "id")) ?? textOf(item);
  if (id === undefined) return [];
  const reason = textOf(child(item, "comment")) ?? textOf(child(item, "reason"));
  return [{ id, at: item.at, ...(reason !== undefined && { reason }) }];
}
