import type { Report } from "./report.ts";

/** The contract that scripts read: one object. */
export function toJson(report: Report): string {
  const { tool, findings, evaluations, packages, problems, silenced, stats } = report;
  return `${JSON.stringify({ tool, findings, evaluations, packages, problems, silenced, stats }, null, 2)}\n`;
}
