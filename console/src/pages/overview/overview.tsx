/** The first page: what is open, worst first; how that moves; whether scans run and hooks arrive. */
import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { Overview } from "#api/overview/contract.ts";
import { ask } from "../../api.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import { Failure } from "../../ui/failure.tsx";
import { NoRepository } from "../../ui/no-repository.tsx";
import { NothingConnected } from "../../ui/nothing-connected.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Waiting } from "../../ui/table/listing.tsx";
import { Categories } from "./categories.tsx";
import { Gates } from "./gates.tsx";
import { OpenIssues } from "./open-issues.tsx";
import classes from "./overview.module.css";
import { Recent } from "./recent.tsx";

/** The chart library weighs more than the rest of the page: it comes when the numbers are there. */
const Trend = lazy(async () => ({ default: (await import("./trend.tsx")).Trend }));

export function OverviewPage() {
  const query = useQuery({ ...ask.overview(), refetchInterval: 60_000 });
  const { data } = query;
  return (
    <Page
      title="Overview"
      lead={data === undefined || data.instances.length === 0 ? undefined : <Lead overview={data} />}
    >
      {data !== undefined ? (
        <Content overview={data} />
      ) : query.error !== null ? (
        <Failure error={query.error} retry={() => query.refetch()} />
      ) : (
        <Waiting />
      )}
    </Page>
  );
}

function Lead({ overview }: { readonly overview: Overview }) {
  const { chosen, total } = overview.repositories;
  const connections = overview.instances.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      Watching {countOf(chosen, "repository", "repositories")}
      {chosen === total ? "" : ` of ${sayCount(total)}`} through{" "}
      <Anchor component={Link} to="/settings/integrations" fz="inherit">
        {countOf(connections, "connection")}
      </Anchor>
      .
    </>
  );
}

function Content({ overview }: { readonly overview: Overview }) {
  if (overview.instances.length === 0) {
    return (
      <Panel>
        <NothingConnected title="Connect your first organization">
          Sallyport then watches its repositories, scans every push and pull request, and shows what it finds here. The
          next page says which ways there are to sign in, and what each must be allowed to do.
        </NothingConnected>
      </Panel>
    );
  }
  return (
    <>
      {overview.repositories.total > 0 ? null : (
        <Panel>
          <NoRepository />
        </Panel>
      )}
      <OpenIssues counts={overview.openIssues} trend={overview.trend} />
      <div className={classes.split}>
        <Panel title="Open issues, last 30 days" className={classes.trend}>
          <Suspense fallback={null}>
            <Trend days={overview.trend} />
          </Suspense>
        </Panel>
        <Categories counts={overview.openIssues} secrets={overview.openSecrets} />
      </div>
      <div className={classes.split}>
        <Recent />
        <Gates overview={overview} />
      </div>
    </>
  );
}
