/** What every part of the dashboards takes. */
import type { Dashboards } from "#api/dashboards/contract.ts";
import type { DashboardQuery } from "./query-of.ts";

export interface PartProperties {
  readonly figures: Dashboards;
  readonly of: DashboardQuery;
}
