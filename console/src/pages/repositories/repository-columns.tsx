/** What the table of repositories shows. */
import { Link } from "@tanstack/react-router";
import type { RepositoryRow } from "#api/repositories/contract.ts";
import { Moment } from "../../ui/moment.tsx";
import { ScanState } from "../../ui/scan-state.tsx";
import { SeverityCounts } from "../../ui/severity.tsx";
import type { Column } from "../../ui/table/data-table.tsx";
import { Badge } from "../../ui/tag.tsx";
import classes from "./repositories.module.css";

export const repositoryColumns: Column<RepositoryRow>[] = [
  {
    id: "name",
    header: "Repository",
    meta: { sorts: "asc" },
    cell: ({ row: { original: row } }) => (
      <div className={classes.name}>
        <Link to="/issues" search={{ repositoryId: row.id }}>
          {row.name}
        </Link>
        <Badges row={row} />
        <div className={classes.quiet}>{row.defaultBranch ?? "no branch yet"}</div>
      </div>
    ),
  },
  {
    id: "project",
    header: "Project",
    meta: { wideOnly: true },
    cell: ({ row: { original: row } }) => (
      <>
        {row.project}
        <div className={classes.quiet}>{row.organization}</div>
      </>
    ),
  },
  {
    id: "issues",
    header: "Open issues",
    meta: { sorts: "desc" },
    cell: ({ row: { original: row } }) =>
      row.chosen ? <SeverityCounts counts={row.openIssues} /> : <span className={classes.quiet}>Not scanned</span>,
  },
  {
    id: "scanned",
    header: "Last scan",
    meta: { width: 240, sorts: "desc" },
    cell: ({ row: { original: row } }) => <LastScan row={row} />,
  },
];

function Badges({ row }: { readonly row: RepositoryRow }) {
  return (
    <>
      {row.isFork ? <Badge>Fork</Badge> : null}
      {row.isEmpty ? <Badge>Empty</Badge> : null}
      {row.isDisabled ? <Badge>Disabled</Badge> : null}
      {row.goneAt === null ? null : <Badge>Gone</Badge>}
    </>
  );
}

function LastScan({ row }: { readonly row: RepositoryRow }) {
  if (row.lastScan === null) return <span className={classes.quiet}>{row.chosen ? "Not yet" : ""}</span>;
  return (
    <Link to="/scans/$scanId" params={{ scanId: row.lastScan.id }} className={classes.scan}>
      <ScanState scan={row.lastScan} />
      <span className={classes.quiet}>
        <Moment at={row.lastScan.finishedAt ?? row.lastScan.startedAt} />
      </span>
    </Link>
  );
}
