/** Builds that Azure DevOps reported as completed. */
import { IconBuildingFactory2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import type { BuildRow } from "#api/builds/contract.ts";
import { ask } from "../../api.ts";
import { shortCommit } from "../../ui/amounts.ts";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { Page } from "../../ui/page.tsx";
import type { Column } from "../../ui/table/data-table.tsx";
import { PagedTable, pageSize } from "../../ui/table/paged-table.tsx";
import { Tag, type Tone } from "../../ui/tag.tsx";
import { ActivityTabs } from "./activity-tabs.tsx";
import classes from "./scans.module.css";

const route = getRouteApi("/signed-in/builds");

/** Azure DevOps' own words. */
const results: Readonly<Record<string, { readonly label: string; readonly tone: Tone }>> = {
  succeeded: { label: "Succeeded", tone: "good" },
  partiallySucceeded: { label: "Partly succeeded", tone: "warning" },
  failed: { label: "Failed", tone: "bad" },
  canceled: { label: "Cancelled", tone: "off" },
};

const columns: Column<BuildRow>[] = [
  {
    id: "result",
    header: "Result",
    meta: { width: 160 },
    cell: ({ row }) => {
      const known = results[row.original.result];
      return <Tag tone={known?.tone ?? "quiet"}>{known?.label ?? row.original.result}</Tag>;
    },
  },
  {
    id: "build",
    header: "Build",
    cell: ({ row: { original: row } }) => (
      <>
        {row.webUrl === null ? row.number : <OutsideLink href={row.webUrl}>{row.number}</OutsideLink>}
        <div className={classes.quiet}>{row.definition}</div>
      </>
    ),
  },
  {
    id: "repository",
    header: "Repository",
    cell: ({ row: { original: row } }) => (
      <>
        {row.repository?.name ?? "Not known"}
        <div className={classes.quiet}>
          {row.organization} / {row.project}
        </div>
      </>
    ),
  },
  { id: "branch", header: "Branch", meta: { wideOnly: true }, cell: ({ row }) => row.original.branch ?? "" },
  {
    id: "commit",
    header: "Commit",
    meta: { wideOnly: true },
    cell: ({ row }) => (row.original.commit === null ? "" : <code>{shortCommit(row.original.commit)}</code>),
  },
  {
    id: "requester",
    header: "Asked for by",
    meta: { wideOnly: true },
    cell: ({ row }) => row.original.requestedBy ?? "",
  },
  {
    id: "scanned",
    header: "Scanned",
    meta: { wideOnly: true },
    cell: ({ row: { original: row } }) => <BuiltCommit row={row} />,
  },
  {
    id: "finished",
    header: "Finished",
    meta: { width: 150 },
    cell: ({ row }) => (row.original.finishedAt === null ? "" : <Moment at={row.original.finishedAt} />),
  },
];

/** A build makes a scan necessary only where no push or pull request did before. */
function BuiltCommit({ row }: { readonly row: BuildRow }) {
  if (row.commit === null || row.repository === null) return null;
  if (row.scanId === null) return <span className={classes.quiet}>By its push</span>;
  return (
    <Link to="/scans/$scanId" params={{ scanId: row.scanId }} className={classes.plain}>
      Because of this build
    </Link>
  );
}

export function BuildsPage() {
  const { page = 1 } = route.useSearch();
  const navigate = useNavigate({ from: "/builds" });
  const query = useQuery({
    ...ask.builds({ offset: (page - 1) * pageSize, limit: pageSize }),
    refetchInterval: 30_000,
  });
  return (
    <Page title="Builds">
      <ActivityTabs />
      <PagedTable
        query={query}
        label="Builds"
        columns={columns}
        rowId={(row) => `${row.organization} ${row.project} ${row.buildId}`}
        page={page}
        one="build"
        onPage={(next) => void navigate({ search: { page: next } })}
        empty={
          <Empty icon={IconBuildingFactory2} title="No build yet">
            When a pipeline of a connected project completes, Azure DevOps tells of it and it is listed here.
          </Empty>
        }
      />
    </Page>
  );
}
