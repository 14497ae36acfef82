/** Figures in rows: a name, and a figure for each column. */

import type { ReactNode } from "react";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";

export interface FigureRow {
  readonly name: string;
  /** What is shown for the name, where it is more than a text. */
  readonly shown?: ReactNode;
  readonly figures: readonly string[];
}

interface Properties {
  readonly label: string;
  /** The head of the names, then that of each figure. */
  readonly heads: readonly [string, ...string[]];
  readonly rows: readonly FigureRow[];
}

export function FigureTable({ label, heads: [first, ...rest], rows }: Properties) {
  const columns: Column<FigureRow>[] = [
    { id: "name", header: first, cell: ({ row }) => row.original.shown ?? row.original.name },
    ...rest.map(
      (head, index): Column<FigureRow> => ({
        id: head,
        header: head,
        meta: { align: "right" },
        cell: ({ row }) => row.original.figures[index] ?? "",
      }),
    ),
  ];
  return <DataTable label={label} columns={columns} rows={rows} rowId={({ name }) => name} />;
}
