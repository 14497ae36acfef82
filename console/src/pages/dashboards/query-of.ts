/** What the server is asked for by the filters of the address. */
import type { DashboardsQuery } from "#api/dashboards/contract.ts";
import type { DashboardFilters, IssueFilters } from "../../search-filters.ts";

export type DashboardQuery = { readonly [Name in keyof DashboardsQuery]: DashboardsQuery[Name] | undefined };

const dayMilliseconds = 24 * 60 * 60_000;

/** Without days the server takes the last 90. */
export function queryOf({ days, from, to, ...rest }: DashboardFilters, today = new Date()): DashboardQuery {
  if (days === undefined) return { ...rest, from, to };
  return { ...rest, from: new Date(today.getTime() - (Number(days) - 1) * dayMilliseconds).toISOString().slice(0, 10) };
}

/** What lists of issues can keep of it, so that a figure leads to what it counts. */
export function issuesOf({ instanceId, tag }: DashboardQuery): Pick<IssueFilters, "instanceId" | "tag"> {
  return { instanceId, tag: tag === undefined ? undefined : [tag] };
}
