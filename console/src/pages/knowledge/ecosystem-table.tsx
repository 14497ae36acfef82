/** How much is known of the packages of each ecosystem. */
import type { Knowledge } from "#api/knowledge/contract.ts";
import { sayCount } from "../../ui/amounts.ts";
import { Moment } from "../../ui/moment.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { ecosystemLabels } from "../../ui/words.ts";
import classes from "./knowledge.module.css";

type Ecosystem = Knowledge["ecosystems"][number];

const columns: Column<Ecosystem>[] = [
  {
    id: "ecosystem",
    header: "Ecosystem",
    cell: ({ row }) => <strong>{ecosystemLabels[row.original.ecosystem]}</strong>,
  },
  {
    id: "advisories",
    header: "Advisories",
    meta: { align: "right" },
    cell: ({ row }) => sayCount(row.original.advisories),
  },
  {
    id: "malicious",
    header: "Malicious packages",
    meta: { align: "right" },
    cell: ({ row }) => sayCount(row.original.malicious),
  },
  {
    id: "packages",
    header: "Packages",
    meta: { align: "right", wideOnly: true },
    cell: ({ row }) => sayCount(row.original.packages),
  },
  {
    id: "unreadable",
    header: "Not readable",
    meta: { align: "right", wideOnly: true },
    cell: ({ row }) => (row.original.unreadable === 0 ? "" : sayCount(row.original.unreadable)),
  },
  {
    id: "asOf",
    header: "Current as of",
    cell: ({ row }) => (row.original.asOf === null ? "Not known" : <Moment at={row.original.asOf} />),
  },
];

export function EcosystemTable({ ecosystems }: { readonly ecosystems: readonly Ecosystem[] }) {
  if (ecosystems.length === 0) return <p className={classes.nothing}>No advisory is there.</p>;
  return (
    <DataTable
      label="Advisories by ecosystem"
      columns={columns}
      rows={ecosystems}
      rowId={({ ecosystem }) => ecosystem}
    />
  );
}
