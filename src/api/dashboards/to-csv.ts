/** One part of the dashboards as CSV (RFC 4180), with a mark at the head by which spreadsheets know UTF-8. */
import { csvField } from "../shapes/csv-field.ts";
import type { Dashboards, dashboardParts } from "./contract.ts";

type Cell = string | number | null;
type Row = Readonly<Record<string, Cell>>;

export type DashboardPart = (typeof dashboardParts)[number];

const rowsOf: Readonly<Record<DashboardPart, (from: Dashboards) => readonly Row[]>> = {
  funnel: ({ funnel: { urgentFrom: _from, ...steps } }) =>
    Object.entries(steps).map(([step, issues]) => ({ step, issues })),
  "time-to-fix": ({ timeToFix: { all, bySeverity, byScanner } }) => [
    { of: "all", name: "all", ...all },
    ...bySeverity.map(({ severity, ...rest }) => ({ of: "severity", name: severity, ...rest })),
    ...byScanner.map(({ scanner, ...rest }) => ({ of: "scanner", name: scanner, ...rest })),
  ],
  sla: ({ sla: { bySeverity, ...all } }) => [{ severity: "all", ...all }, ...bySeverity],
  coverage: ({ coverage }) => Object.entries(coverage).map(([what, count]) => ({ what, count })),
  trend: ({ trend }) => trend,
  rules: ({ top }) => top.rules.map(({ id: _id, ...row }) => row),
  repositories: ({ top }) => top.repositories,
  owners: ({ top }) => top.owners.map(({ id: _id, title: _title, ...row }) => row),
};

const headOf: Readonly<Record<DashboardPart, readonly string[]>> = {
  funnel: ["step", "issues"],
  "time-to-fix": ["of", "name", "fixed", "meanHours", "medianHours"],
  sla: ["severity", "onTrack", "approaching", "overdue", "keptRate"],
  coverage: ["what", "count"],
  trend: ["week", "open", "opened", "fixed"],
  rules: ["name", "title", "open", "urgent", "overdue"],
  repositories: ["id", "name", "title", "open", "urgent", "overdue"],
  owners: ["name", "open", "urgent", "overdue"],
};

export function toCsv(dashboards: Dashboards, part: DashboardPart): string {
  const head = headOf[part];
  const lines = rowsOf[part](dashboards).map((row) => head.map((name) => csvField(row[name] ?? null)).join(","));
  return `\uFEFF${[head.join(","), ...lines].join("\r\n")}\r\n`;
}
