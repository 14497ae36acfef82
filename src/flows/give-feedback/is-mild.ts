import type { Finding } from "#model/finding.ts";

/**
 * Good housekeeping of infrastructure (a missing description, a key of one's own), licences to look at some day: a new
 * resource or package has a dozen of these, and nobody reads a dozen comments. The status counts them without failing, and
 * the console shows them.
 */
export function isMild({ rule, severity }: Pick<Finding, "rule" | "severity">): boolean {
  return severity === "low" && !rule.startsWith("secrets/");
}
