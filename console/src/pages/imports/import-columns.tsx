/** What the table of imports shows. */
import type { ImportRow } from "#api/imports/contract.ts";
import { countOf, sayCount, shortCommit } from "../../ui/amounts.ts";
import { Fold } from "../../ui/fold.tsx";
import { Moment } from "../../ui/moment.tsx";
import type { Column } from "../../ui/table/data-table.tsx";
import classes from "./imports.module.css";

export const importColumns: Column<ImportRow>[] = [
  {
    id: "tool",
    header: "Tool",
    cell: ({ row: { original: row } }) => (
      <>
        <strong>{row.tool}</strong> <span className={classes.quiet}>{row.version ?? ""}</span>
        {row.category === "" ? null : <div className={classes.quiet}>{row.category}</div>}
        {row.problems.length === 0 ? null : <Problems problems={row.problems} />}
      </>
    ),
  },
  {
    id: "of",
    header: "Of",
    meta: { wideOnly: true },
    cell: ({ row: { original: row } }) => (
      <>
        {row.pullRequest === null ? row.branch : `Pull request ${row.pullRequest}`}
        {row.commit === null ? null : (
          <div className={classes.quiet}>
            <code>{shortCommit(row.commit)}</code>
          </div>
        )}
      </>
    ),
  },
  {
    id: "results",
    header: "Results",
    cell: ({ row: { original: row } }) => (
      <>
        {countOf(row.counts.findings, "finding")}
        <div className={classes.quiet}>{sayRest(row.counts)}</div>
      </>
    ),
  },
  {
    id: "came",
    header: "What came of it",
    meta: { wideOnly: true },
    cell: ({ row: { original: row } }) => `${sayCount(row.counts.opened)} opened, ${sayCount(row.counts.fixed)} fixed`,
  },
  {
    id: "at",
    header: "Imported",
    meta: { width: 150 },
    cell: ({ row: { original: row } }) => (
      <>
        <Moment at={row.at} />
        <div className={classes.quiet}>{row.by}</div>
      </>
    ),
  },
];

/** What became no finding, or one that is not open. */
function sayRest({ results, silenced, skipped, known }: ImportRow["counts"]): string {
  const rest = [
    silenced === 0 ? "" : `${sayCount(silenced)} silenced`,
    skipped === 0 ? "" : `${sayCount(skipped)} left out`,
    known === 0 ? "" : `${sayCount(known)} known before`,
  ].filter((one) => one !== "");
  return [`of ${countOf(results, "result")}`, ...rest].join(", ");
}

function Problems({ problems }: Pick<ImportRow, "problems">) {
  return (
    <Fold summary={`${countOf(problems.length, "part")} of the file could not be read`}>
      <ul className={classes.problems}>
        {problems.map(({ at, message }) => (
          <li key={`${at} ${message}`}>
            <code>{at}</code> {message}
          </li>
        ))}
      </ul>
    </Fold>
  );
}
