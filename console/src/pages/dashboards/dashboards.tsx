/** Dashboards: what became of what was found, how fast, and where nobody looks; each part can be taken away. */
import { IconChartBar } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { Dashboards } from "#api/dashboards/contract.ts";
import { ask } from "../../api.ts";
import type { DashboardFilters } from "../../search-filters.ts";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Moment, sayDay } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Coverage } from "./coverage.tsx";
import { DashboardFilterControls } from "./dashboard-filters.tsx";
import classes from "./dashboards.module.css";
import { Funnel } from "./funnel.tsx";
import { HeadlinesOf } from "./headlines-of.tsx";
import { type DashboardQuery, queryOf } from "./query-of.ts";
import { Sla } from "./sla.tsx";
import { TimeToFix } from "./time-to-fix.tsx";
import { TopLists } from "./top-lists.tsx";
import { Trend } from "./trend.tsx";
import { useDashboardChips } from "./use-dashboard-chips.ts";

const route = getRouteApi("/signed-in/dashboards");

export function DashboardsPage() {
  const filters = route.useSearch();
  const navigate = useNavigate({ from: "/dashboards" });
  const of = queryOf(filters);
  const query = useQuery({ ...ask.dashboards(of), refetchInterval: 5 * 60_000 });
  const change = (next: DashboardFilters) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const chips = useDashboardChips(filters, change);
  return (
    <Page title="Dashboards" lead={query.data === undefined ? undefined : <Lead figures={query.data} />}>
      <FilterBar chips={chips} onClear={() => void navigate({ search: {}, replace: true })}>
        <DashboardFilterControls filters={filters} onChange={change} />
      </FilterBar>
      <Listing query={query} isEmpty={isNothing} empty={<Nothing filtered={chips.length > 0} />}>
        {(figures) => <Parts figures={figures} of={of} stale={query.isPlaceholderData} />}
      </Listing>
    </Page>
  );
}

function Lead({ figures: { from, to, asOf } }: { readonly figures: Dashboards }) {
  return (
    <>
      {sayDay(from)} to {sayDay(to)}
      {asOf === null ? ". Not counted yet." : ", counted "}
      {asOf === null ? null : <Moment at={asOf} />}
    </>
  );
}

interface PartsProperties {
  readonly figures: Dashboards;
  readonly of: DashboardQuery;
  readonly stale: boolean;
}

function Parts({ figures, of, stale }: PartsProperties) {
  return (
    <div className={classes.parts} data-stale={stale || undefined} aria-busy={stale}>
      <HeadlinesOf figures={figures} />
      <Funnel figures={figures} of={of} />
      <Trend figures={figures} of={of} />
      <TimeToFix figures={figures} of={of} />
      <Sla figures={figures} of={of} />
      <Coverage figures={figures} of={of} />
      <TopLists figures={figures} of={of} />
    </div>
  );
}

function isNothing({ funnel, coverage }: Dashboards): boolean {
  return funnel.raw === 0 && coverage.repositories === 0;
}

function Nothing({ filtered }: { readonly filtered: boolean }) {
  return (
    <Panel>
      <Empty icon={IconChartBar} title={filtered ? "Nothing fits these filters" : "Nothing to count yet"}>
        {filtered
          ? "No repository is of this instance, project and tag."
          : "Figures appear once a connected repository is scanned; Repositories lists them."}
      </Empty>
    </Panel>
  );
}
