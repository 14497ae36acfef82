/** What other weights would do to the fifty most urgent issues: which enter, which leave, which move. */
import { Link } from "@tanstack/react-router";
import type { UrgencyPreview } from "#api/urgency/contract.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { Tag } from "../../ui/tag.tsx";
import classes from "./urgency.module.css";

type Moved = UrgencyPreview["top"][number];

const columns: Column<Moved>[] = [
  {
    id: "place",
    header: "Place",
    meta: { width: 70, align: "right" },
    cell: ({ row }) => row.original.place.after ?? "–",
  },
  { id: "move", header: "Was", meta: { width: 130 }, cell: ({ row }) => <Was {...row.original.place} /> },
  {
    id: "urgency",
    header: "Urgency",
    meta: { width: 90 },
    cell: ({ row }) => {
      const { before, after } = row.original.urgency;
      return before === after ? after : `${before} → ${after}`;
    },
  },
  {
    id: "issue",
    header: "Issue",
    cell: ({ row: { original } }) => (
      <>
        <Link to="/issues/$issueId" params={{ issueId: original.id }} className={classes.link}>
          {original.title || original.message}
        </Link>
        <div className={classes.quiet}>{original.repository}</div>
      </>
    ),
  },
];

export function WeightsPreview({
  preview: { top, leaving, considered, areAll },
}: {
  readonly preview: UrgencyPreview;
}) {
  const entering = top.filter(({ place }) => place.before === null).length;
  const moved = top.filter(({ place }) => place.before !== null && place.before !== place.after).length;
  return (
    <section className={classes.preview} aria-label="What it would do">
      <p role="status">
        {entering + moved + leaving.length === 0
          ? `The first ${top.length} stay as they are.`
          : `Of the first ${top.length}, ${entering} would be new and ${moved} would move; ${leaving.length} would leave.`}{" "}
        <span className={classes.quiet}>
          {areAll
            ? `Of all ${countOf(considered, "open issue")}. Nothing is changed by looking.`
            : `Of the ${sayCount(considered)} that are the most urgent now. Nothing is changed by looking.`}
        </span>
      </p>
      <div className={classes.table}>
        <DataTable label="What it would do" columns={columns} rows={[...top, ...leaving]} rowId={({ id }) => id} />
      </div>
    </section>
  );
}

function Was({ before, after }: Moved["place"]) {
  if (before === null) return <Tag tone="busy">Enters</Tag>;
  if (after === null) return <Tag tone="off">Leaves, was {before}</Tag>;
  if (before === after) return <span className={classes.quiet}>The same</span>;
  return before > after ? `${before}, up ${before - after}` : `${before}, down ${after - before}`;
}
