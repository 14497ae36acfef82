/** From worst to mildest. */
export const severities = ["critical", "high", "medium", "low"] as const;

export type Severity = (typeof severities)[number];

/** True if `severity` is as bad as `threshold` or worse. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}

/** Negative if `a` is worse than `b`: sorts the worst first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severities.indexOf(a) - severities.indexOf(b);
}
