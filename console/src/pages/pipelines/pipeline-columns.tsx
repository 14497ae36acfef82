/** What the table of pipelines shows. */
import { Link } from "@tanstack/react-router";
import type { PipelineRow } from "#api/pipelines/contract.ts";
import { countOf } from "../../ui/amounts.ts";
import { Moment } from "../../ui/moment.tsx";
import { SeverityCounts } from "../../ui/severity.tsx";
import type { Column } from "../../ui/table/data-table.tsx";
import { LinkedName } from "../../ui/table/linked-name.tsx";
import { Badge, Tag } from "../../ui/tag.tsx";
import { exposuresOf, isNotKnown } from "./exposures-of.ts";
import classes from "./pipelines.module.css";
import { reachLabels } from "./reach-labels.ts";
import { runResults } from "./run-results.ts";

export const pipelineColumns: readonly Column<PipelineRow>[] = [
  {
    id: "name",
    header: "Pipeline",
    meta: { sorts: "asc" },
    cell: ({ row: { original: row } }) => (
      <LinkedName>
        <Link
          to="/pipelines/$organizationId/$projectId/$definitionId"
          params={{
            ...{ organizationId: row.organizationId, projectId: row.project.id },
            definitionId: String(row.definitionId),
          }}
        >
          {row.name}
        </Link>{" "}
        {row.isEnabled ? null : <Badge>Disabled</Badge>} {row.kind === "classic" ? <Badge>Classic</Badge> : null}
        <div className={classes.quiet}>
          {row.project.name} / {row.repository.name}
        </div>
      </LinkedName>
    ),
  },
  {
    id: "risk",
    header: "Risks",
    meta: { width: 140, sorts: "desc" },
    cell: ({ row: { original: row } }) => (
      <>
        <SeverityCounts counts={row.risks} />
        {row.attackPaths === 0 ? null : (
          <div className={classes.quiet}>On {countOf(row.attackPaths, "attack path")}</div>
        )}
      </>
    ),
  },
  {
    id: "exposure",
    header: "Unreviewed code comes by",
    meta: { width: 216 },
    cell: ({ row }) => <Exposed row={row.original} />,
  },
  {
    id: "starts",
    header: "Started by",
    meta: { width: 220, wideOnly: true },
    cell: ({ row: { original: row } }) =>
      row.starts.length === 0 ? <span className={classes.quiet}>Nothing</span> : <Starts starts={row.starts} />,
  },
  {
    id: "reach",
    header: "Reaches",
    meta: { width: 130, wideOnly: true },
    cell: ({ row }) => reachLabels[row.original.identity.reach],
  },
  {
    id: "last-run",
    header: "Last run",
    meta: { width: 140, wideOnly: true, sorts: "desc" },
    cell: ({ row: { original: row } }) =>
      row.lastRun === null ? (
        <span className={classes.quiet}>None is known</span>
      ) : (
        <>
          <Tag tone={runResults(row.lastRun.result).tone}>{runResults(row.lastRun.result).label}</Tag>
          <div className={classes.quiet}>
            <Moment at={row.lastRun.at} />
          </div>
        </>
      ),
  },
];

function Exposed({ row: { exposure } }: { readonly row: PipelineRow }) {
  const exposures = exposuresOf(exposure).filter(({ is }) => is === "yes");
  if (exposures.length > 0) {
    return (
      <ul className={classes.plainList}>
        {exposures.map(({ key, label }) => (
          <li key={key}>
            <Tag tone="warning">{label}</Tag>
          </li>
        ))}
      </ul>
    );
  }
  return isNotKnown(exposure) ? <Tag tone="quiet">Not all is known</Tag> : <Tag tone="good">Nobody</Tag>;
}

function Starts({ starts }: { readonly starts: readonly string[] }) {
  return (
    <ul className={classes.plainList}>
      {starts.map((start) => (
        <li key={start}>{start}</li>
      ))}
    </ul>
  );
}
