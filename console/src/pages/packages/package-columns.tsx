/** What the table of packages shows. */
import { Link } from "@tanstack/react-router";
import type { PackageRow } from "#api/packages/contract.ts";
import { sayCount } from "../../ui/amounts.ts";
import { Moment } from "../../ui/moment.tsx";
import type { Column } from "../../ui/table/data-table.tsx";
import { Badge } from "../../ui/tag.tsx";
import { ecosystemLabels } from "../../ui/words.ts";
import classes from "./packages.module.css";

export const packageColumns: Column<PackageRow>[] = [
  {
    id: "name",
    header: "Package",
    meta: { sorts: "asc" },
    cell: ({ row: { original: row } }) => (
      <div className={classes.name}>
        <Link to="/packages/$ecosystem/$" params={{ ecosystem: row.ecosystem, _splat: row.key }}>
          {row.name}
        </Link>
        <div className={classes.marks}>
          <span className={classes.quiet}>{ecosystemLabels[row.ecosystem]}</span>
          <UseMarks row={row} />
        </div>
      </div>
    ),
  },
  {
    id: "versions",
    header: "Versions",
    cell: ({ row }) => <Some words={row.original.versions} none="Not known" isCode />,
  },
  {
    id: "uses",
    header: "Repositories",
    meta: { sorts: "desc", align: "right", width: 120, wideOnly: true },
    cell: ({ row }) => sayCount(row.original.repositories),
  },
  {
    id: "licenses",
    header: "Licences",
    meta: { wideOnly: true },
    cell: ({ row }) => <Some words={row.original.licenses} none="Not said" />,
  },
  {
    id: "issues",
    header: "Open issues",
    meta: { align: "right", width: 110 },
    cell: ({ row: { original: row } }) =>
      row.openIssues === 0 ? (
        <span className={classes.quiet}>None</span>
      ) : (
        <Link to="/issues" search={{ ecosystem: row.ecosystem, package: row.name }} className={classes.plain}>
          {sayCount(row.openIssues)}
        </Link>
      ),
  },
  {
    id: "since",
    header: "Since",
    meta: { sorts: "desc", wideOnly: true, width: 140 },
    cell: ({ row }) => <Moment at={row.original.since} />,
  },
];

export function UseMarks({ row }: { readonly row: Pick<PackageRow, "isDirect" | "isDevelopment"> }) {
  return (
    <>
      {row.isDirect ? <Badge>Direct</Badge> : null}
      {row.isDevelopment ? <Badge>Development</Badge> : null}
    </>
  );
}

const mostShown = 3;

/** The first of many; how many more there are is in the package's own page. */
function Some({ words, none, isCode = false }: SomeProperties) {
  if (words.length === 0) return <span className={classes.quiet}>{none}</span>;
  const more = words.length - mostShown;
  return (
    <span className={isCode ? `${classes.some} ${classes.code}` : classes.some}>
      {words.slice(0, mostShown).join(", ")}
      {more > 0 ? <span className={classes.quiet}> and {sayCount(more)} more</span> : null}
    </span>
  );
}

interface SomeProperties {
  readonly words: readonly string[];
  readonly none: string;
  readonly isCode?: boolean;
}
