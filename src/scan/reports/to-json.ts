import type { Report } from "./report.ts";

/** The contract that scripts read: one object. `silenced` is there only where something is silenced. */
export function toJson(report: Report): string {
  const { tool, findings, evaluations, packages, problems, silenced, stats } = report;
  const hidden = silenced.length === 0 ? undefined : silenced;
  return `${JSON.stringify({ tool, findings, evaluations, packages, problems, silenced: hidden, stats }, null, 2)}\n`;
}
