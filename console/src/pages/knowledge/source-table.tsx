/** Where the copy comes from: each source with its age, its licence, and what went wrong last. */
import { IconBook2 } from "@tabler/icons-react";
import type { Knowledge } from "#api/knowledge/contract.ts";
import { sayCount } from "../../ui/amounts.ts";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { Tag } from "../../ui/tag.tsx";
import classes from "./knowledge.module.css";

type Source = Knowledge["sources"][number];

const kinds: Readonly<Record<string, string>> = {
  osv: "Advisories",
  epss: "Likelihood of exploits",
  kev: "Known exploited",
  dotnet: "Releases of .NET",
};

const columns: Column<Source>[] = [
  {
    id: "name",
    header: "Source",
    cell: ({ row: { original: row } }) => (
      <>
        <strong>{row.name}</strong>
        <div className={classes.quiet}>{kinds[row.kind] ?? row.kind}</div>
      </>
    ),
  },
  {
    id: "asOf",
    header: "Current as of",
    cell: ({ row: { original: row } }) => (
      <>
        {row.asOf === null ? <Tag tone="quiet">Never fetched</Tag> : <Moment at={row.asOf} />}
        {row.error === null ? null : (
          <div className={classes.error}>
            <Tag tone="warning">The last attempt failed</Tag>
            <div className={classes.quiet}>{row.error}</div>
          </div>
        )}
      </>
    ),
  },
  {
    id: "records",
    header: "Records",
    meta: { align: "right", wideOnly: true },
    cell: ({ row }) => (row.original.records === null ? "" : sayCount(row.original.records)),
  },
  {
    id: "licence",
    header: "Licence",
    cell: ({ row: { original: row } }) => (
      <>
        {row.licence}
        {row.attribution === null ? null : <div className={classes.quiet}>{row.attribution}</div>}
      </>
    ),
  },
  {
    id: "from",
    header: "From",
    meta: { wideOnly: true },
    cell: ({ row: { original: row } }) => (
      <span className={classes.from}>
        {row.from.startsWith("https://") ? <OutsideLink href={row.from}>{row.from}</OutsideLink> : row.from}
      </span>
    ),
  },
];

export function SourceTable({ sources }: { readonly sources: readonly Source[] }) {
  if (sources.length === 0) {
    return (
      <Empty icon={IconBook2} title="No source yet">
        Sources appear when something was fetched or imported. Which are asked is told in the configuration file.
      </Empty>
    );
  }
  return <DataTable label="Sources" columns={columns} rows={sources} rowId={({ name, from }) => `${name} ${from}`} />;
}
