/** Where a thread stands: on the lines of its finding, on the side of the comparison that has them. */
import type { NewThread } from "#azure-devops/threads.ts";
import type { IterationChange } from "#model/pull-request.ts";
import { isSpan, type Setting, type Span } from "#model/span.ts";
import { type EditedText, linesOf } from "./suggest-edit.ts";

/**
 * New problems stand in the new version of a file: the right side. A file that the pull request deletes has only the left
 * one: what went missing with it is told there. `changes`: by path, what the iteration changes.
 */
export function placeOf(
  at: Span | Setting,
  changes: ReadonlyMap<string, IterationChange>,
  text: EditedText | undefined,
): Pick<NewThread, "path" | "span" | "side" | "changeTrackingId"> {
  if (!isSpan(at)) return {};
  const change = changes.get(at.path);
  const isGone = change !== undefined && /\bdelete\b/i.test(change.changeType);
  return {
    path: at.path,
    span: text && !isGone ? wholeLines(at, text) : at,
    side: isGone ? "left" : "right",
    ...(change && { changeTrackingId: change.changeTrackingId }),
  };
}

/** What is suggested replaces whole lines. */
function wholeLines(at: Span, { text }: EditedText): Span {
  const { startLine, endLine } = linesOf(at);
  const last = text.split("\n", endLine)[endLine - 1]?.replace(/\r$/, "") ?? "";
  return { ...at, startLine, startColumn: 1, endLine, endColumn: last.length + 1 };
}
