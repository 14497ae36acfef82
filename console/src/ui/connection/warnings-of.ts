/** Which switched features a sign-in does not carry, in words for beside the switch. */
import type { PreflightOnWire } from "#api/shapes/preflight.ts";
import type { FeaturesBody } from "#api/shapes/takes.ts";

const featureOf = { comment: "comment", status: "status", fix: "fix", workItems: "work-items" } as const;

export function warningsOf(
  preflights: readonly (PreflightOnWire | null)[],
): Readonly<Partial<Record<keyof FeaturesBody, string>>> {
  const warnings: Partial<Record<keyof FeaturesBody, string>> = {};
  for (const [name, feature] of Object.entries(featureOf) as [keyof FeaturesBody, string][]) {
    const lost = preflights
      .flatMap((preflight) => preflight?.features ?? [])
      .filter((one) => one.feature === feature && one.works === "no");
    const missing = [...new Set(lost.flatMap((one) => one.missing))].join(", ");
    if (lost.length > 0) warnings[name] = missing === "" ? "This sign-in does not allow it" : `Missing: ${missing}`;
  }
  return warnings;
}
