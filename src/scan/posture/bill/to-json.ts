/** A bill of a pipeline as JSON: the same bill gives the same bytes, and two of them compare line by line. */
import type { PipelineBill } from "#model/posture/pipeline-bill.ts";

export function billToJson(bill: PipelineBill): string {
  return `${JSON.stringify(ordered(bill), undefined, 2)}\n`;
}

/** Keys in the order of their names, whatever made the object; lists as they are. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, ordered(inner)]),
  );
}
