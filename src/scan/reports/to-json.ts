import type { Report } from "./report.ts";

/** The contract that scripts read: one object. `silenced` is there only where something is silenced, `verdict` where policies were asked. */
export function toJson(report: Report): string {
  const { tool, fingerprintKey, findings, evaluations, packages, problems, silenced, verdict, stats } = report;
  const hidden = silenced.length === 0 ? undefined : silenced;
  const contract = {
    tool,
    fingerprintKey,
    findings,
    evaluations,
    packages,
    problems,
    silenced: hidden,
    verdict,
    stats,
  };
  return `${JSON.stringify(contract, null, 2)}\n`;
}
