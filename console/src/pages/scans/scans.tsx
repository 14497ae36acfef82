/** Scans, newest first; running ones tell how far they are. */
import { Group, SegmentedControl } from "@mantine/core";
import { IconRadar2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { ScanRow } from "#api/scans/contract.ts";
import { ask } from "../../api.ts";
import { scanOutcomeWords } from "../../search-filters.ts";
import { countOf, sayDuration, shortCommit } from "../../ui/amounts.ts";
import { Empty } from "../../ui/empty.tsx";
import { FilterChips } from "../../ui/filter-chips.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { ScanState } from "../../ui/scan-state.tsx";
import type { Column } from "../../ui/table/data-table.tsx";
import { PagedTable, pageSize } from "../../ui/table/paged-table.tsx";
import { sayTarget } from "../../ui/target.ts";
import { scanOutcomes } from "../../ui/words.ts";
import { ActivityTabs } from "./activity-tabs.tsx";
import { sayBecause } from "./say-because.ts";
import classes from "./scans.module.css";

const route = getRouteApi("/signed-in/scans");

const columns: Column<ScanRow>[] = [
  {
    id: "outcome",
    header: "Outcome",
    meta: { width: 150 },
    cell: ({ row }) => <ScanState scan={row.original} />,
  },
  {
    id: "repository",
    header: "Repository",
    cell: ({ row: { original: row } }) => (
      <div className={classes.name}>
        <Link to="/scans/$scanId" params={{ scanId: row.id }}>
          {row.repository.name}
        </Link>
        <div className={classes.quiet}>
          {sayTarget(row.target)} at <code>{shortCommit(row.commit)}</code>
        </div>
      </div>
    ),
  },
  {
    id: "because",
    header: "Because",
    meta: { wideOnly: true },
    cell: ({ row }) => sayBecause(row.original),
  },
  {
    id: "files",
    header: "Read",
    meta: { align: "right", wideOnly: true },
    cell: ({ row }) => (row.original.stats === null ? "" : countOf(row.original.stats.files, "file")),
  },
  {
    id: "took",
    header: "Took",
    meta: { align: "right", wideOnly: true },
    cell: ({ row }) => (row.original.stats === null ? "" : sayDuration(row.original.stats.milliseconds)),
  },
  {
    id: "problems",
    header: "Problems",
    meta: { align: "right", wideOnly: true },
    cell: ({ row }) => (row.original.problemCount === 0 ? "" : countOf(row.original.problemCount, "problem")),
  },
  {
    id: "started",
    header: "Started",
    meta: { width: 150 },
    cell: ({ row }) => <Moment at={row.original.startedAt} />,
  },
];

export function ScansPage() {
  const { page = 1, ...filters } = route.useSearch();
  const navigate = useNavigate({ from: "/scans" });
  const query = useQuery(ask.scans({ ...filters, offset: (page - 1) * pageSize, limit: pageSize }));
  const repository = useQuery({
    ...ask.repository(filters.repositoryId ?? ""),
    enabled: filters.repositoryId !== undefined,
  });
  const change = (next: Partial<typeof filters>) =>
    void navigate({ search: (before) => ({ ...before, ...next, page: undefined }), replace: true });
  const filtered = filters.outcome !== undefined || filters.repositoryId !== undefined;
  return (
    <Page title="Scans">
      <ActivityTabs />
      <Group gap={8}>
        <SegmentedControl
          aria-label="Outcome"
          style={{ flexWrap: "wrap" }}
          value={filters.outcome ?? "all"}
          onChange={(value) => change({ outcome: scanOutcomeWords.find((word) => word === value) })}
          data={[
            { value: "all", label: "All" },
            ...scanOutcomeWords.map((value) => ({ value, label: scanOutcomes[value].label })),
          ]}
        />
        <FilterChips
          chips={
            filters.repositoryId === undefined
              ? []
              : [
                  {
                    key: "repository",
                    name: "repository",
                    label: repository.data?.name ?? "One repository",
                    remove: () => change({ repositoryId: undefined }),
                  },
                ]
          }
          onClear={() => change({ repositoryId: undefined, outcome: undefined })}
        />
      </Group>
      <PagedTable
        query={query}
        label="Scans"
        columns={columns}
        rowId={(row) => row.id}
        onOpen={(row) => void navigate({ to: "/scans/$scanId", params: { scanId: row.id } })}
        page={page}
        one="scan"
        onPage={(next) => void navigate({ search: (before) => ({ ...before, page: next }) })}
        empty={
          <Empty
            icon={IconRadar2}
            title={filtered ? "No scan fits" : "No scan yet"}
            action={
              filtered ? undefined : (
                <LinkButton to="/repositories" variant="default">
                  See the repositories
                </LinkButton>
              )
            }
          >
            {filtered
              ? "Take a filter away to see more."
              : "The first scans begin as soon as a connected repository has a commit; after that every push starts one."}
          </Empty>
        }
      />
    </Page>
  );
}
