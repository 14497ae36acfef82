/** What policies made of the problems of a pull request, in one sentence. */
import type { VerdictRow } from "#api/verdicts/contract.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";

export function sayCounts({ blocking, matched }: VerdictRow["counts"]): string {
  if (matched === 0) return "No policy is about anything in it.";
  if (blocking === 0) return `${countOf(matched, "problem")}, and none blocked it.`;
  return `${sayCount(blocking)} of ${countOf(matched, "problem")} blocked it.`;
}
