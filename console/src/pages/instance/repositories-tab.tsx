/** What the instance watches: the choice as it stands, and the projects it covers. */

import { useQuery } from "@tanstack/react-query";
import type { InstanceHealth } from "#api/instance-health/contract.ts";
import type { InstanceDetail } from "#api/instances/contract.ts";
import { ask } from "../../api.ts";
import { sayCount } from "../../ui/amounts.ts";
import { Columns, PanelStack } from "../../ui/columns.tsx";
import { Panel } from "../../ui/panel.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Tag } from "../../ui/tag.tsx";
import { EditChoice } from "./edit-choice.tsx";
import classes from "./instance.module.css";

interface Properties {
  readonly instance: InstanceDetail;
  readonly administers: boolean;
}

type Project = InstanceHealth["projects"][number];

const columns: Column<Project>[] = [
  {
    id: "project",
    header: "Project",
    cell: ({ row }) => (
      <>
        {row.original.name}
        <div className={classes.quiet}>{row.original.organization}</div>
      </>
    ),
  },
  {
    id: "chosen",
    header: "Scanned",
    meta: { align: "right" },
    cell: ({ row: { original: row } }) =>
      row.isSupported ? (
        `${sayCount(row.chosen)} of ${sayCount(row.repositories)}`
      ) : (
        <Tag tone="off">TFVC: not supported</Tag>
      ),
  },
];

export function RepositoriesTab({ instance, administers }: Properties) {
  const health = useQuery(ask.instanceHealth(instance.id));
  const projects = (
    <Panel title="Projects" flush>
      <Listing query={health} isEmpty={() => false} empty={null}>
        {(answer) => <DataTable label="Projects" columns={columns} rows={answer.projects} rowId={(row) => row.id} />}
      </Listing>
    </Panel>
  );
  if (!administers) return <PanelStack alone>{projects}</PanelStack>;
  return (
    <Columns>
      <EditChoice instance={instance} />
      {projects}
    </Columns>
  );
}
