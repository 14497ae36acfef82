import type { Finding } from "#model/finding.ts";
import { compareSeverity } from "#model/severity.ts";
import { isSpan } from "#model/span.ts";

/** The worst first; within a severity what is not live comes last, and otherwise path, line and column count. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) =>
      compareSeverity(a.severity, b.severity) ||
      isOver(a) - isOver(b) ||
      comparePlace(a, b) ||
      (a.rule < b.rule ? -1 : 1),
  );
}

/** What opens nothing any more is looked at last. */
function isOver({ live }: Finding): 0 | 1 {
  return live?.verdict === "not-live" ? 1 : 0;
}

function comparePlace({ at: a }: Finding, { at: b }: Finding): number {
  if (!isSpan(a) || !isSpan(b)) return Number(isSpan(b)) - Number(isSpan(a));
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.startLine - b.startLine || a.startColumn - b.startColumn;
}
