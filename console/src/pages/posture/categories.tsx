/** Answers by what they are about; each category leads to its rules. */
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Posture } from "#api/posture/contract.ts";
import { sayCount } from "../../ui/amounts.ts";
import { postureCategoryLabels } from "../../ui/posture-words.ts";
import { SeverityCounts } from "../../ui/severity.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { AnswerBar } from "./answer-bar.tsx";
import classes from "./posture.module.css";

type Row = Posture["categories"][number];

export function Categories({ posture: { id, categories } }: { readonly posture: Posture }) {
  const columns = useMemo(() => columnsFor(id), [id]);
  return (
    <DataTable
      label="Answers by category"
      columns={columns}
      rows={categories.toSorted(byWorst)}
      rowId={({ category }) => category}
    />
  );
}

function byWorst(one: Row, other: Row): number {
  for (const severity of ["critical", "high", "medium", "low"] as const) {
    const more = other.failures[severity] - one.failures[severity];
    if (more !== 0) return more;
  }
  return other.notEvaluated - one.notEvaluated || other.pass - one.pass;
}

function columnsFor(organizationId: string): Column<Row>[] {
  return [
    {
      id: "category",
      header: "Category",
      meta: { width: 210 },
      cell: ({ row: { original: row } }) => (
        <>
          <Link to="/posture/rules" search={{ organizationId, category: [row.category] }} className={classes.name}>
            {postureCategoryLabels[row.category]}
          </Link>
          <div className={classes.quiet}>{row.rules === 1 ? "1 rule" : `${row.rules} rules`}</div>
        </>
      ),
    },
    { id: "bar", header: "Score", cell: ({ row }) => <AnswerBar counts={row.original} /> },
    {
      id: "fail",
      header: "Fails",
      meta: { width: 196 },
      cell: ({ row }) => <SeverityCounts counts={row.original.failures} />,
    },
    {
      id: "unknown",
      header: "Not evaluated",
      meta: { width: 116, align: "right", wideOnly: true },
      cell: ({ row: { original: row } }) => sayCount(row.notEvaluated),
    },
    {
      id: "pass",
      header: "Passes",
      meta: { width: 80, align: "right", wideOnly: true },
      cell: ({ row: { original: row } }) => sayCount(row.pass),
    },
  ];
}
