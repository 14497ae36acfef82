import type { Finding } from "#model/finding.ts";
import { isSpan } from "#model/span.ts";
import type { Unjudged } from "#store/issues/occurrences.ts";

/** Whether it stands where its scanner could not look: then it may be there, or not. */
export function isUnjudged({ rule, at }: Finding, unjudged: readonly Unjudged[]): boolean {
  return isSpan(at) && unjudged.some(({ scanner, paths }) => rule.startsWith(`${scanner}/`) && paths.includes(at.path));
}
