/** One step worse or milder, for what raises or lowers the severity of a rule. */
import { type Severity, severities } from "#model/severity.ts";

export function worse(severity: Severity): Severity {
  return severities[Math.max(0, severities.indexOf(severity) - 1)] ?? severity;
}

export function milder(severity: Severity): Severity {
  return severities[severities.indexOf(severity) + 1] ?? severity;
}
