/** Skips that stand in annotations: `checkov.io/skip1: CKV_K8S_20=needed by the tracer`. */
import { child, type Node } from "../../../formats/node.ts";
import type { SkipMark } from "../../resource.ts";
import { skipTools } from "../../skip-marks.ts";

const annotation = new RegExp(`^(?:${skipTools.join("|")})\\.io/skip\\d*$`);

export function skipMarks(body: Node): readonly SkipMark[] {
  const annotations = child(child(body, "metadata"), "annotations");
  if (annotations?.is !== "block") return [];
  return annotations.keys().flatMap((key): readonly SkipMark[] => {
    const member = annotation.test(key) ? annotations.get(key) : undefined;
    if (member?.value.is !== "scalar" || member.value.value === null) return [];
    const [id = "", ...reason] = String(member.value.value).split("=");
    if (id.trim() === "") return [];
    return [{ id: id.trim(), reason: reason.join("=").trim() || undefined, at: member.whole }];
  });
}
