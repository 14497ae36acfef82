import { mayStandAt } from "../prefilter/anchor-probes.ts";
import type { Hit } from "../text/view.ts";
import type { CompiledAnchor } from "./compiled-anchor.ts";

/** Calls `visit` for those that end here and have what their rule needs beside them; false as soon as it says false. */
export function visitAnchors(
  anchors: readonly CompiledAnchor[],
  bytes: Buffer,
  end: number,
  visit: (anchor: CompiledAnchor, hit: Hit) => boolean,
): boolean {
  // By numbers: this is asked often before it is compiled, and then an iterator makes an object for each step.
  for (let index = 0; index < anchors.length; index++) {
    const anchor = anchors[index]!;
    const start = end - anchor.length;
    if (mayStandAt(anchor.probes, bytes, start, end) && !visit(anchor, { start, end })) return false;
  }
  return true;
}
