import type { Finding } from "#model/finding.ts";
import type { FixedProblem } from "#model/fix.ts";
import { isSpan } from "#model/span.ts";

/** Findings as a fix remembers them. */
export function fixedProblem({ fingerprint, rule, severity, message, at, advisory }: Finding): FixedProblem {
  const name = advisory && (advisory.aliases.find((alias) => alias.startsWith("CVE-")) ?? advisory.id);
  return {
    ...{ fingerprint, rule, severity, message, path: isSpan(at) ? at.path : at.setting },
    ...(name !== undefined && { advisory: name }),
  };
}
