/** Skips in the `metadata` of a resource: `"checkov": "ID:reason"`, or a list of such texts or of `{ id, comment }`. */
import { isText } from "../../../formats/azure-template/values.ts";
import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import type { SkipMark } from "../../resource.ts";
import { skipTools } from "../../skip-marks.ts";

export function skipsOf(metadata: Node | undefined): readonly SkipMark[] {
  return skipTools.flatMap((tool) => itemsOf(child(metadata, tool))).flatMap(marksOf);
}

function marksOf(item: Node): readonly SkipMark[] {
  if (item.is === "block") {
    const inner = item.get("skip")?.value;
    if (inner) return itemsOf(inner).flatMap(marksOf);
    const id = textOf(child(item, "id"));
    const reason = textOf(child(item, "comment")) ?? textOf(child(item, "reason"));
    return id === undefined ? [] : [{ id, reason, at: item.at }];
  }
  if (!isText(item)) return [];
  const [ids = "", ...reason] = item.value.replace(/^\s*skip\s*=\s*/, "").split(":");
  return ids
    .split(",")
    .map((id) => id.trim())
    .filter((id) => /^[\w./-]+$/.test(id))
    .map((id) => ({ id, reason: reason.join(":").trim() || undefined, at: item.at }));
}
