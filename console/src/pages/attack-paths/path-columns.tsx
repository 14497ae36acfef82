/** What the table of attack paths shows. */
import { Link } from "@tanstack/react-router";
import type { AttackPathRow } from "#api/attack-paths/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { Moment } from "../../ui/moment.tsx";
import { certainties } from "../../ui/posture-words.ts";
import { Severity } from "../../ui/severity.tsx";
import type { Column } from "../../ui/table/data-table.tsx";
import { Tag } from "../../ui/tag.tsx";
import classes from "./attack-paths.module.css";
import { NodeIcon } from "./node-icon.tsx";
import { sayNode } from "./say-node.ts";

export const pathColumns: readonly Column<AttackPathRow>[] = [
  {
    id: "severity",
    header: "Severity",
    meta: { width: 110 },
    cell: ({ row }) => <Severity severity={row.original.severity} />,
  },
  {
    id: "path",
    header: "From whom to what",
    cell: ({ row: { original: row } }) => (
      <div className={classes.name}>
        <Link
          to="/attack-paths/$organizationId/$pathId"
          params={{ organizationId: row.organizationId, pathId: row.id }}
          className={classes.ends}
        >
          <span>
            <NodeIcon kind={row.entry.kind} size={16} /> {sayNode(row.entry)}
          </span>
          <span>
            <span className={classes.to}>to</span> <NodeIcon kind={row.target.kind} size={16} /> {sayNode(row.target)}
          </span>
        </Link>
        <div className={classes.quiet}>
          {row.organization}, {countOf(row.steps, "step")}
          {row.alternatives === 0 ? "" : `, ${countOf(row.alternatives, "other way", "other ways")}`}
        </div>
      </div>
    ),
  },
  {
    id: "certainty",
    header: "Certainty",
    meta: { width: 160 },
    cell: ({ row }) => {
      const { tone, label } = certainties[row.original.certainty];
      return <Tag tone={tone}>{label}</Tag>;
    },
  },
  {
    id: "cut",
    header: "What ends it",
    meta: { wideOnly: true },
    cell: ({ row: { original: row } }) => <Cut row={row} />,
  },
  {
    id: "seen",
    header: "Since",
    meta: { width: 130, wideOnly: true },
    cell: ({ row: { original: row } }) => (
      <>
        <Moment at={row.firstSeen} />
        {row.goneAt === null ? null : (
          <div className={classes.quiet}>
            gone <Moment at={row.goneAt} />
          </div>
        )}
      </>
    ),
  },
];

function Cut({ row: { cut } }: { readonly row: AttackPathRow }) {
  if (cut.first === null) return <span className={classes.quiet}>No setting alone is known to end it</span>;
  return (
    <>
      {cut.first}
      {cut.changes === 1 && cut.isComplete ? null : (
        <div className={classes.quiet}>
          {cut.changes > 1 ? `And ${countOf(cut.changes - 1, "more setting")}. ` : ""}
          {cut.isComplete ? "" : "Some ways stay open."}
        </div>
      )}
    </>
  );
}
